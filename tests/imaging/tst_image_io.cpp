// SPDX-License-Identifier: GPL-3.0-or-later
// Reading pictures of every accepted kind, equal to Pillow, and refusing everything else in time.
#include "picture_files.h"

#include <QDir>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <limits>
#include <sys/resource.h>

using namespace adtailor;
using namespace pictures;

namespace {

std::filesystem::path pathOf(const QTemporaryDir& folder, const char* name)
{
    return folder.filePath(QString::fromLatin1(name)).toStdString();
}

void write(const std::filesystem::path& path, const QByteArray& data)
{
    QFile file(QString::fromStdString(path.string()));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(data), data.size());
}

#ifdef __SANITIZE_ADDRESS__
constexpr bool memoryIsInflated = true; // shadow memory and quarantine
#else
constexpr bool memoryIsInflated = false;
#endif

long peakKiB()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

void verifyRefused(const QByteArray& data, ErrorCode code, const char* part)
{
    const Result<Image> image = decode(data);
    QVERIFY(!image.has_value());
    const std::string& detail = image.error().detail;
    QVERIFY2(image.error().code == code, detail.c_str());
    QVERIFY2(detail.find(part) != std::string::npos, detail.c_str());
}

} // namespace

class TestImageIo : public QObject
{
    Q_OBJECT

private slots:
    void decodesLikePillow_data();
    void decodesLikePillow();
    void refusesByHeader_data();
    void refusesByHeader();
    void refusesForeignFormats_data();
    void refusesForeignFormats();
    void refusesAnimatedWebP();
    void refusesEveryTruncation_data();
    void refusesEveryTruncation();
    void survivesByteFlips_data();
    void survivesByteFlips();
    void ignoresChunkBombs();
    void acceptsTrailingGarbage();
    void refusesEndlessScans();
    void reportsMissingAndSpecialFiles();
    void refusesHugeFileFromItsHead();
    void savesAndLoads();
    void writesText();
    void keepsTheOldFileWhenTheDiskIsFull();
};

void TestImageIo::decodesLikePillow_data()
{
    QTest::addColumn<QString>("expected");
    QTest::addColumn<int>("tolerance");
    const QDir folder(QStringLiteral(ADTAILOR_FIXTURES "/imaging"));
    for (const QString& file : folder.entryList({ "*.expected.png" }, QDir::Files)) {
        const QString name = file.chopped(int(std::strlen(".expected.png")));
        QTest::newRow(qPrintable(folder.entryList({ name + ".*" }).constFirst())) << name << 0;
    }
}

void TestImageIo::decodesLikePillow()
{
    QFETCH(QString, expected);
    QFETCH(int, tolerance);
    const QDir folder(QStringLiteral(ADTAILOR_FIXTURES "/imaging"));
    QString file;
    for (const QString& candidate : folder.entryList({ expected + ".*" })) {
        if (!candidate.contains("expected"))
            file = candidate;
    }
    const Result<Image> image = decode(fixture(file));
    QVERIFY2(image.has_value(), image ? "" : image.error().detail.c_str());
    const Image wanted = fixtureImage(expected + ".expected.png");
    QCOMPARE(image->channels(), wanted.channels());
    QVERIFY(largestDifference(*image, wanted) <= tolerance);
}

void TestImageIo::refusesByHeader_data()
{
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("part");
    const auto row
        = [](const char* name, const QByteArray& data, ErrorCode code, const char* part) {
              QTest::newRow(name) << data << int(code) << QString::fromLatin1(part);
          };
    const QByteArray jpegStart("\xFF\xD8\xFF\xC0\x00\x11\x08", 7);
    const QByteArray jpegEnd("\x03\x01\x22\x00\x02\x11\x01\x03\x11\x01\xFF\xD9", 12);
    const QByteArray webp("RIFF\x16\0\0\0WEBPVP8X\x0A\0\0\0\0\0\0\0", 24);
    row("png side", pngHeader(20000, 20000), ErrorCode::InvalidInput, "20000 x 20000");
    row("png pixels", pngHeader(16384, 16384), ErrorCode::InvalidInput, "megapixels");
    row("png 65535", pngHeader(65535, 65535), ErrorCode::InvalidInput, "16384");
    row("png 2^32-1", pngHeader(0xFFFFFFFF, 0xFFFFFFFF), ErrorCode::InvalidInput, "16384");
    row("png zero", pngHeader(0, 10), ErrorCode::FileCorrupt, "0 x 10");
    row("png no header", QByteArray("\x89PNG\r\n\x1a\n", 8), ErrorCode::FileCorrupt, "damaged PNG");
    row("jpeg side", jpegStart + QByteArray("\xFF\xFF\xFF\xFF", 4) + jpegEnd,
        ErrorCode::InvalidInput, "65535 x 65535");
    row("jpeg zero", jpegStart + QByteArray(4, '\0') + jpegEnd, ErrorCode::FileCorrupt, "0 x 0");
    row("jpeg no frame", QByteArray("\xFF\xD8\xFF\xD9", 4), ErrorCode::FileCorrupt, "damaged JPEG");
    row("webp side", webp + QByteArray(6, '\xFF'), ErrorCode::InvalidInput, "16777216");
    row("webp no header", QByteArray("RIFF\4\0\0\0WEBP", 12), ErrorCode::FileCorrupt,
        "damaged WebP");
    row("empty", {}, ErrorCode::FileCorrupt, "empty");
}

