// SPDX-License-Identifier: GPL-3.0-or-later
// Data sets as CSV and JSON Lines, with columns of any name: the same records as from PAd1M JSON.
#include <adtailor/pad1m.h>

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <sys/resource.h>

using namespace adtailor;

class TestTables : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void readsLines();
    void readsTables_data();
    void readsTables();
    void renamesFields();
    void splitsLists();
    void skipsBadRows_data();
    void skipsBadRows();
    void namesMissingColumns_data();
    void namesMissingColumns();
    void refusesTables_data();
    void refusesTables();
    void refusesColumns_data();
    void refusesColumns();
    void streamsManyRows();

private:
    QJsonObject sound() const;
    void write(const QByteArray& data, const char* name) const;
    Result<Pad1mSummary> read(const Pad1mOptions& options, const char* name);

    QTemporaryDir m_folder;
    std::vector<Pad1mRecord> m_records;
};

void TestTables::init()
{
    for (const char* name : { "ad.jpg", "cut.png", "h0.jpg", "h1.jpg" })
        write({}, name);
}

QJsonObject TestTables::sound() const
{
    return { { "f_path", "ad.jpg" },
             { "f_path_trans", "cut.png" },
             { "f_path_white", "" },
             { "sku_title_cn", "灯" },
             { "gt_title_cn", "First title<title_split>第二个标题" },
             { "word_list", "warm light, 省电，dimmable" },
             { "max_ratio", 0.5 },
             { "history_images", QJsonArray{ "h0.jpg", "h1.jpg" } },
             { "history_titles", QJsonArray{ "one", "two" } },
             { "text_similarity", QJsonArray{ 0.25, 1 } } };
}

void TestTables::write(const QByteArray& data, const char* name) const
{
    QFile file(m_folder.filePath(name));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(data), data.size());
}

Result<Pad1mSummary> TestTables::read(const Pad1mOptions& options, const char* name)
{
    m_records.clear();
    return readPad1m(m_folder.filePath(name).toStdString(), options, [this](Pad1mRecord&& record) {
        m_records.push_back(std::move(record));
        return true;
    });
}

// A record that ends early or with trailing text is one bad line, not the end.
void TestTables::readsLines()
{
    const QByteArray line = QJsonDocument(sound()).toJson(QJsonDocument::Compact);
    QJsonObject numbered = sound();
    numbered["user_id"] = qint64{ 9007199254740993 }; // 2^53 + 1
    write("\xEF\xBB\xBF" + line + "\r\n\n  \n" + line.chopped(1) + "\n" + line
              + " x\n[1]\n7\ntext\n" + QJsonDocument(numbered).toJson(QJsonDocument::Compact),
          "data.jsonl");
    const auto summary = read({}, "data.jsonl");
    QVERIFY2(summary.has_value(), summary ? "" : summary.error().detail.c_str());
    QCOMPARE(m_records.size(), 2U);
    QCOMPARE(m_records[1].number, 7);
    QCOMPARE(m_records[0].titles.size(), 2U);
    QCOMPARE(m_records[1].user, "9007199254740993");
    std::vector<std::string> reasons;
    for (const Pad1mIssue& issue : summary->issues)
        reasons.push_back(std::to_string(issue.number) + issue.reason);
    QCOMPARE(reasons,
             (std::vector<std::string>{
                 "2The line is not one valid JSON object.",
                 "3The line is not one valid JSON object.", "4The record is a list, not an object.",
                 "5The record is not an object.", "6The line is not one valid JSON object." }));
}

