// SPDX-License-Identifier: GPL-3.0-or-later
// Tokens, BLEU and ROUGE-L equal jieba, nltk, rouge and rouge-score; hostile text does no harm.
#include "core/atomic_file.h"
#include "core/strict_json.h"

#include <adtailor/text_metrics.h>

#include <nlohmann/json.hpp>

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace adtailor;

class TestTextMetrics : public QObject
{
    Q_OBJECT

private slots:
    void scoresKnownPairs_data();
    void scoresKnownPairs();
    void equalsThePythonPackages();
    void cutsAsJieba_data();
    void cutsAsJieba();
    void takesTheBestReference();
    void countsDistinctNgrams();
    void findsSellingPoints();
    void survivesAnything();
    void refusesBadLines_data();
    void refusesBadLines();
};

void TestTextMetrics::scoresKnownPairs_data()
{
    QTest::addColumn<QStringList>("references");
    QTest::addColumn<QString>("candidate");
    QTest::addColumn<double>("expectedBleu");
    QTest::addColumn<double>("expectedRouge");
    QTest::newRow("mixed") << QStringList{ "并行电流模式控制的ZVZCS PWM DC/DC全桥变换器" }
                           << "基于并行电流模式的DC/DC变换器数字控制" << 37.151554 << 66.666666;
    QTest::newRow("equal") << QStringList{ "我是一名学生" } << "我是一名学生" << 100.0 << 100.0;
    QTest::newRow("short") << QStringList{ "红茶" } << "红茶" << 0.0 << 100.0;
    QTest::newRow("two references") << QStringList{ "持久香氛保湿沐浴露 550ml", "保湿沐浴露" }
                                    << "香氛保湿沐浴露 550ml" << 80.07374 << 88.888888;
    QTest::newRow("English") << QStringList{ "Swiss mechanical watch steel band" }
                             << "steel band Swiss watch" << 0.0 << 44.444444;
    QTest::newRow("full stop in a number")
        << QStringList{ "1.5L 大容量 电热水壶" } << "大容量电热水壶1.5L" << 38.523295 << 100.0;
    QTest::newRow("empty") << QStringList{ "abc" } << "" << 0.0 << 0.0;
    QTest::newRow("no reference") << QStringList{} << "abc" << 0.0 << 0.0;
}

void TestTextMetrics::scoresKnownPairs()
{
    QFETCH(QStringList, references);
    QFETCH(QString, candidate);
    QFETCH(double, expectedBleu);
    QFETCH(double, expectedRouge);
    std::vector<std::string> known;
    for (const QString& reference : references)
        known.push_back(reference.toStdString());
    const double score = bleu(candidate.toStdString(), known);
    const double recall = rougeL(candidate.toStdString(), known);
    QVERIFY2(std::abs(score - expectedBleu) < 1e-6, qPrintable(QString::number(score, 'f', 6)));
    QVERIFY2(std::abs(recall - expectedRouge) < 1e-6, qPrintable(QString::number(recall, 'f', 6)));
}

void TestTextMetrics::equalsThePythonPackages()
{
    const auto rows = readJsonFile(ADTAILOR_FIXTURES "/text_metrics.json", 1U << 20U);
    QVERIFY(rows.size() >= 100);
    for (const auto& row : rows) {
        const auto candidate = row["candidate"].get<std::string>();
        const auto references = row["references"].get<std::vector<std::string>>();
        QCOMPARE(titleTokens(candidate), row["tokens"].get<std::vector<std::string>>());
        const std::pair<const char*, double> scores[] = {
            { "bleu", bleu(candidate, references) },
            { "smoothed_bleu",
              bleu(candidate, references, { .smoothing = BleuSmoothing::AddOne }) },
            { "bleu_1", bleu(candidate, references, { .order = 1 }) },
            { "rouge_l", rougeL(candidate, references) },
            { "plain_rouge_l", plainRougeL(candidate, references) },
        };
        for (const auto& [name, score] : scores)
            QVERIFY2(std::abs(score - row[name].get<double>()) < 1.5e-6,
                     qPrintable(QString("%1 of %2: %3").arg(name, candidate.c_str()).arg(score)));
    }
}