void TestImageIo::refusesByHeader()
{
    QFETCH(QByteArray, data);
    QFETCH(int, code);
    QFETCH(QString, part);
    const long before = peakKiB();
    qint64 fastest = std::numeric_limits<qint64>::max(); // of a few: the machine may be busy
    for (int i = 0; i < 5; ++i) {
        QElapsedTimer timer;
        timer.start();
        verifyRefused(data, ErrorCode(code), qPrintable(part));
        fastest = std::min(fastest, timer.nsecsElapsed());
    }
    QVERIFY(fastest < 10'000'000);
    QVERIFY(memoryIsInflated || peakKiB() - before < 2048);
}

void TestImageIo::refusesForeignFormats_data()
{
    QTest::addColumn<QByteArray>("magic");
    QTest::addColumn<QString>("name");
    const auto row = [](const QByteArray& magic, const char* name) {
        QTest::addRow("%s %d", name, int(magic.size())) << magic << QString::fromLatin1(name);
    };
    row("GIF89a", "a GIF");
    row("GIF87a\1", "a GIF");
    row(QByteArray(128, '\0') + "DICM", "a DICOM scan"); // aborted a codec chain in the past
    row(QByteArray("II*\0", 4), "a TIFF");
    row(QByteArray("MM\0*\0", 5), "a TIFF");
    row("%PDF-1.7", "a PDF");
    row("%!PS-Adobe", "a PostScript file");
    row("8BPS", "a Photoshop file");
    row("gimp xcf ", "a GIMP file");
    row("BM1234", "a BMP");
    row(QByteArray("\0\0\1\0", 4), "an ICO icon");
    row(QByteArray("\0\0\0\x1C"
                   "ftypavif",
                   12),
        "an AVIF");
    row(QByteArray("\0\0\0\x1C"
                   "ftypheic",
                   12),
        "a HEIC");
    row(QByteArray("\0\0\0\x1C"
                   "ftypisom",
                   12),
        "an MP4 video");
    row(QByteArray("\0\0\0\x0CjP  \r\n", 10), "a JPEG 2000");
    row("\xFF\x0A", "a JPEG XL");
    row("\x8BJNG", "a JNG");
    row("\x8AMNG", "an MNG animation");
    row("\x76\x2F\x31\x01", "an OpenEXR");
    row("#?RADIANCE\n", "a Radiance HDR");
    row("DDS |", "a DDS texture");
    row("qoif", "a QOI");
    row("SIMPLE  =  T", "a FITS");
    row("P1\n1 1", "a PBM");
    row("P6\n1 1", "a PPM");
    row("P7\nWIDTH", "a PAM");
    row("\x59\xA6\x6A\x95", "a Sun raster");
    row("GRIB", "a GRIB file");
    row("\x89HDF", "an HDF5 file");
    row(QByteArray("RIFF\4\0\0\0AVI ", 12), "an AVI video");
    row(QByteArray("RIFF\4\0\0\0WAVE", 12), "a WAV sound");
    row("\x1A\x45\xDF\xA3", "a WebM or Matroska video");
    row("PK\3\4", "a ZIP archive");
    row("\x1F\x8B\x08", "a gzip archive");
    row("7z\xBC\xAF\x27", "a 7-Zip archive");
    row("\x7F"
        "ELF",
        "a program");
    row("#!/bin/sh", "a script");
    row("version https://git-lfs.github.com/spec/v1", "a Git-LFS pointer");
    row("<svg xmlns='http://www.w3.org/2000/svg'/>", "an SVG drawing");
    row("\xEF\xBB\xBF<?xml version='1.0'?>\n<SVG>", "an SVG drawing");
    row("<!DOCTYPE html><p>not found", "a web page");
    row("SQLite format 3", "an SQLite database");
    row("plain words", "an unknown kind of file");
    row(QByteArray(5000, '\0'), "an unknown kind of file");
}

