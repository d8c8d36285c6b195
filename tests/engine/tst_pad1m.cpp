// SPDX-License-Identifier: GPL-3.0-or-later
// Reading PAd1M files: good records whole, bad ones by number, hostile ones without harm.
#include <adtailor/pad1m.h>

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <sys/resource.h>

using namespace adtailor;

class TestPad1m : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void readsARecord();
    void fillsDefaults();
    void whiteImageReplacesTheCutout();
    void skipsBadRecords_data();
    void skipsBadRecords();
    void keepsGoodOnesBesideBadOnes();
    void confinesPaths_data();
    void confinesPaths();
    void replacesFolders();
    void refusesOtherFiles_data();
    void refusesOtherFiles();
    void refusesAnEndlessRecord();
    void streamsManyRecords();
    void stops();

private:
    QJsonObject sound() const;
    void write(const QByteArray& data) const;
    void write(const QJsonArray& records) const { write(QJsonDocument(records).toJson()); }
    Result<Pad1mSummary> read(const Pad1mOptions& options = {});

    QTemporaryDir m_folder;
    std::vector<Pad1mRecord> m_records;
};

void TestPad1m::init()
{
    m_records.clear();
    for (const char* name : { "ad.jpg", "cut.png", "h0.jpg", "h1.jpg" }) {
        QFile file(m_folder.filePath(QString::fromLatin1(name)));
        QVERIFY(file.open(QIODevice::WriteOnly));
    }
}

QJsonObject TestPad1m::sound() const
{
    return { { "f_path", "ad.jpg" },
             { "f_path_trans", "cut.png" },
             { "f_path_white", "" },
             { "ref_exps", QJsonArray{ QJsonArray{ 0, 0, 1, 1 } } },
             { "width", 512 },
             { "caption", "a beach" },
             { "sku_title_cn", "灯" },
             { "gt_title_cn", "First title<title_split>第二个标题" },
             { "word_list", "warm light, 省电，dimmable" },
             { "max_ratio", 0.5 },
             { "history_images", QJsonArray{ "h0.jpg", "h1.jpg" } },
             { "history_titles", QJsonArray{ "one", "two" } },
             { "text_similarity", QJsonArray{ 0.25, 1 } } };
}

void TestPad1m::write(const QByteArray& data) const
{
    QFile file(m_folder.filePath("data.json"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(data), data.size());
}

Result<Pad1mSummary> TestPad1m::read(const Pad1mOptions& options)
{
    return readPad1m(m_folder.filePath("data.json").toStdString(), options,
                     [this](Pad1mRecord&& record) {
                         m_records.push_back(std::move(record));
                         return true;
                     });
}

void TestPad1m::readsARecord()
{
    write(QJsonArray{ sound() });
    const auto summary = read();
    QVERIFY2(summary.has_value(), summary ? "" : summary.error().detail.c_str());
    QCOMPARE(m_records.size(), 1U);
    const Pad1mRecord& record = m_records[0];
    QCOMPARE(record.number, 1);
    QCOMPARE(record.targetImage.filename(), "ad.jpg");
    QVERIFY(record.targetImage.is_absolute());
    QCOMPARE(record.cutout.filename(), "cut.png");
    QCOMPARE(record.description, "灯");
    QCOMPARE(record.titles, (std::vector<std::string>{ "First title", "第二个标题" }));
    QCOMPARE(record.wordList, "warm light, 省电，dimmable");
    QCOMPARE(record.sellingPoints, (std::vector<std::string>{ "warm light", "省电", "dimmable" }));
    QCOMPARE(record.maxRatio, 0.5);
    QCOMPARE(record.historyImages.size(), 2U);
    QCOMPARE(record.historyImages[1].filename(), "h1.jpg");
    QCOMPARE(record.historyTitles, (std::vector<std::string>{ "one", "two" }));
    QCOMPARE(record.similarities, (std::vector<float>{ 0.25F, 1.0F }));
}

void TestPad1m::fillsDefaults()
{
    write(QJsonArray{ QJsonObject{ { "f_path_trans", "cut.png" }, { "sku_title_cn", "a lamp" } } });
    QCOMPARE(read()->records, 1);
    QCOMPARE(m_records[0].maxRatio, 1.0);
    QVERIFY(m_records[0].targetImage.empty() && m_records[0].historyImages.empty());
    Pad1mOptions options;
    options.needTarget = true;
    QCOMPARE(read(options)->issues[0].reason, "gt_title_cn is missing.");
}

void TestPad1m::whiteImageReplacesTheCutout()
{
    QJsonObject record = sound();
    record["f_path_white"] = "h0.jpg";
    write(QJsonArray{ record });
    QCOMPARE(read()->records, 1);
    QCOMPARE(m_records[0].cutout.filename(), "h0.jpg");
}

void TestPad1m::skipsBadRecords_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QJsonValue>("value");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char* field, const QJsonValue& value, const char* reason) {
        QTest::addRow("%s %s", field, reason) << QString(field) << value << QString(reason);
    };
    row("f_path_trans", 7, "f_path_trans holds a number");
    row("f_path_trans", "", "f_path_trans is missing");
    row("f_path_trans", "none.png", "does not exist");
    row("word_list", QJsonArray{ "a" }, "word_list holds a list");
    row("gt_title_cn", QJsonObject{ { "a", 1 } }, "gt_title_cn holds an object");
    row("max_ratio", "0.5", "max_ratio holds text");
    row("max_ratio", 0, "above 0");
    row("max_ratio", -1, "above 0");
    row("history_titles", QJsonArray{ "one" }, "but history_titles 1");
    row("history_titles", QJsonArray{ "one", 2 }, "history_titles holds a number");
    row("history_titles", QJsonArray{ "one", QJsonArray{ "two" } }, "history_titles holds a list");
    row("history_titles", QJsonArray{ "one", QJsonValue() }, "history_titles holds null");
    row("history_images", QJsonArray{ "h0.jpg", "h2.jpg" }, "h2.jpg does not exist");
    row("history_images", "h0.jpg", "history_images holds text");
    row("text_similarity", QJsonArray{ 1 }, "another length");
    row("text_similarity", QJsonArray{ 1, "x" }, "text_similarity holds text");
}