void TestTables::readsTables_data()
{
    QTest::addColumn<QByteArray>("table");
    const QByteArray header = "f_path,f_path_trans,sku_title_cn,gt_title_cn,word_list,max_ratio,"
                              "history_images,history_titles,text_similarity,user_id\n";
    const QByteArray row
        = "ad.jpg,cut.png,灯,\"First \"\"title\"\"<title_split>第二个标题\",\"warm light, "
          "省电，dimmable\",0.5,"
          "h0.jpg|h1.jpg,one | two,0.25|1,u7\n";
    QTest::newRow("plain") << header + row;
    QTest::newRow("no last line break") << (header + row).chopped(1);
    QTest::newRow("CRLF, BOM") << "\xEF\xBB\xBF" + QByteArray(header + row).replace("\n", "\r\n");
    QTest::newRow("lone CR") << QByteArray(header + row).replace("\n", "\r");
    QTest::newRow("blank lines") << "\n\r\n" + header + "\n\n" + row + "\n\n";
    QTest::newRow("quoted header")
        << "\"" + QByteArray(header).trimmed().replace(",", "\",\"") + "\"\n" + row;
    QTest::newRow("JSON lists") << header
            + QByteArray(row)
                  .replace("one | two", "\"[\"\"one\"\",\"\"two\"\"]\"")
                  .replace("0.25|1", "\"[0.25, 1]\"");
    const QByteArray points = "warm light, 省电，dimmable";
    for (const char* separator : { ";", "\t" })
        QTest::addRow("separator %d", separator[0]) << QByteArray(header + row)
                                                           .replace(points, "@")
                                                           .replace(",", separator)
                                                           .replace("@", points);
}

void TestTables::readsTables()
{
    QFETCH(QByteArray, table);
    write(table, "data.CSV");
    Pad1mOptions options;
    options.needTarget = true;
    const auto summary = read(options, "data.CSV");
    QVERIFY2(summary.has_value(), summary ? "" : summary.error().detail.c_str());
    QVERIFY2(summary->skipped == 0, summary->skipped ? summary->issues[0].reason.c_str() : "");
    QCOMPARE(m_records.size(), 1U);
    const Pad1mRecord& record = m_records[0];
    QCOMPARE(record.number, 1);
    QCOMPARE(record.user, "u7");
    QCOMPARE(record.targetImage.filename(), "ad.jpg");
    QCOMPARE(record.cutout.filename(), "cut.png");
    QCOMPARE(record.description, "灯");
    QCOMPARE(record.titles, (std::vector<std::string>{ "First \"title\"", "第二个标题" }));
    QCOMPARE(record.sellingPoints, (std::vector<std::string>{ "warm light", "省电", "dimmable" }));
    QCOMPARE(record.maxRatio, 0.5);
    QCOMPARE(record.historyImages.size(), 2U);
    QCOMPARE(record.historyTitles, (std::vector<std::string>{ "one", "two" }));
    QCOMPARE(record.similarities, (std::vector<float>{ 0.25F, 1.0F }));
}

// In every form of file.
void TestTables::renamesFields()
{
    Pad1mOptions options;
    options.columns
        = { { "f_path_trans", "Product photo" }, { "word_list", "kws" }, { "user_id", "person" } };
    write("kws,Product photo,person,f_path_trans\nwarm,cut.png,4,no.png\n", "data.csv");
    const QJsonObject record{ { "kws", "warm" },
                              { "Product photo", "cut.png" },
                              { "person", 4 },
                              { "f_path_trans", "no.png" } };
    write(QJsonDocument(QJsonArray{ record }).toJson(), "data.json");
    write(QJsonDocument(record).toJson(QJsonDocument::Compact), "data.jsonl");
    for (const char* name : { "data.csv", "data.json", "data.jsonl" }) {
        const auto summary = read(options, name);
        QVERIFY2(summary.has_value(), summary ? "" : summary.error().detail.c_str());
        QCOMPARE(m_records.size(), 1U);
        QCOMPARE(m_records[0].cutout.filename(), "cut.png");
        QCOMPARE(m_records[0].wordList, "warm");
        QCOMPARE(m_records[0].user, "4");
    }
}