void TestImageIo::refusesForeignFormats()
{
    QFETCH(QByteArray, magic);
    QFETCH(QString, name);
    const QString sentence = "This is " + name + ", not a PNG, JPEG or WebP";
    verifyRefused(magic, ErrorCode::FileCorrupt, qPrintable(sentence));
}

void TestImageIo::refusesAnimatedWebP()
{
    verifyRefused(fixture("animated.webp"), ErrorCode::InvalidInput, "animated WebP");
}

void TestImageIo::refusesEveryTruncation_data()
{
    QTest::addColumn<QString>("file");
    for (const char* name :
         { "source_rgba.png", "png_interlaced.png", "png_palette.png", "jpeg_444.jpg",
           "jpeg_progressive.jpg", "jpeg_cmyk.jpg", "webp_lossy.webp", "webp_lossless_alpha.webp" })
        QTest::newRow(name) << QString::fromLatin1(name);
}

void TestImageIo::refusesEveryTruncation()
{
    QFETCH(QString, file);
    const QByteArray whole = fixture(file);
    QVERIFY(decode(whole).has_value());
    for (qsizetype size = 0; size < whole.size(); size += 1 + size / 40) {
        const Result<Image> image = decode(whole.left(size));
        if (image.has_value()) // all pixels are there: only the end mark is missing
            QVERIFY2(whole.size() - size <= 2 && *image == fixtureImage(file),
                     qPrintable(QString::number(size)));
        else
            QVERIFY2(image.error().code == ErrorCode::FileCorrupt, image.error().detail.c_str());
    }
}

void TestImageIo::survivesByteFlips_data()
{
    refusesEveryTruncation_data();
}

// Whatever comes out, it is a picture of the header's size or a sentence.
void TestImageIo::survivesByteFlips()
{
    QFETCH(QString, file);
    const QByteArray whole = fixture(file);
    quint32 random = 1;
    for (int round = 0; round < 400; ++round) {
        QByteArray damaged = whole;
        for (int flips = 0; flips < 1 + round % 4; ++flips) {
            random = random * 1664525 + 1013904223;
            const qsizetype limit
                = round % 2 == 0 ? std::min<qsizetype>(200, whole.size()) : whole.size();
            damaged[qsizetype(random >> 8) % limit] = static_cast<char>(random >> 16);
        }
        const Result<Image> image = decode(damaged);
        if (!image)
            QVERIFY(!image.error().detail.empty());
    }
}