void TestPad1m::skipsBadRecords()
{
    QFETCH(QString, field);
    QFETCH(QJsonValue, value);
    QFETCH(QString, reason);
    QJsonObject bad = sound();
    bad[field] = value;
    write(QJsonArray{ sound(), bad, sound() });
    const auto summary = read();
    QVERIFY(summary.has_value());
    QCOMPARE(summary->records, 2);
    QCOMPARE(summary->skipped, 1);
    QCOMPARE(summary->issues[0].number, 2);
    QVERIFY2(summary->issues[0].reason.find(reason.toStdString()) != std::string::npos,
             summary->issues[0].reason.c_str());
    QCOMPARE(m_records[1].number, 3);
}

void TestPad1m::keepsGoodOnesBesideBadOnes()
{
    QJsonObject empty = sound();
    empty["sku_title_cn"] = "";
    empty["word_list"] = " , ";
    write(
        QJsonArray{ 1, "text", QJsonArray{ QJsonArray{ 2 } }, QJsonValue(), true, empty, sound() });
    const auto summary = read();
    QVERIFY2(summary.has_value(), summary ? "" : summary.error().detail.c_str());
    QCOMPARE(summary->skipped, 6);
    QCOMPARE(m_records.size(), 1U);
    QCOMPARE(m_records[0].number, 7);
}

void TestPad1m::confinesPaths_data()
{
    QTest::addColumn<QString>("path");
    for (const char* path : { "/etc/passwd", "../secret.png", "a/../../secret.png", "link.png",
                              "folder", "loop.png", "", "cut.png/x" })
        QTest::newRow(path) << QString(path);
}

void TestPad1m::confinesPaths()
{
    QFETCH(QString, path);
    QFile::link("/etc/passwd", m_folder.filePath("link.png"));
    QFile::link("loop.png", m_folder.filePath("loop.png"));
    QDir(m_folder.path()).mkdir("folder");
    QJsonObject record = sound();
    record["f_path_trans"] = path;
    write(QJsonArray{ record });
    const auto summary = read();
    QVERIFY(summary.has_value());
    QCOMPARE(summary->records, 0);
    Pad1mOptions unchecked;
    unchecked.checkFiles = false;
    if (path.contains("..") || path.startsWith('/'))
        QCOMPARE(read(unchecked)->records, 0);
}

