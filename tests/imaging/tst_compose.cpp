// SPDX-License-Identifier: GPL-3.0-or-later
// Resizing and placing as the reference does, and composing without touching the product.
#include "imaging/pil_resize.h"
#include "picture_files.h"

#include <QDir>
#include <QRegularExpression>
#include <QTest>

#include <limits>

using namespace adtailor;
using namespace pictures;
using imaging::PlacementMode;

class TestCompose : public QObject
{
    Q_OBJECT

private slots:
    void resizesLikePillow_data();
    void resizesLikePillow();
    void placesLikeTheReference_data();
    void placesLikeTheReference();
    void placementVectors_data();
    void placementVectors();
    void exactPlacement();
    void exactPlacementKeepsSoftEdges();
    void oddRatiosAreHarmless();
    void composeKeepsOpaquePixels();
    void composeBlends();
    void onWhiteBlends();
    void resizeHasNoDarkFringe();
    void thumbnailAverages();
    void thumbnailOfAHugePicture();
};

namespace {

std::array<int, 4> boxOf(const Image& image)
{
    return imaging::extractCutout(image)->box;
}

} // namespace

void TestCompose::resizesLikePillow_data()
{
    QTest::addColumn<QString>("file");
    const QDir folder(QStringLiteral(ADTAILOR_FIXTURES "/imaging"));
    for (const QString& file : folder.entryList({ "resize_*.png" }, QDir::Files))
        QTest::newRow(qPrintable(file)) << file;
}

void TestCompose::resizesLikePillow()
{
    QFETCH(QString, file);
    static const QRegularExpression form("resize_(bicubic|bilinear)_(rgba?)_(\\d+)x(\\d+)");
    const QRegularExpressionMatch match = form.match(file);
    QVERIFY(match.hasMatch());
    const auto filter
        = match.captured(1) == "bicubic" ? imaging::Filter::Bicubic : imaging::Filter::Bilinear;
    const Image source = fixtureImage("source_" + match.captured(2) + ".png");
    const Image resized
        = imaging::pilResize(source, match.captured(3).toInt(), match.captured(4).toInt(), filter);
    QCOMPARE(largestDifference(resized, fixtureImage(file)), 0);
}

void TestCompose::placesLikeTheReference_data()
{
    QTest::addColumn<int>("percent");
    for (const int percent : { 100, 50, 30 })
        QTest::addRow("%d", percent) << percent;
}

void TestCompose::placesLikeTheReference()
{
    QFETCH(int, percent);
    const Image placed = imaging::place(fixtureImage("source_cutout.png"), percent / 100.0,
                                        PlacementMode::Reference);
    QCOMPARE(largestDifference(placed, fixtureImage(QString("place_%1.png").arg(percent))), 0);
}

void TestCompose::placementVectors_data()
{
    QTest::addColumn<double>("ratio");
    QTest::addColumn<QList<int>>("box"); // x0, x1, y0, y1, inclusive
    QTest::newRow("1.0") << 1.0 << QList<int>{ 100, 698, 200, 598 };
    QTest::newRow("0.5") << 0.5 << QList<int>{ 199, 598, 266, 531 };
    QTest::newRow("0.3") << 0.3 << QList<int>{ 279, 518, 320, 478 };
}

// The checked example of the placement rule: 800 x 800, opaque box x 100-699, y 200-599.
void TestCompose::placementVectors()
{
    QFETCH(double, ratio);
    QFETCH(QList<int>, box);
    const Image placed
        = imaging::place(boxCutout(800, 800, 100, 200, 699, 599), ratio, PlacementMode::Reference);
    QCOMPARE(placed.width(), 800);
    QCOMPARE(boxOf(placed),
             (std::array{ box[0], box[2], box[1] - box[0] + 1, box[3] - box[2] + 1 }));
}

void TestCompose::exactPlacement()
{
    const Image cutout = boxCutout(800, 800, 100, 200, 699, 599);
    QVERIFY(imaging::place(cutout, 1.0) == cutout);
    QVERIFY(imaging::place(cutout, 0.75) == cutout); // fits already
    QCOMPARE(boxOf(imaging::place(cutout, 0.5)), (std::array{ 200, 267, 400, 267 }));
    QCOMPARE(boxOf(imaging::place(cutout, 0.25)), (std::array{ 300, 333, 200, 133 }));
    QVERIFY(imaging::place(filled(9, 9, { 1, 1, 1, 0 }), 0.5) == filled(9, 9, { 1, 1, 1, 0 }));
}

