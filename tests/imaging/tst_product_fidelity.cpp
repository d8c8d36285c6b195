// SPDX-License-Identifier: GPL-3.0-or-later
// Colour difference and SSIM inside the mask equal scikit-image; placement follows a moved product.
#include "core/failure.h"
#include "core/strict_json.h"
#include "metrics/cie_lab.h"

#include <adtailor/imaging.h>
#include <adtailor/product_fidelity.h>

#include <nlohmann/json.hpp>

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace adtailor;

class TestProductFidelity : public QObject
{
    Q_OBJECT

private slots:
    void equalsScikitImage();
    void equalsPublishedPairs();
    void isPerfectForTheComposedAd();
    void findsAMovedProduct_data();
    void findsAMovedProduct();
    void refusesOtherSizes();
};

namespace {

nlohmann::json fixture()
{
    return readJsonFile(ADTAILOR_FIXTURES "/fidelity.json", 1U << 20U);
}

Image square(const nlohmann::json& values, int channels)
{
    const int side = static_cast<int>(std::lround(std::sqrt(values.size() / channels)));
    return Image(side, side, channels, values.get<std::vector<std::uint8_t>>());
}

// A patterned disc at (x, y) of a 128 px frame.
Image discAt(int x, int y, int radius)
{
    std::vector<std::uint8_t> pixels(std::size_t{ 128 } * 128 * 4);
    for (int row = 0; row < 128; ++row)
        for (int column = 0; column < 128; ++column) {
            std::uint8_t* pixel = pixels.data() + (row * 128 + column) * 4;
            const double dx = double(column - x) / radius, dy = double(row - y) / radius;
            pixel[0] = static_cast<std::uint8_t>(128 + 100 * std::clamp(dx, -1.0, 1.0));
            pixel[1] = static_cast<std::uint8_t>(128 + 100 * std::clamp(dy, -1.0, 1.0));
            pixel[2] = 60;
            pixel[3] = dx * dx + dy * dy < 1 ? 255 : 0;
        }
    return Image(128, 128, 4, std::move(pixels));
}

Image scene()
{
    std::vector<std::uint8_t> pixels(std::size_t{ 128 } * 128 * 3);
    for (std::size_t i = 0; i < pixels.size(); ++i)
        pixels[i] = static_cast<std::uint8_t>(150 + 40 * std::sin(i * 0.0007) + (i * 7919) % 11);
    return Image(128, 128, 3, std::move(pixels));
}

} // namespace

void TestProductFidelity::equalsScikitImage()
{
    const auto known = fixture();
    QCOMPARE(known["cases"].size(), 3U);
    for (const auto& one : known["cases"]) {
        const auto fidelity = productFidelity(square(one["ad"], 3), square(one["placed"], 4));
        QVERIFY2(std::abs(fidelity.deltaE - one["delta_e"].get<double>()) < 1e-9,
                 qPrintable(QString::number(fidelity.deltaE, 'g', 17)));
        QVERIFY2(std::abs(fidelity.similarity - one["similarity"].get<double>()) < 1e-9,
                 qPrintable(QString::number(fidelity.similarity, 'g', 17)));
    }
    for (const auto& pair : known["pairs"]) {
        const auto left = pair["left"].get<std::vector<std::uint8_t>>();
        const auto right = pair["right"].get<std::vector<std::uint8_t>>();
        const double delta = ciede2000(cieLab(left.data()), cieLab(right.data()));
        QVERIFY(std::abs(delta - pair["delta_e"].get<double>()) < 1e-9);
    }
}

void TestProductFidelity::equalsPublishedPairs()
{
    const auto lab = [](const nlohmann::json& values) {
        return CieLab{ values[0], values[1], values[2] };
    };
    for (const auto& pair : fixture()["labs"]) {
        const double delta = ciede2000(lab(pair[0]), lab(pair[1]));
        QVERIFY2(std::abs(delta - pair[2].get<double>()) < 5e-5,
                 qPrintable(QString::number(delta)));
    }
}

void TestProductFidelity::isPerfectForTheComposedAd()
{
    const Image placed = discAt(60, 70, 30);
    const auto fidelity = productFidelity(imaging::compose(scene(), placed, 128), placed);
    QCOMPARE(fidelity.deltaE, 0.0);
    QVERIFY(std::abs(fidelity.similarity - 1) < 1e-12);
    QVERIFY(fidelity.placement > 0.97);
    const auto missing = productFidelity(scene(), placed);
    QVERIFY(missing.deltaE > 20);
    QVERIFY(missing.similarity < 0.8);
}

void TestProductFidelity::findsAMovedProduct_data()
{
    QTest::addColumn<int>("x");
    QTest::addColumn<int>("y");
    QTest::addColumn<int>("radius");
    QTest::newRow("moved") << 76 << 60 << 24;
    QTest::newRow("away") << 100 << 100 << 24;
    QTest::newRow("larger") << 60 << 60 << 35;
    QTest::newRow("smaller, moved") << 50 << 66 << 17;
}

void TestProductFidelity::findsAMovedProduct()
{
    QFETCH(int, x);
    QFETCH(int, y);
    QFETCH(int, radius);
    const Image wanted = discAt(60, 60, 24);
    const Image drawn = discAt(x, y, radius);
    double common = 0, all = 0;
    for (std::size_t i = 3; i < wanted.byteCount(); i += 4) {
        common += wanted.data()[i] > 0 && drawn.data()[i] > 0 ? 1 : 0;
        all += wanted.data()[i] > 0 || drawn.data()[i] > 0 ? 1 : 0;
    }
    const auto fidelity = productFidelity(imaging::compose(scene(), drawn, 128), wanted);
    QVERIFY2(std::abs(fidelity.placement - common / all) < 0.08,
             qPrintable(QString("%1, not %2").arg(fidelity.placement).arg(common / all)));
}

void TestProductFidelity::refusesOtherSizes()
{
    const auto result
        = guarded([] { productFidelity(scene(), square(fixture()["cases"][0]["placed"], 4)); });
    QVERIFY(!result);
    QCOMPARE(result.error().code, ErrorCode::InvalidInput);
    QVERIFY(QString::fromStdString(result.error().detail).contains("128 x 128"));
    const Image clear(128, 128, 4, std::vector<std::uint8_t>(std::size_t{ 128 } * 128 * 4));
    QVERIFY(!guarded([&] { productFidelity(scene(), clear); }));
}

QTEST_GUILESS_MAIN(TestProductFidelity)
#include "tst_product_fidelity.moc"