void TestTables::splitsLists()
{
    Pad1mOptions options;
    options.columns = { { "list_separator", " // " } };
    write("f_path_trans,word_list,history_images,history_titles\n"
          "cut.png,warm,h0.jpg // h1.jpg // h0.jpg,a|b //  // \"c\"\n",
          "data.csv");
    QCOMPARE(read(options, "data.csv")->records, 1);
    QCOMPARE(m_records[0].historyTitles, (std::vector<std::string>{ "a|b", "", "\"c\"" }));
    QCOMPARE(m_records[0].historyImages.size(), 3U);
}

void TestTables::skipsBadRows_data()
{
    QTest::addColumn<QByteArray>("row");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char* name, const QByteArray& text, const char* reason) {
        QTest::newRow(name) << text << QString::fromUtf8(reason);
    };
    row("few cells", "cut.png,warm", "Line 3 has 2 cells, the header 5");
    row("many cells", "cut.png,warm,,,,", "Line 3 has 6 cells, the header 5");
    row("behind the quote", "\"cut.png\"x,warm,,,", "behind a closing quote");
    row("bad UTF-8", "cut.png,\xC3\x28,,,", "Line 3 is not UTF-8");
    row("Latin-1", "cut.png,caf\xE9,,,", "Line 3 is not UTF-8");
    row("NUL", QByteArray("cut.png,wa\0rm,,,", 16), "Line 3 holds a NUL");
    row("huge cell", "cut.png," + QByteArray(2 << 20, 'a') + ",,,", "a cell longer than 1048576");
    row("number", "cut.png,warm,\"0,5\",,", "max_ratio holds \"0,5\"");
    row("no number", "cut.png,warm,nan0,,", "max_ratio holds \"nan0\"");
    row("not finite", "cut.png,warm,nan,,", "max_ratio must be above 0");
    row("lengths", "cut.png,warm,,h0.jpg|h1.jpg,one", "history_titles 1");
    row("JSON list", "cut.png,warm,,[h0.jpg,", "history_images begins with [");
    row("nested list", "cut.png,warm,,\"[[\"\"h0.jpg\"\"]]\",", "something else than texts");
    row("JSON NUL", R"(cut.png,warm,,h0.jpg,"[""a\u0000""]")", "history_titles holds a NUL");
    row("path", "../cut.png,warm,,,", "leaves the picture folder");
}

void TestTables::skipsBadRows()
{
    QFETCH(QByteArray, row);
    QFETCH(QString, reason);
    write("f_path_trans,word_list,max_ratio,history_images,history_titles\ncut.png,a,,,\n" + row
              + "\ncut.png,c,,,\n",
          "data.csv");
    const auto summary = read({}, "data.csv");
    QVERIFY2(summary.has_value(), summary ? "" : summary.error().detail.c_str());
    QCOMPARE(summary->records, 2);
    QCOMPARE(summary->skipped, 1);
    QCOMPARE(summary->issues[0].number, 2);
    QVERIFY2(summary->issues[0].reason.find(reason.toStdString()) != std::string::npos,
             summary->issues[0].reason.c_str());
    QCOMPARE(m_records[1].wordList, "c");
}

void TestTables::namesMissingColumns_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<bool>("needTarget");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("all") << QByteArray("image,text") << true
                         << "columns are missing: \"person\" (for user_id), \"f_path_trans\", "
                            "\"word_list\", \"f_path\", \"gt_title_cn\". It has \"image\", "
                            "\"text\".";
    QTest::newRow("one") << QByteArray("f_path_trans,sku_title_cn") << false
                         << "columns are missing: \"person\" (for user_id). It has";
    QTest::newRow("target") << QByteArray("f_path_white,sku_title_cn,person,f_path") << true
                            << "columns are missing: \"gt_title_cn\". It has";
    QTest::newRow("twice") << QByteArray("f_path_trans,sku_title_cn,person,person") << false
                           << "\"person\" appears twice";
}

