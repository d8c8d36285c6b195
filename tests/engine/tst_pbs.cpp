// PBS against transformers' ViT and Pillow: preprocessing, features, loader, scores, maps.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/fixture.h"
#include "metrics/background_scorer.h"
#include "nn/pixels.h"
#include "weights/safetensors.h"
#include "weights/state_dict.h"

#include <adtailor/background_similarity.h>
#include <adtailor/jpeg.h>
#include <adtailor/statistics.h>

#include <ATen/ATen.h>

#include <QTemporaryDir>

using namespace adtailor;
namespace fs = std::filesystem;

namespace {

const std::string publishedFile = ADTAILOR_FIXTURES "/pbs.pth";

// picture() of make_pbs.py.
Image waves(int width, int height)
{
    std::vector<std::uint8_t> pixels;
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x)
            for (int c = 0; c < 3; ++c) {
                int value = std::abs((x * (3 + c) + y * (5 - c) + x * y / 32) % 510 - 255);
                if (c == 1 && (x / 11 + y / 7) % 3 == 0)
                    value = 255 - value;
                pixels.push_back(static_cast<std::uint8_t>(value));
            }
    return { width, height, 3, std::move(pixels) };
}

Image flat(int side, std::uint8_t grey)
{
    return { side, side, 3, std::vector<std::uint8_t>(std::size_t(side) * side * 3, grey) };
}

} // namespace

class TestPbs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsPicturesAsPillow_data();
    void readsPicturesAsPillow();
    void readsExtremePictures();
    void loadsThePublishedLayout();
    void loadsSafetensorsUnderAnyPrefix_data();
    void loadsSafetensorsUnderAnyPrefix();
    void equalsViTB16FromFileToScore();
    void refusesOtherModels_data();
    void refusesOtherModels();
    void refusesFeaturesThatAreNoNumbers();
    void findsWhereBackgroundsDiffer();
    void summarizesAsAStatisticianWould();

private:
    std::map<std::string, torch::Tensor> publishedWeights() const;

    const Fixture m_fixture{ "pbs" };
    at::NoGradGuard m_noGrad;
};

void TestPbs::readsPicturesAsPillow_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("height");
    QTest::newRow("wide") << 150 << 100;
    QTest::newRow("tall") << 90 << 131;
    QTest::newRow("right already") << 64 << 64;
    QTest::newRow("small") << 40 << 30;
}

void TestPbs::readsPicturesAsPillow()
{
    QFETCH(int, width);
    QFETCH(int, height);
    BackgroundEncoderConfig config;
    config.vision.imageSize = 56;
    QCOMPARE(config.resizedSide(), 64);
    const std::string size = std::to_string(width) + "x" + std::to_string(height);
    const Image picture = waves(width, height);
    const auto saved = imaging::jpegRoundTrip(picture);
    QVERIFY(saved.has_value());
    for (const auto& [name, image] : { std::pair("view_", picture), std::pair("jpeg_", *saved) }) {
        const auto view = toTensor(backgroundView(image, config)).to(at::kInt);
        const auto apart = (view - m_fixture[name + size].to(at::kInt)).abs().max().item<int>();
        qInfo("%s%s: largest difference %d of 255", name, size.c_str(), apart);
        QVERIFY(apart <= 1);
    }
}

void TestPbs::readsExtremePictures()
{
    const BackgroundEncoderConfig config; // 224 of 256
    for (const auto& [width, height] :
         { std::pair(1, 1), std::pair(16384, 1), std::pair(3, 9000) }) {
        const Image view = backgroundView(waves(width, height), config);
        QCOMPARE(view.width(), 224);
        QCOMPARE(view.height(), 224);
    }
    const Image clear(2, 2, 4, std::vector<std::uint8_t>(16, 0));
    QCOMPARE(int(*backgroundView(clear, config).data()), 255);
    QVERIFY_THROWS_EXCEPTION(std::exception, backgroundView(Image(), config));
}

void TestPbs::loadsThePublishedLayout()
{
    auto network = loadBackgroundEncoder(publishedFile, at::kCPU);
    QCOMPARE(network->config.vision.layers, 2);
    QCOMPARE(network->config.vision.imageSize, 16);
    COMPARE_TENSORS(network(normalizeForBackground(m_fixture["pixels"])), m_fixture["features"]);
}

void TestPbs::loadsSafetensorsUnderAnyPrefix_data()
{
    QTest::addColumn<QString>("prefix");
    QTest::newRow("as trained") << "module.base_encoder.";
    QTest::newRow("without parallel wrapper") << "base_encoder.";
    QTest::newRow("bare") << "";
}

void TestPbs::loadsSafetensorsUnderAnyPrefix()
{
    QFETCH(QString, prefix);
    std::map<std::string, torch::Tensor> tensors;
    for (const auto& [name, tensor] : publishedWeights())
        tensors[prefix.toStdString() + name] = tensor;
    const QTemporaryDir folder;
    writeSafetensors(fs::path(folder.path().toStdString()) / "model.safetensors", tensors);
    auto network = loadBackgroundEncoder(folder.path().toStdString(), at::kCPU);
    COMPARE_TENSORS(network(normalizeForBackground(m_fixture["pixels"])), m_fixture["features"]);
}