void TestPad1m::replacesFolders()
{
    QJsonObject record = sound();
    record["f_path"] = "/export/data/ad.jpg";
    record["f_path_trans"] = "/export/trans/cut.png";
    record["history_images"] = QJsonArray{ "../x/h0.jpg", "h1.jpg" };
    write(QJsonArray{ record });
    QCOMPARE(read()->records, 0);
    Pad1mOptions options;
    options.imageFolder = options.cutoutFolder = m_folder.path().toStdString();
    QCOMPARE(read(options)->records, 1);
    QCOMPARE(m_records[0].historyImages[0].filename(), "h0.jpg");
    options.root = "/no/such/folder";
    options.imageFolder = "/no/such/folder";
    QCOMPARE(read(options).error().code, ErrorCode::FileNotFound);
}

void TestPad1m::refusesOtherFiles_data()
{
    QTest::addColumn<QByteArray>("data");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("object") << QByteArray("{\"a\": 1}");
    QTest::newRow("number") << QByteArray("12");
    QTest::newRow("cut") << QJsonDocument(QJsonArray{ sound() }).toJson().chopped(20);
    QTest::newRow("trailing") << QByteArray("[] x");
    QTest::newRow("depth bomb") << QByteArray(1'000'000, '[');
    QTest::newRow("object bomb") << QByteArray("[") + QByteArray("{\"a\":").repeated(100'000);
    QTest::newRow("bad utf-8") << QByteArray("[{\"caption\": \"\xC3\x28\"}]");
    QTest::newRow("huge number") << QByteArray("[{\"max_ratio\": 1e999}]");
    QTest::newRow("picture") << QByteArray("\x89PNG\r\n\x1a\n");
}

void TestPad1m::refusesOtherFiles()
{
    QFETCH(QByteArray, data);
    write(data);
    const auto summary = read();
    QVERIFY(!summary.has_value());
    QCOMPARE(summary.error().code, ErrorCode::FileCorrupt);
    QVERIFY(summary.error().detail.find("data.json") != std::string::npos);
    QVERIFY(m_records.empty());
}

void TestPad1m::refusesAnEndlessRecord()
{
    QFile file(m_folder.filePath("data.json"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("[{\"caption\": \"");
    for (int i = 0; i < 64; ++i)
        file.write(QByteArray(1 << 20, 'a'));
    file.close();
    const auto summary = read();
    QCOMPARE(summary.error().code, ErrorCode::FileCorrupt);
    QVERIFY(summary.error().detail.find("16 MiB") != std::string::npos);
}

void TestPad1m::streamsManyRecords()
{
    const QByteArray record = QJsonDocument(sound()).toJson(QJsonDocument::Compact);
    QFile file(m_folder.filePath("data.json"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("[");
    constexpr int count = 100'000;
    for (int i = 0; i < count; ++i)
        file.write(i == 0 ? record : "," + record);
    file.write("]");
    file.close();
    QVERIFY(file.size() > 32 << 20);
    rusage before{};
    getrusage(RUSAGE_SELF, &before);
    std::int64_t seen = 0;
    const auto summary
        = readPad1m(file.fileName().toStdString(), {}, [&](Pad1mRecord&&) { return ++seen > 0; });
    rusage after{};
    getrusage(RUSAGE_SELF, &after);
    QVERIFY(summary.has_value());
    QCOMPARE(seen, count);
#ifndef __SANITIZE_ADDRESS__
    QVERIFY(after.ru_maxrss - before.ru_maxrss < 16 << 10);
#endif
}

void TestPad1m::stops()
{
    write(QJsonArray{ sound(), sound(), sound() });
    int seen = 0;
    const auto path = m_folder.filePath("data.json").toStdString();
    QCOMPARE(readPad1m(path, {}, [&](Pad1mRecord&&) { return ++seen < 2; })->records, 2);
    std::stop_source source;
    source.request_stop();
    JobControl job;
    job.stop = source.get_token();
    QCOMPARE(readPad1m(
                 path, {}, [](Pad1mRecord&&) { return true; }, job)
                 .error()
                 .code,
             ErrorCode::Cancelled);
}

QTEST_GUILESS_MAIN(TestPad1m)
#include "tst_pad1m.moc"
