// SPDX-License-Identifier: GPL-3.0-or-later
// What is taken as a product: alpha statistics, the white-ground matte and the trim.
#include "picture_files.h"

#include <QTest>

#include <cmath>

using namespace adtailor;
using namespace pictures;

namespace {

// A disc with an antialiased edge over white, as a studio photo has it.
Image discOnWhite(int size, double radius, std::array<int, 3> colour)
{
    std::vector<std::uint8_t> pixels;
    for (int y = 0; y < size; ++y) {
        for (int x = 0; x < size; ++x) {
            const double distance = std::hypot(x - size / 2.0, y - size / 2.0);
            const double share = std::clamp(radius - distance + 0.5, 0.0, 1.0);
            for (const int c : colour)
                pixels.push_back(
                    static_cast<std::uint8_t>(std::lround(c * share + 255 * (1 - share))));
        }
    }
    return { size, size, 3, std::move(pixels) };
}

const std::uint8_t* pixelAt(const Image& image, int x, int y)
{
    return image.row(y) + static_cast<std::size_t>(x) * image.channels();
}

} // namespace

class TestCutout : public QObject
{
    Q_OBJECT

private slots:
    void measuresAlpha();
    void ignoresFaintPixels();
    void noticesTheEdge();
    void refusesTransparentAndEmpty();
    void keepsAnOpaquePictureWhole();
    void mattesPlainWhite();
    void keepsWhiteInsideTheProduct();
    void doesNotMatteABusyBorder();
    void trimsToASquare();
    void trimSurvivesAThinStrip();
};

void TestCutout::measuresAlpha()
{
    const auto cutout = imaging::extractCutout(boxCutout(100, 80, 10, 20, 29, 59));
    QVERIFY(cutout.has_value());
    QCOMPARE(cutout->box, (std::array{ 10, 20, 20, 40 }));
    QCOMPARE(cutout->coverage, 0.1);
    QVERIFY(!cutout->touchesEdge && !cutout->wasOpaque && !cutout->mattedFromBackground);
}

void TestCutout::ignoresFaintPixels()
{
    std::vector<std::uint8_t> pixels(10 * 10 * 4);
    pixels[(2 * 10 + 3) * 4 + 3] = 50; // not above the threshold
    pixels[(5 * 10 + 6) * 4 + 3] = 51;
    const auto cutout = imaging::extractCutout(Image(10, 10, 4, std::move(pixels)));
    QVERIFY(cutout.has_value());
    QCOMPARE(cutout->box, (std::array{ 6, 5, 1, 1 }));
}

void TestCutout::noticesTheEdge()
{
    QVERIFY(imaging::extractCutout(boxCutout(40, 40, 0, 10, 20, 20))->touchesEdge);
    QVERIFY(imaging::extractCutout(boxCutout(40, 40, 10, 10, 20, 39))->touchesEdge);
    QVERIFY(!imaging::extractCutout(boxCutout(40, 40, 1, 1, 38, 38))->touchesEdge);
}

void TestCutout::refusesTransparentAndEmpty()
{
    const auto transparent = imaging::extractCutout(filled(8, 8, { 200, 100, 50, 0 }));
    QVERIFY(!transparent.has_value());
    QCOMPARE(transparent.error().code, ErrorCode::InvalidInput);
    QVERIFY(transparent.error().detail.find("fully transparent") != std::string::npos);
    QCOMPARE(imaging::extractCutout(Image()).error().code, ErrorCode::InvalidInput);
}

void TestCutout::keepsAnOpaquePictureWhole()
{
    const auto cutout = imaging::extractCutout(filled(20, 10, { 30, 60, 90 }));
    QVERIFY(cutout.has_value());
    QVERIFY(cutout->wasOpaque && !cutout->mattedFromBackground && cutout->touchesEdge);
    QCOMPARE(cutout->coverage, 1.0);
    QVERIFY(cutout->image == filled(20, 10, { 30, 60, 90, 255 }));
}

