// SPDX-License-Identifier: GPL-3.0-or-later
// The shipped sample is whole in both languages, and a broken one is explained.
#include <adtailor/imaging.h>
#include <adtailor/samples.h>

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace adtailor;

namespace {

const std::filesystem::path shipped = ADTAILOR_RESOURCES "/samples";

} // namespace

class TestSamples : public QObject
{
    Q_OBJECT

private slots:
    void shippedSampleIsWhole_data();
    void shippedSampleIsWhole();
    void languagesDiffer();
    void isSmall();
    void readsNothingWithoutConsent();
    void explainsBrokenFiles_data();
    void explainsBrokenFiles();
};

void TestSamples::shippedSampleIsWhole_data()
{
    QTest::addColumn<QString>("language");
    for (const char* language : { "en", "zh", "fr" })
        QTest::newRow(language) << QString(language);
}

void TestSamples::shippedSampleIsWhole()
{
    QFETCH(QString, language);
    const auto sample = loadSample(shipped, language.toStdString());
    QVERIFY2(sample.has_value(), sample ? "" : sample.error().detail.c_str());
    QVERIFY(!sample->name.empty() && !sample->product.title.empty());
    QVERIFY(sample->product.sellingPoints.size() >= 5);
    QVERIFY(sample->cutout.width() >= 512 && sample->cutout.width() == sample->cutout.height());
    const auto placed = imaging::extractCutout(sample->product.cutout);
    QVERIFY(placed.has_value() && !placed->wasOpaque && !placed->touchesEdge);
    QCOMPARE(sample->personas.size(), 2U);
    for (const SamplePersona& persona : sample->personas) {
        QCOMPARE(persona.consent, "fictional");
        QVERIFY(!persona.name.empty() && !persona.about.empty());
        QVERIFY(persona.history.size() >= 8);
        for (const HistoryItem& item : persona.history) {
            QCOMPARE(item.image.width(), 256);
            QVERIFY(!item.title.empty());
        }
    }
}

void TestSamples::languagesDiffer()
{
    const auto english = loadSample(shipped, "en");
    const auto chinese = loadSample(shipped, "zh");
    QVERIFY(english->product.title != chinese->product.title);
    QVERIFY(english->personas[0].history[0].title != chinese->personas[0].history[0].title);
    QCOMPARE(loadSample(shipped, "fr")->product.title, english->product.title);
}

void TestSamples::isSmall()
{
    std::uintmax_t bytes = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(shipped))
        bytes += entry.is_regular_file() ? entry.file_size() : 0;
    QVERIFY(bytes < 2'000'000);
}

void TestSamples::readsNothingWithoutConsent()
{
    const QTemporaryDir folder;
    QFile file(folder.filePath("persona.json"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(
        R"({"name": "N", "consent": "withdrawn", "history": [{"image": "none.png", "title": "t"}]})");
    file.close();
    const auto persona = loadPersona(folder.path().toStdString());
    QVERIFY(persona.has_value());
    QVERIFY(persona->history.empty());
}

void TestSamples::explainsBrokenFiles_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("part");
    const auto row = [](const char* json, ErrorCode code, const char* part) {
        QTest::newRow(part) << QByteArray(json) << int(code) << QString(part);
    };
    row("[1]", ErrorCode::FileCorrupt, "must be an object");
    row("{\"consent\": \"given\"}", ErrorCode::FileCorrupt, "name must be a text");
    row(R"({"name": "N", "consent": "maybe"})", ErrorCode::FileCorrupt, "consent must be");
    row(R"({"name": "N", "consent": "given"})", ErrorCode::FileCorrupt, "history must be a list");
    row(R"({"name": "N", "consent": "given", "history": [{"image": 3, "title": "t"}]})",
        ErrorCode::FileCorrupt, "history item 1: image must be a text");
    row(R"({"name": "N", "consent": "given", "history": [{"image": "../x.png", "title": "t"}]})",
        ErrorCode::InvalidInput, "leaves the picture folder");
    row(R"({"name": "N", "consent": "given", "history": [{"image": "x.png", "title": "t"}]})",
        ErrorCode::InvalidInput, "x.png does not exist");
    row("{\"name\": ", ErrorCode::FileCorrupt, "persona.json");
}

void TestSamples::explainsBrokenFiles()
{
    QFETCH(QByteArray, json);
    QFETCH(int, code);
    QFETCH(QString, part);
    const QTemporaryDir folder;
    QFile file(folder.filePath("persona.json"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(json);
    file.close();
    const auto persona = loadPersona(folder.path().toStdString());
    QVERIFY(!persona.has_value());
    QCOMPARE(persona.error().code, ErrorCode(code));
    QVERIFY2(persona.error().detail.find(part.toStdString()) != std::string::npos,
             persona.error().detail.c_str());
    QCOMPARE(loadPersona("/no/such/folder").error().code, ErrorCode::FileNotFound);
}

QTEST_GUILESS_MAIN(TestSamples)
#include "tst_samples.moc"