void TestImageIo::ignoresChunkBombs()
{
    const QByteArray bomb = deflate(QByteArray(200 << 20, 'A'));
    const QByteArray name("profile\0\0", 9);
    const QByteArray iccp = pngChunk("iCCP", name + bomb);
    const QByteArray ztxt = pngChunk("zTXt", name + bomb);
    const QByteArray itxt = pngChunk("iTXt", QByteArray("Comment\0\1\0\0\0", 12) + bomb);
    QByteArray many;
    for (int i = 0; i < 100'000; ++i)
        many += pngChunk("tEXt", QByteArray("a\0b", 3));
    const long before = peakKiB();
    QElapsedTimer timer;
    timer.start();
    for (const QByteArray& chunk : { iccp, ztxt, itxt, many }) {
        const Result<Image> image = decode(blackPng(9, 7, chunk));
        QVERIFY2(image.has_value(), image ? "" : image.error().detail.c_str());
        QCOMPARE(image->width(), 9);
    }
    QVERIFY(memoryIsInflated || timer.elapsed() < 5000);
    QVERIFY(memoryIsInflated || peakKiB() - before < 32 << 10);
}

void TestImageIo::acceptsTrailingGarbage()
{
    const QByteArray zip = QByteArray("PK\3\4") + QByteArray(1000, 'x');
    for (const char* name : { "source_rgb.png", "jpeg_444.jpg", "webp_lossy.webp" }) {
        const Result<Image> image = decode(fixture(name) + zip);
        QVERIFY2(image.has_value(), name);
        QVERIFY(*image == fixtureImage(name));
    }
}

// The scans of a progressive file, repeated: honest size, dishonest amount of work.
void TestImageIo::refusesEndlessScans()
{
    const QByteArray whole = fixture("jpeg_progressive.jpg");
    const qsizetype first = whole.indexOf("\xFF\xDA");
    const qsizetype next = whole.indexOf("\xFF\xC4", first);
    QVERIFY(first > 0 && next > first);
    const QByteArray scan = whole.mid(first, next - first);
    QByteArray endless = whole.left(first);
    for (int i = 0; i < 1000; ++i)
        endless += scan;
    verifyRefused(endless + whole.mid(next), ErrorCode::FileCorrupt, "damaged JPEG");
}

void TestImageIo::reportsMissingAndSpecialFiles()
{
    const QTemporaryDir folder;
    QCOMPARE(imaging::load(pathOf(folder, "none.png")).error().code, ErrorCode::FileNotFound);
    QCOMPARE(imaging::load(folder.path().toStdString()).error().code, ErrorCode::FileNotFound);
    const auto empty = pathOf(folder, "empty.png");
    write(empty, {});
    const Result<Image> image = imaging::load(empty);
    QCOMPARE(image.error().code, ErrorCode::FileCorrupt);
    QVERIFY(image.error().detail.find("empty.png is empty") == 0);
}

void TestImageIo::refusesHugeFileFromItsHead()
{
    const QTemporaryDir folder;
    const auto path = pathOf(folder, "huge.png");
    write(path, blackPng(4, 4));
    std::filesystem::resize_file(path, 3ULL << 30U); // sparse
    const long before = peakKiB();
    const Result<Image> image = imaging::load(path);
    QCOMPARE(image.error().code, ErrorCode::InvalidInput);
    QVERIFY(image.error().detail.find("64 MiB") != std::string::npos);
    QVERIFY(memoryIsInflated || peakKiB() - before < 2048);
}

void TestImageIo::savesAndLoads()
{
    const QTemporaryDir folder;
    for (const char* name : { "source_rgb.png", "source_rgba.png" }) {
        const Image image = fixtureImage(name);
        const auto path = pathOf(folder, "saved.png");
        QVERIFY(imaging::savePng(image, path).has_value());
        QVERIFY(*imaging::load(path) == image);
    }
    QVERIFY(!imaging::savePng(Image(), pathOf(folder, "none.png")).has_value());
    QVERIFY(!std::filesystem::exists(pathOf(folder, "none.png")));
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden).size(), 1);
}

void TestImageIo::writesText()
{
    const QTemporaryDir folder;
    const auto path = pathOf(folder, "text.png");
    const Image image = filled(3, 2, { 1, 2, 3 });
    QVERIFY(imaging::savePng(image, path, { { "Title", "清新柠檬绿" }, { "Software", "AdTailor" } })
                .has_value());
    QFile file(QString::fromStdString(path.string()));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray data = file.readAll();
    QVERIFY(data.contains(QByteArray("iTXtTitle\0\0\0\0\0", 14) + "清新柠檬绿"));
    QVERIFY(data.contains("AdTailor"));
    QVERIFY(*imaging::load(path) == image);
    QVERIFY(!imaging::savePng(image, path, { { std::string(80, 'k'), "v" } }).has_value());
}

void TestImageIo::keepsTheOldFileWhenTheDiskIsFull()
{
    const QTemporaryDir folder;
    const auto path = pathOf(folder, "kept.png");
    const Image old = filled(4, 4, { 9, 8, 7 });
    QVERIFY(imaging::savePng(old, path).has_value());

    std::signal(SIGXFSZ, SIG_IGN);
    rlimit limit{};
    getrlimit(RLIMIT_FSIZE, &limit);
    const rlimit tight{ 4096, limit.rlim_max };
    setrlimit(RLIMIT_FSIZE, &tight);
    const Result<void> saved = imaging::savePng(fixtureImage("source_rgba.png"), path);
    setrlimit(RLIMIT_FSIZE, &limit);

    QVERIFY(!saved.has_value());
    QCOMPARE(saved.error().code, ErrorCode::DiskFull);
    QVERIFY(*imaging::load(path) == old);
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden).size(), 1);
    QVERIFY(imaging::savePng(fixtureImage("source_rgba.png"), path).has_value());
}

QTEST_GUILESS_MAIN(TestImageIo)
#include "tst_image_io.moc"