void TestCutout::mattesPlainWhite()
{
    const std::array colour{ 180, 40, 60 };
    const auto cutout = imaging::extractCutout(discOnWhite(101, 30, colour));
    QVERIFY(cutout.has_value());
    QVERIFY(cutout->wasOpaque && cutout->mattedFromBackground && !cutout->touchesEdge);
    QVERIFY(std::abs(cutout->coverage - 3.14159 * 30 * 30 / (101 * 101)) < 0.01);
    QCOMPARE(int(pixelAt(cutout->image, 5, 5)[3]), 0);
    QCOMPARE(int(pixelAt(cutout->image, 50, 50)[3]), 255);
    // No white rim: where the matte is half transparent the colour is still the product's.
    int soft = 0;
    for (std::size_t i = 0; i < cutout->image.byteCount(); i += 4) {
        const std::uint8_t* pixel = cutout->image.data() + i;
        if (pixel[3] < 60 || pixel[3] == 255)
            continue;
        ++soft;
        for (int c = 0; c < 3; ++c)
            QVERIFY(std::abs(pixel[c] - colour[c]) <= 6);
    }
    QVERIFY(soft > 50);
}

void TestCutout::keepsWhiteInsideTheProduct()
{
    Image ring = discOnWhite(101, 40, { 20, 80, 120 });
    std::vector<std::uint8_t> pixels(ring.data(), ring.data() + ring.byteCount());
    for (int y = 45; y < 56; ++y)
        std::fill_n(pixels.begin() + (y * 101 + 45) * 3, 11 * 3, 255);
    const auto cutout = imaging::extractCutout(Image(101, 101, 3, std::move(pixels)));
    QVERIFY(cutout.has_value() && cutout->mattedFromBackground);
    QCOMPARE(int(pixelAt(cutout->image, 50, 50)[3]), 255);
    QCOMPARE(int(pixelAt(cutout->image, 50, 50)[0]), 255);
}

void TestCutout::doesNotMatteABusyBorder()
{
    const Image disc = discOnWhite(60, 20, { 10, 10, 10 });
    std::vector<std::uint8_t> pixels(disc.data(), disc.data() + disc.byteCount());
    std::fill_n(pixels.begin(), 60 * 3, 120); // the top row is grey
    QVERIFY(!imaging::extractCutout(Image(60, 60, 3, pixels))->mattedFromBackground);
    QVERIFY(!imaging::extractCutout(filled(60, 60, { 255, 255, 255 }))->mattedFromBackground);
}

void TestCutout::trimsToASquare()
{
    const auto cutout = imaging::extractCutout(boxCutout(100, 80, 10, 20, 29, 59));
    const Image tight = imaging::trimToSquare(*cutout);
    QCOMPARE(tight.width(), 40);
    QCOMPARE(tight.height(), 40);
    QCOMPARE(imaging::extractCutout(tight)->box, (std::array{ 10, 0, 20, 40 }));
    QCOMPARE(int(pixelAt(tight, 10, 0)[0]), 10); // the pixel that was at (10, 20)
    QCOMPARE(int(pixelAt(tight, 10, 0)[1]), 20);
    const Image roomy = imaging::trimToSquare(*cutout, 0.1);
    QCOMPARE(roomy.width(), 48);
    QCOMPARE(imaging::extractCutout(roomy)->box, (std::array{ 14, 4, 20, 40 }));
}

void TestCutout::trimSurvivesAThinStrip()
{
    const auto strip = imaging::extractCutout(filled(16384, 2, { 9, 9, 9, 255 }));
    QVERIFY(strip.has_value());
    const Image square = imaging::trimToSquare(*strip);
    QCOMPARE(square.width(), 8000);
    QCOMPARE(square.height(), 8000);
}

QTEST_GUILESS_MAIN(TestCutout)
#include "tst_cutout.moc"