// The whole way at the published size: picture, JPEG, resize, ViT-B/16, cosine.
void TestPbs::equalsViTB16FromFileToScore()
{
    BackgroundEncoder network{ BackgroundEncoderConfig{} };
    fillByName(*network, "");
    BackgroundScorer scorer(network);
    std::vector<Image> pictures;
    for (const auto& [width, height] : { std::pair(300, 260), std::pair(224, 500) }) {
        pictures.push_back(waves(width, height));
        const auto saved = imaging::jpegRoundTrip(pictures.back());
        QVERIFY(saved.has_value());
        pictures.push_back(*saved);
    }
    const auto features = scorer.features(pictures, {});
    COMPARE_TENSORS(features, m_fixture["base_features"]);
    const auto row = [&](int i) {
        const float* values = features[i].const_data_ptr<float>();
        return BackgroundFeature(values, values + features.size(1));
    };
    const auto scores = m_fixture["base_scores"];
    for (int i = 0; i < 4; ++i)
        QVERIFY(std::abs(backgroundScore(row(0), row(i)) - scores[0][i].item<double>()) < 1e-5);
}

void TestPbs::refusesOtherModels_data()
{
    QTest::addColumn<QString>("drop"); // start of names that are taken away
    QTest::addColumn<QString>("reason");
    QTest::newRow("no ViT") << "patch_embed"
                            << "patch_embed.proj.weight";
    QTest::newRow("ViT without PBS") << "compress_layer"
                                     << "compress_layer";
    QTest::newRow("no blocks") << "blocks"
                               << "blocks.0";
    QTest::newRow("half a block") << "blocks.1.attn"
                                  << "missing";
    QTest::newRow("no positions") << "pos_embed"
                                  << "pos_embed";
}

void TestPbs::refusesOtherModels()
{
    QFETCH(QString, drop);
    QFETCH(QString, reason);
    auto tensors = publishedWeights();
    std::erase_if(tensors,
                  [&](const auto& item) { return item.first.starts_with(drop.toStdString()); });
    const QTemporaryDir folder;
    const fs::path file = fs::path(folder.path().toStdString()) / "model.safetensors";
    writeSafetensors(file, tensors);
    const auto loaded = BackgroundSimilarity::load(file);
    QVERIFY(!loaded.has_value());
    QCOMPARE(loaded.error().code, ErrorCode::ModelMismatch);
    QVERIFY2(loaded.error().detail.find(reason.toStdString()) != std::string::npos,
             loaded.error().detail.c_str());
}

// Weights may be finite and still overflow.
void TestPbs::refusesFeaturesThatAreNoNumbers()
{
    auto tensors = publishedWeights();
    tensors["patch_embed.proj.weight"].fill_(3e38);
    tensors["compress_layer.0.weight"].fill_(3e38);
    const QTemporaryDir folder;
    const fs::path file = fs::path(folder.path().toStdString()) / "model.safetensors";
    writeSafetensors(file, tensors);
    const auto model = BackgroundSimilarity::load(file);
    QVERIFY(model.has_value());
    const std::vector<Image> pictures{ waves(20, 20) };
    const auto features = model->features(pictures);
    QVERIFY(!features.has_value());
    QVERIFY2(features.error().detail.find("no numbers") != std::string::npos,
             features.error().detail.c_str());
}

void TestPbs::findsWhereBackgroundsDiffer()
{
    auto model = BackgroundSimilarity::load(publishedFile);
    QVERIFY(model.has_value());
    const Image plain = flat(18, 120);
    std::vector<std::uint8_t> pixels(plain.data(), plain.data() + plain.byteCount());
    for (int y = 10; y < 12; ++y) // inside the cell of row 2, column 1: 18 pixels lose one a side
        for (int x = 6; x < 8; ++x)
            pixels[(std::size_t(y) * 18 + x) * 3] = 255;
    const auto map = model->differenceMap(plain, Image(18, 18, 3, pixels));
    QVERIFY(map.has_value());
    QCOMPARE(map->side, 4);
    QVERIFY(map->score < 0.9999);
    const auto highest = std::ranges::max_element(map->cells) - map->cells.begin();
    QCOMPARE(highest, 2 * 4 + 1);
    QVERIFY(std::abs(map->cells[highest] + map->score - 1) < 1e-5); // nothing differs elsewhere
    const auto same = model->differenceMap(plain, plain);
    QVERIFY(same.has_value() && std::abs(same->score - 1) < 1e-6);
    QVERIFY(std::abs(*std::ranges::max_element(same->cells)) < 1e-6);
}

void TestPbs::summarizesAsAStatisticianWould()
{
    const MeanEstimate s = estimateMean(std::vector{ 0.25, 0.5, 1.0, -0.25 });
    QCOMPARE(s.count, 4);
    QCOMPARE(s.mean, 0.375);
    QVERIFY(std::abs(s.deviation - std::sqrt(0.8125 / 3)) < 1e-12);
    QCOMPARE(s.smallest, -0.25);
    QCOMPARE(s.largest, 1.0);
    QCOMPARE(estimateMean(std::vector{ 0.5 }).deviation, 0.0);
    QCOMPARE(estimateMean({}).count, 0);
    QCOMPARE(backgroundScore({ 1, 2 }, { -2, -4 }), -1.0);
    QCOMPARE(backgroundScore({ 0, 0 }, { 1, 0 }), 0.0);
}

std::map<std::string, torch::Tensor> TestPbs::publishedWeights() const
{
    return stateDict(*loadBackgroundEncoder(publishedFile, at::kCPU));
}

QTEST_APPLESS_MAIN(TestPbs)
#include "tst_pbs.moc"