void TestTables::namesMissingColumns()
{
    QFETCH(QByteArray, header);
    QFETCH(bool, needTarget);
    QFETCH(QString, sentence);
    write(header + "\ncut.png,a,b,c\n", "data.csv");
    Pad1mOptions options;
    options.columns = { { "user_id", "person" } };
    options.needTarget = needTarget;
    const auto summary = read(options, "data.csv");
    QCOMPARE(summary.error().code, ErrorCode::InvalidInput);
    QVERIFY2(summary.error().detail.find(sentence.toStdString()) != std::string::npos,
             summary.error().detail.c_str());
}

void TestTables::refusesTables_data()
{
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<QString>("sentence");
    const QByteArray header = "f_path_trans,word_list\n";
    QTest::newRow("empty") << QByteArray() << "it is empty";
    QTest::newRow("blank") << QByteArray("\n\r\n\n") << "it is empty";
    QTest::newRow("open quote") << header + "cut.png,\"a\nb\n"
                                << "opens in line 2 is never closed";
    QTest::newRow("UTF-16") << QByteArray("\xFF\xFE"
                                          "f\0",
                                          4)
                            << "it is UTF-16";
    QTest::newRow("long header") << QByteArray(2 << 20, 'a') << "longer than a header";
    QTest::newRow("many columns") << QByteArray(2000, ',') << "more than 1000 cells";
    QTest::newRow("many cells") << header + QByteArray(2000, ',') << "line 2 has more than 1000";
    QTest::newRow("picture") << QByteArray("\x89PNG\r\n\x1a\n") << "not UTF-8";
    QTest::newRow("endless cell") << header + "\"" + QByteArray(33 << 20, 'a')
                                  << "larger than 16 MiB";
}

void TestTables::refusesTables()
{
    QFETCH(QByteArray, data);
    QFETCH(QString, sentence);
    write(data, "data.csv");
    const auto summary = read({}, "data.csv");
    QVERIFY(!summary.has_value());
    QCOMPARE(summary.error().code, ErrorCode::FileCorrupt);
    QVERIFY(summary.error().detail.find("data.csv: ") != std::string::npos);
    QVERIFY2(summary.error().detail.find(sentence.toStdString()) != std::string::npos,
             summary.error().detail.c_str());
}

void TestTables::refusesColumns_data()
{
    QTest::addColumn<QByteArray>("columns");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("field") << QByteArray(R"({"picture": "a"})")
                           << "no field \"picture\". Use f_path";
    QTest::newRow("empty") << QByteArray(R"({"f_path": ""})") << "\"f_path\" is empty";
    QTest::newRow("twice") << QByteArray(R"({"f_path": "a", "f_path_trans": "a"})")
                           << "stands for f_path and f_path_trans";
    QTest::newRow("default") << QByteArray(R"({"f_path": "caption"})")
                             << "stands for f_path and caption";
    QTest::newRow("type") << QByteArray(R"({"f_path": 3})") << "one JSON object of texts";
    QTest::newRow("list") << QByteArray("[1]") << "one JSON object of texts";
    QTest::newRow("broken") << QByteArray("{") << "not valid JSON";
}

void TestTables::refusesColumns()
{
    QFETCH(QByteArray, columns);
    QFETCH(QString, sentence);
    write(columns, "columns.json");
    const auto result = readPad1mColumns(m_folder.filePath("columns.json").toStdString());
    QVERIFY(!result.has_value());
    QVERIFY2(result.error().detail.find(sentence.toStdString()) != std::string::npos,
             result.error().detail.c_str());
    write(R"({"f_path": "a", "list_separator": ";"})", "columns.json");
    QCOMPARE(readPad1mColumns(m_folder.filePath("columns.json").toStdString())->at("f_path"), "a");
}

void TestTables::streamsManyRows()
{
    QFile file(m_folder.filePath("data.csv"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("f_path_trans,word_list,note\n");
    const QByteArray row = "cut.png,\"warm, bright\"," + QByteArray(300, 'n') + "\n";
    constexpr int count = 100'000;
    for (int i = 0; i < count; ++i)
        file.write(row);
    file.close();
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

QTEST_GUILESS_MAIN(TestTables)
#include "tst_tables.moc"