void TestCompose::exactPlacementKeepsSoftEdges()
{
    // A faint shadow (alpha 40, below the product threshold) beside the product.
    Image image = boxCutout(200, 200, 40, 40, 159, 159);
    std::vector<std::uint8_t> pixels(image.data(), image.data() + image.byteCount());
    for (int y = 160; y < 180; ++y) {
        for (int x = 40; x < 160; ++x)
            pixels[(y * 200 + x) * 4 + 3] = 40;
    }
    const Image placed = imaging::place(Image(200, 200, 4, pixels), 0.3);
    const auto [x, y, width, height] = boxOf(placed);
    QVERIFY(x == 70 && y == 70 && width == 60);
    QVERIFY(height == 60 || height == 61); // one row mixes product and shadow
    QCOMPARE(int(placed.row(135)[100 * 4 + 3]), 40);
}

void TestCompose::oddRatiosAreHarmless()
{
    const Image cutout = boxCutout(50, 40, 5, 5, 44, 34);
    const double nan = std::numeric_limits<double>::quiet_NaN();
    for (const auto mode : { PlacementMode::Exact, PlacementMode::Reference }) {
        for (const double ratio : { nan, -1.0, 0.0, 1e300, -1e300 }) {
            const Image placed = imaging::place(cutout, ratio, mode);
            QCOMPARE(placed.width(), 50);
            QCOMPARE(placed.height(), 40);
        }
        QCOMPARE(imaging::place(boxCutout(20, 20, 7, 3, 7, 3), 0.5, mode).width(), 20);
        QCOMPARE(imaging::place(filled(20, 10, { 5, 5, 5 }), 0.5, mode).channels(), 4);
    }
}

void TestCompose::composeKeepsOpaquePixels()
{
    const Image background = fixtureImage("source_rgb.png");
    const Image placed = imaging::place(boxCutout(256, 256, 20, 60, 200, 250), 0.6);
    for (const int size : { 256, 100, 700 }) {
        const Image product = imaging::resize(placed, size, size);
        const Image composed = imaging::compose(background, placed, size);
        QCOMPARE(composed.channels(), 3);
        QCOMPARE(composed.width(), size);
        std::size_t opaque = 0;
        for (std::size_t i = 0; i < product.byteCount() / 4; ++i) {
            if (product.data()[i * 4 + 3] != 255)
                continue;
            ++opaque;
            QVERIFY(std::memcmp(product.data() + i * 4, composed.data() + i * 3, 3) == 0);
        }
        QVERIFY(opaque > std::size_t(size) * size / 5);
    }
    // At its own size the product passes through unchanged.
    QVERIFY(imaging::resize(placed, 256, 256) == placed);
}

void TestCompose::composeBlends()
{
    const Image background = filled(10, 10, { 100, 100, 100 });
    QVERIFY(imaging::compose(background, filled(10, 10, { 200, 0, 50, 0 }), 10) == background);
    QVERIFY(imaging::compose(background, filled(10, 10, { 200, 0, 50, 51 }), 10)
            == filled(10, 10, { 120, 80, 90 }));
    QVERIFY(imaging::compose(background, Image(), 10) == background);
    QVERIFY(imaging::compose(Image(), background, 10).isEmpty());
}

void TestCompose::onWhiteBlends()
{
    QVERIFY(imaging::onWhite(filled(4, 4, { 0, 100, 255, 51 })) == filled(4, 4, { 204, 224, 255 }));
    QVERIFY(imaging::onWhite(filled(4, 4, { 7, 8, 9, 0 })) == filled(4, 4, { 255, 255, 255 }));
}

void TestCompose::resizeHasNoDarkFringe()
{
    // White product on transparent black: every visible pixel must stay white.
    std::vector<std::uint8_t> pixels(64 * 64 * 4);
    for (int y = 16; y < 48; ++y)
        std::fill_n(pixels.begin() + (y * 64 + 16) * 4, 32 * 4, 255);
    for (const int side : { 23, 64, 150 }) {
        const Image resized = imaging::resize(Image(64, 64, 4, pixels), side, side);
        for (std::size_t i = 0; i < resized.byteCount(); i += 4) {
            if (resized.data()[i + 3] > 2)
                QVERIFY(resized.data()[i] >= 253);
        }
    }
}

void TestCompose::thumbnailAverages()
{
    std::vector<std::uint8_t> pixels;
    for (int i = 0; i < 4 * 2; ++i)
        pixels.insert(pixels.end(), 3, i % 2 == 0 ? 0 : 200);
    QVERIFY(imaging::thumbnail(Image(4, 2, 3, pixels), 2) == filled(2, 1, { 100, 100, 100 }));
    const Image small = filled(5, 3, { 1, 2, 3 });
    QVERIFY(imaging::thumbnail(small, 64) == small);
    QCOMPARE(imaging::thumbnail(filled(300, 1, { 1, 2, 3 }), 30).height(), 1);
}

void TestCompose::thumbnailOfAHugePicture()
{
    const Image huge = filled(8000, 2000, { 10, 20, 30, 255 });
    QVERIFY(imaging::thumbnail(huge, 256) == filled(256, 64, { 10, 20, 30, 255 }));
}

QTEST_GUILESS_MAIN(TestCompose)
#include "tst_compose.moc"
