// The models that score pictures against transformers, Pillow and tokenizers, from files to scores.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/limits.h"
#include "core/strict_json.h"
#include "engine/fixture.h"
#include "metrics/picture_view.h"
#include "nn/pixels.h"

#include <adtailor/picture_metrics.h>

#include <nlohmann/json.hpp>

#include <QTemporaryDir>

using namespace adtailor;
namespace fs = std::filesystem;

namespace {

const fs::path root = fs::path(ADTAILOR_FIXTURES) / "picture_metrics";

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

const nlohmann::json& expected()
{
    static const auto json = readJsonFile(root / "expected.json", limits::jsonStringBytes);
    return json;
}

Image pictureOf(std::size_t number)
{
    const auto& size = expected()["sizes"][number];
    return waves(size[0].get<int>(), size[1].get<int>());
}

Result<PictureMetrics> load(PictureModel kind, const char* folder, const fs::path& head = {})
{
    return PictureMetrics::load(kind, root / folder, head, {});
}

} // namespace

class TestPictureMetrics : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsPicturesAsPython_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("roundsDown");
        QTest::newRow("transformers' processors") << "transformers" << true;
        QTest::newRow("torchvision") << "torchvision" << false;
    }

    void readsPicturesAsPython()
    {
        QFETCH(QString, name);
        QFETCH(bool, roundsDown);
        const Fixture views("picture_metrics/views");
        const PictureView view{ .resizedSide = 32,
                                .side = 32,
                                .rounding
                                = roundsDown ? CropRounding::Down : CropRounding::HalfToEven };
        for (const auto& size : expected()["sizes"]) {
            const int width = size[0].get<int>(), height = size[1].get<int>();
            const auto ours = toTensor(pictureView(waves(width, height), view)).to(at::kInt);
            const std::string key
                = name.toStdString() + "_" + std::to_string(width) + "x" + std::to_string(height);
            const int apart = (ours - views[key].to(at::kInt)).abs().max().item<int>();
            QVERIFY2(apart <= 1, qPrintable(QString("%1: %2 of 255").arg(key.c_str()).arg(apart)));
        }
    }

    void scoresAsPython_data()
    {
        QTest::addColumn<QString>("folder");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QStringList>("keys");
        const QStringList clip{ "clip_i", "clip", "aesthetic" };
        QTest::newRow("CLIP, transformers' names") << "clip" << int(PictureModel::Clip) << clip;
        QTest::newRow("CLIP, OpenAI's names") << "open_clip" << int(PictureModel::Clip) << clip;
        QTest::newRow("PickScore")
            << "clip" << int(PictureModel::PickScore) << QStringList{ "pick_score" };
        QTest::newRow("ImageReward")
            << "image_reward" << int(PictureModel::ImageReward) << QStringList{ "image_reward" };
        QTest::newRow("DINOv2") << "dino" << int(PictureModel::Dino) << QStringList{ "dino" };
    }

    void scoresAsPython()
    {
        QFETCH(QString, folder);
        QFETCH(int, kind);
        QFETCH(QStringList, keys);
        const bool hasHead = keys.contains("aesthetic");
        const auto model = load(PictureModel(kind), qPrintable(folder),
                                hasHead ? root / "aesthetic.pth" : fs::path());
        QVERIFY2(model, model ? "" : model.error().detail.c_str());
        const auto& rows = expected()["scores"][folder.toStdString()];
        double largest = 0;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const auto text = expected()["texts"][i % 3].get<std::string>();
            const auto scores = model->score(
                { pictureOf(i), pictureOf((i + rows.size() - 1) % rows.size()), text });
            QVERIFY2(scores, scores ? "" : scores.error().detail.c_str());
            QCOMPARE(qsizetype(scores->size()), keys.size());
            for (qsizetype k = 0; k < keys.size(); ++k) {
                const double wanted = rows[i][keys[k].toStdString()].get<double>();
                const double apart = std::abs(scores->at(std::size_t(k)).value() - wanted)
                    / (1 + std::abs(wanted));
                largest = std::max(largest, apart);
            }
        }
        qInfo("%s: largest difference %.2g", qPrintable(folder), largest);
        QVERIFY(largest < 1e-4);
    }

    void leavesOutWhatItCannotCompute()
    {
        const auto clip = load(PictureModel::Clip, "clip");
        QVERIFY(clip);
        const auto nothing = clip->score({ pictureOf(0), Image(), "" });
        QVERIFY(nothing);
        QCOMPARE(nothing->size(), std::size_t(2)); // no head, no aesthetic score
        QVERIFY(!nothing->at(0) && !nothing->at(1));
        QVERIFY(!clip->score({ Image(), pictureOf(0), "sofa" })->at(0));
    }

    void refusesOtherModels_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("folder");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("DINO as CLIP") << int(PictureModel::Clip) << "dino"
                                      << "tokenizer.json";
        QTest::newRow("CLIP as DINO") << int(PictureModel::Dino) << "clip"
                                      << "no DINOv2 model";
        QTest::newRow("CLIP as ImageReward") << int(PictureModel::ImageReward) << "clip"
                                             << "BPE";
        QTest::newRow("nothing there") << int(PictureModel::Dino) << "none"
                                       << "none";
    }

    void refusesOtherModels()
    {
        QFETCH(int, kind);
        QFETCH(QString, folder);
        QFETCH(QString, sentence);
        const auto model = load(PictureModel(kind), qPrintable(folder));
        QVERIFY(!model);
        QVERIFY2(QString::fromStdString(model.error().detail).contains(sentence),
                 model.error().detail.c_str());
    }

    void refusesAHeadOfAnotherSize()
    {
        const auto model = load(PictureModel::Clip, "clip", root / "dino" / "model.safetensors");
        QVERIFY(!model);
        QVERIFY(model.error().detail.find("no aesthetic predictor") != std::string::npos);
    }

    void refusesCheckpointsThatAreMixedUp()
    {
        const QTemporaryDir folder;
        const fs::path path = folder.path().toStdString();
        fs::copy(root / "clip" / "tokenizer.json", path / "tokenizer.json");
        fs::copy(root / "clip" / "config.json", path / "config.json");
        fs::copy(root / "dino" / "model.safetensors", path / "model.safetensors");
        const auto model = PictureMetrics::load(PictureModel::PickScore, path, {}, {});
        QVERIFY(!model);
        QVERIFY2(model.error().detail.find("is no CLIP model") != std::string::npos,
                 model.error().detail.c_str());
    }
};

QTEST_APPLESS_MAIN(TestPictureMetrics)
#include "tst_picture_metrics.moc"