void TestTextMetrics::cutsAsJieba_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("tokens");
    QTest::newRow("shirt") << "XT恤衫"
                           << "x/t/恤/衫";
    QTest::newRow("whole word") << "XAT&TY c++"
                                << "x/at&t/y/ /c++";
    QTest::newRow("number") << "No.1 1.5L 3.5%!"
                            << "no.1/ /1.5/l/ /3.5%/!";
    QTest::newRow("line break") << "a\r\nb"
                                << "a/\r\n/b";
}

void TestTextMetrics::cutsAsJieba()
{
    QFETCH(QString, text);
    QFETCH(QString, tokens);
    QStringList cut;
    for (const std::string& token : titleTokens(text.toStdString()))
        cut << QString::fromStdString(token);
    QCOMPARE(cut.join('/'), tokens);
}

void TestTextMetrics::takesTheBestReference()
{
    const std::string title = "soft oak chair with arms";
    const std::vector<std::string> one{ "a red kettle" }, two{ "a red kettle", title };
    QCOMPARE(rougeL(title, one), 0.0);
    QCOMPARE(rougeL(title, two), 100.0);
    QCOMPARE(bleu(title, two), 100.0);
    QVERIFY(plainRougeL("arms with chair oak soft", two) < 50);
}

void TestTextMetrics::countsDistinctNgrams()
{
    QCOMPARE(distinctShare({ "a b a b" }, 1).value(), 50.0);
    QCOMPARE(distinctShare({ "a b", "a b" }, 2).value(), 50.0);
    QCOMPARE(distinctShare({ "红茶", "绿茶" }, 1).value(), 75.0);
    QVERIFY(!distinctShare({ "a" }, 2).has_value());
    QVERIFY(!distinctShare({}, 1).has_value());
}

void TestTextMetrics::findsSellingPoints()
{
    QCOMPARE(pointCoverage("Soft OAK  chair!", { "oak chair", "steel" }).value(), 50.0);
    QCOMPARE(pointCoverage("多汁香肠，热狗", { "热狗", "多汁香肠" }).value(), 100.0);
    QCOMPARE(pointCoverage("", { "oak" }).value(), 0.0);
    QVERIFY(!pointCoverage("oak", {}).has_value());
}

void TestTextMetrics::survivesAnything()
{
    std::string bytes;
    quint32 random = 1;
    for (int i = 0; i < 2000; ++i) {
        random = random * 1664525 + 1013904223;
        bytes += static_cast<char>(random >> 24);
    }
    QElapsedTimer timer;
    timer.start();
    for (const std::string& text : { bytes, std::string(2000, '.'), std::string(2000, ' '),
                                     std::string(2000, 'a'), std::string(1, '\0') }) {
        for (const double score : { bleu(text, { bytes, "" }), rougeL(text, { bytes, "" }),
                                    plainRougeL(text, { bytes, "" }) })
            QVERIFY(score >= 0 && score <= 100);
    }
    QVERIFY(timer.elapsed() < 5000);
}

void TestTextMetrics::refusesBadLines_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("words");
    QTest::newRow("not JSON") << "{"
                              << "line 1";
    QTest::newRow("no reference") << R"({"candidate": "a"})"
                                  << "references";
    QTest::newRow("number") << R"({"candidate": 1, "references": []})"
                            << "not a text";
    QTest::newRow("long")
        << QString(R"({"candidate": "%1", "references": []})").arg(QString(3000, 'a'))
        << "2000 bytes";
}

void TestTextMetrics::refusesBadLines()
{
    QFETCH(QString, line);
    QFETCH(QString, words);
    const QTemporaryDir folder;
    const std::filesystem::path file = folder.filePath("titles.jsonl").toStdString();
    writeFileAtomically(file, line.toStdString() + "\n");
    const auto scored = scoreTitles(file);
    QVERIFY(!scored);
    QVERIFY2(QString::fromStdString(scored.error().detail).contains(words),
             scored.error().detail.c_str());
    QVERIFY(!scoreTitles(file.parent_path() / "nowhere"));
}

QTEST_GUILESS_MAIN(TestTextMetrics)
#include "tst_text_metrics.moc"
