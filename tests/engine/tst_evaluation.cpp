// SPDX-License-Identifier: GPL-3.0-or-later
// Importing other systems' ads, scoring what is there, resuming, and a report nobody can inject
// into.
#include "core/atomic_file.h"
#include "core/failure.h"
#include "core/strict_json.h"

#include <adtailor/evaluation.h>
#include <adtailor/imaging.h>

#include <nlohmann/json.hpp>

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace adtailor;
namespace fs = std::filesystem;

namespace {

Image grey(int width, int height, int channels, std::uint8_t value)
{
    return Image(
        width, height, channels,
        std::vector<std::uint8_t>(static_cast<std::size_t>(width) * height * channels, value));
}

void savePicture(const fs::path& path, int width = 16, int height = 16, std::uint8_t value = 90)
{
    fs::create_directories(path.parent_path());
    valueOrThrow(imaging::savePng(grey(width, height, 3, value), path));
}

void save(const fs::path& path, const std::string& text)
{
    fs::create_directories(path.parent_path());
    writeFileAtomically(path, text);
}

std::string layout(const std::string& titles)
{
    return R"({"pr_title": [)" + titles + "]}";
}

} // namespace

class TestEvaluation : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void readsOurTree();
    void readsTheReferencesBatches();
    void readsTables();
    void refusesWhatDoesNotMatch_data();
    void refusesWhatDoesNotMatch();
    void namesWhatItLeavesOut();
    void scoresWhatIsThere();
    void leavesRecordsWithoutTitlesOut();
    void goesOnWhereItStopped();
    void saysWhatCannotBeScored();
    void reportIsWholeAndSafe();
    void showsThePaperAsUnverified();
    void refusesBadSettings_data();
    void refusesBadSettings();
    void installsMetricsInTheirPlace();

private:
    fs::path path(const char* name) const { return m_folder->filePath(name).toStdString(); }
    std::string failure(const Result<SystemOutputs>& result) const
    {
        return result ? std::string() : result.error().detail;
    }
    std::vector<Pad1mRecord> records(int count) const;
    EvaluationOptions options() const;
    QString read(const char* name) const
    {
        QFile file(m_folder->filePath(name));
        return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestEvaluation::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

std::vector<Pad1mRecord> TestEvaluation::records(int count) const
{
    if (!fs::exists(path("target.png")))
        savePicture(path("target.png"));
    std::vector<Pad1mRecord> made;
    for (int i = 1; i <= count; ++i) {
        Pad1mRecord record;
        record.number = i;
        record.targetImage = path("target.png");
        record.description = "A kettle";
        record.titles = { "boils fast and stays cool" };
        record.sellingPoints = { "boils fast", "cool" };
        made.push_back(std::move(record));
    }
    return made;
}

EvaluationOptions TestEvaluation::options() const
{
    EvaluationOptions options;
    options.folder = path("run");
    options.paperFile = ADTAILOR_RESOURCES "/evaluation/paper.json";
    options.scorers = standardScorers();
    options.placedCutout = [](const Pad1mRecord&) { return grey(16, 16, 4, 255); };
    options.bootstrap.resamples = 200;
    options.systems = { { "mpe", "PSS + MPE", path("a.csv"), {} },
                        { "other", "Another <b>", path("b.csv"), {} } };
    return options;
}

void TestEvaluation::readsOurTree()
{
    const fs::path root = path("out/test/hico_p2i_3");
    save(root / "batch.json", "{}");
    savePicture(root / "0/pr_image/0_0.png");
    savePicture(root / "0/pr_image/0_1.png");
    savePicture(root / "0/fusion_image/2.png");
    save(root / "0_batch/2_layout.json", layout(R"("two", "again")"));
    const auto outputs = readSystemOutputs(path("out"), 3);
    QVERIFY2(outputs.has_value(), failure(outputs).c_str());
    QCOMPARE(outputs->items.size(), 2U);
    QCOMPARE(outputs->items.at(1).drawn.filename().string(), std::string("0_0.png"));
    QVERIFY(!outputs->items.at(1).title);
    QCOMPARE(*outputs->items.at(3).title, std::string("two"));
    QVERIFY(!outputs->items.at(3).composed.empty());
    QVERIFY(outputs->issues.empty());
}

void TestEvaluation::readsTheReferencesBatches()
{
    save(path("run/500_batch/0_17_layout.json"), layout(R"("a", "b")"));
    save(path("run/500_batch/1_99_layout.json"), layout(R"("c")"));
    const auto outputs = readSystemOutputs(path("run"), 3);
    QVERIFY2(outputs.has_value(), failure(outputs).c_str());
    QCOMPARE(*outputs->items.at(2).title, std::string("b"));
    QCOMPARE(*outputs->items.at(3).title, std::string("c"));
}

void TestEvaluation::readsTables()
{
    savePicture(path("pictures/1.png"));
    save(path("ads.csv"), "number;title;image\n2;\"a; b\";pictures/1.png\n1;;\n");
    const auto outputs = readSystemOutputs(path("ads.csv"), 2);
    QVERIFY2(outputs.has_value(), failure(outputs).c_str());
    QCOMPARE(*outputs->items.at(2).title, std::string("a; b"));
    QVERIFY(fs::exists(outputs->items.at(2).composed));
    QCOMPARE(*outputs->items.at(1).title, std::string());
}

void TestEvaluation::refusesWhatDoesNotMatch_data()
{
    QTest::addColumn<QStringList>("files"); // name and text, in turns
    QTest::addColumn<QString>("place");
    QTest::addColumn<QString>("words");
    QTest::newRow("nowhere") << QStringList{} << "nowhere"
                             << "There is no folder or CSV file";
    QTest::newRow("no tree") << QStringList{ "x/readme.txt", "" } << "x"
                             << "is no output tree";
    QTest::newRow("names") << QStringList{ "x/0/pr_image/cat.png", "" } << "x"
                           << "No name in";
    QTest::newRow("too far") << QStringList{ "x/0/pr_image/9.png", "" } << "x"
                             << "0 to 2";
    QTest::newRow("two steps") << QStringList{ "x/0/pr_image/0.png", "", "x/5/pr_image/0.png", "" }
                               << "x"
                               << "several steps";
    QTest::newRow("two runs of a batch")
        << QStringList{ "x/0_batch/0_1_layout.json", R"({"pr_title": ["a"]})",
                        "x/0_batch/0_2_layout.json", R"({"pr_title": ["a"]})" }
        << "x"
        << "twice";
    QTest::newRow("layout") << QStringList{ "x/0_batch/0_layout.json", "{}" } << "x"
                            << "pr_title";
    QTest::newRow("no number") << QStringList{ "a.csv", "title\nx\n" } << "a.csv"
                               << "the column number";
    QTest::newRow("no content") << QStringList{ "a.csv", "number,x\n1,2\n" } << "a.csv"
                                << "one of title";
    QTest::newRow("empty table") << QStringList{ "a.csv", "number,title\n" } << "a.csv"
                                 << "no row";
    QTest::newRow("unclosed") << QStringList{ "a.csv", "number,title\n1,\"x\n" } << "a.csv"
                              << "never closed";
    QTest::newRow("no CSV") << QStringList{ "a.csv", "" } << "a.csv"
                            << "it is empty";
}

void TestEvaluation::refusesWhatDoesNotMatch()
{
    QFETCH(QStringList, files);
    QFETCH(QString, place);
    QFETCH(QString, words);
    for (int i = 0; i < files.size(); i += 2)
        save(path(qPrintable(files[i])), files[i + 1].toStdString());
    const auto outputs = readSystemOutputs(path(qPrintable(place)), 3);
    const auto sentence = QString::fromStdString(failure(outputs));
    QVERIFY2(sentence.contains(words), qPrintable(sentence));
    QVERIFY(sentence.endsWith('.') && sentence.size() < 600 && !sentence.contains('\n'));
}

void TestEvaluation::namesWhatItLeavesOut()
{
    save(path("x/a.csv"),
         "number,title,image\n1,a,../../secret.png\n1,b,\n7,c,\nx,d,\n2,\"" + std::string(3000, 'x')
             + "\",\n3,\xff,\n");
    const auto outputs = readSystemOutputs(path("x/a.csv"), 3);
    QVERIFY(outputs.has_value());
    QCOMPARE(outputs->items.size(), 2U);
    QVERIFY(outputs->items.at(1).composed.empty());
    QVERIFY(!outputs->items.at(2).title);
    QCOMPARE(outputs->issues.size(), 6U);
}

void TestEvaluation::scoresWhatIsThere()
{
    save(path("a.csv"), "number,title\n1,boils fast and stays cool\n2,boils fast\n4,a red pan\n");
    save(path("b.csv"), "number,title\n1,a red pan\n2,boils fast and stays cool\n3,cool\n");
    const auto summary = evaluate(records(4), options());
    QVERIFY2(summary.has_value(), summary ? "" : summary.error().detail.c_str());
    const SystemResult& mpe = summary->systems[0];
    QCOMPARE(mpe.expected, 4);
    QCOMPARE(mpe.scored, 3);
    QVERIFY2(mpe.issues.front().find("1 of 4 records") != std::string::npos,
             mpe.issues.front().c_str());
    const MeanEstimate& bleu = mpe.means.at("bleu");
    QCOMPARE(bleu.count, 3);
    QVERIFY(std::abs(bleu.mean - 1.0 / 3) < 1e-12);
    QVERIFY(bleu.interval->low < bleu.mean && bleu.mean < bleu.interval->high);
    QCOMPARE(mpe.means.at("coverage").mean, 0.5);
    QVERIFY(!mpe.means.contains("ssim"));
    for (const Comparison& comparison : summary->comparisons) {
        QCOMPARE(comparison.system, std::string("other"));
        QCOMPARE(comparison.difference.count, 2);
        if (comparison.metric == "bleu")
            QCOMPARE(comparison.difference.mean, 0.0);
    }
    QVERIFY(!summary->comparisons.empty());
}

void TestEvaluation::leavesRecordsWithoutTitlesOut()
{
    save(path("a.csv"), "number,title\n1,boils fast\n2,boils fast\n");
    save(path("b.csv"), "number,title\n1,cool\n2,cool\n");
    auto given = records(2);
    given[1].titles.clear();
    const auto summary = evaluate(given, options());
    QVERIFY(summary.has_value());
    const auto& means = summary->systems[0].means;
    QCOMPARE(means.at("rouge").count, 1);
    QCOMPARE(means.at("coverage").count, 2);
    QVERIFY(!means.at("rouge").interval);
}

void TestEvaluation::goesOnWhereItStopped()
{
    save(path("a.csv"), "number,title\n1,x\n2,y\n");
    save(path("b.csv"), "number,title\n1,x\n2,z\n");
    int calls = 0;
    EvaluationOptions settings = options();
    settings.scorers = { { { { "pbs", "PBS", "personal", "", true, {} } },
                           [&calls](const AdToScore&) {
                               ++calls;
                               return std::vector<std::optional<double>>{ 0.5 };
                           },
                           "first" } };
    QVERIFY(evaluate(records(2), settings).has_value());
    QCOMPARE(calls, 4);
    QVERIFY(evaluate(records(2), settings).has_value());
    QCOMPARE(calls, 4);
    save(path("a.csv"), "number,title\n1,x\n2,changed\n");
    save(path("run/rows/other/1.json"), "{");
    QVERIFY(evaluate(records(2), settings).has_value());
    QCOMPARE(calls, 6); // a changed ad, and a damaged row
    settings.scorers[0].identity = "second";
    QVERIFY(evaluate(records(2), settings).has_value());
    QCOMPARE(calls, 10);
    savePicture(path("target.png"), 32, 32, 10);
    QVERIFY(evaluate(records(2), settings).has_value());
    QCOMPARE(calls, 14);
    settings.scoreAgain = true;
    QVERIFY(evaluate(records(2), settings).has_value());
    QCOMPARE(calls, 18);
}

void TestEvaluation::saysWhatCannotBeScored()
{
    savePicture(path("wide.png"), 20, 10);
    savePicture(path("good.png"), 40, 40);
    save(path("broken.png"), "not a picture");
    save(path("a.csv"), "number,image\n1,wide.png\n2,broken.png\n3,good.png\n4,none.png\n");
    EvaluationOptions settings = options();
    settings.systems.resize(1);
    settings.scorers.push_back({ { { "nan", "Odd", "titles", "", true, {} } },
                                 [](const AdToScore& ad) {
                                     if (ad.record->number == 3)
                                         return std::vector<std::optional<double>>{ std::nan("") };
                                     throw Failure(ErrorCode::InvalidInput, "Too odd.");
                                 },
                                 {} });
    const auto summary = evaluate(records(4), settings);
    QVERIFY2(summary.has_value(), summary ? "" : summary.error().detail.c_str());
    const auto& issues = summary->systems[0].issues;
    QCOMPARE(issues.size(), 4U);
    QVERIFY2(issues[0].find("20 x 10") != std::string::npos, issues[0].c_str());
    QVERIFY2(issues[2].find("Odd is not a number") != std::string::npos, issues[2].c_str());
    QVERIFY(!summary->systems[0].means.contains("nan"));
    QCOMPARE(summary->systems[0].means.at("ssim").count, 1);
    QVERIFY(summary->systems[0].means.at("ssim").interval == std::nullopt);
}

void TestEvaluation::reportIsWholeAndSafe()
{
    save(path("a.csv"), "number,title\n1,<script>alert(1)</script>\n2,\"=cmd|'x'\"\n");
    save(path("b.csv"), "number,title\n1,\"a \"\"quoted\"\" & title\"\n2,b\n");
    EvaluationOptions settings = options();
    settings.about = "<img src=x>";
    QVERIFY(evaluate(records(2), settings).has_value());
    const QString page = read("run/report.html");
    for (const char* foreign : { "<script", "<img src=x", "http:", "https:", "Another <b>" })
        QVERIFY2(!page.contains(foreign), foreign);
    QVERIFY(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    QVERIFY(page.contains("a &quot;quoted&quot; &amp; title"));
    QVERIFY(page.contains("not installed"));
    QVERIFY(page.contains("data:image/png;base64,iVBORw0KGgo"));
    QVERIFY(page.contains("<svg") && page.contains("Paired differences"));
    const auto data = readJsonFile(path("run/report.json"), 1U << 22U);
    QCOMPARE(data["systems"].size(), 2U);
    QCOMPARE(data["systems"][0]["means"]["bleu"]["n"].get<int>(), 2);
    const QString items = read("run/items.csv");
    QVERIFY(items.startsWith("system,number,user,seed,title,problem"));
    QVERIFY(items.contains("\"'=cmd|'x'\""));
    QVERIFY(read("run/means.csv").contains("\"mpe\",pbs,0,,,,,\"not installed\""));
    QVERIFY(read("run/differences.csv").contains("\"other\",\"mpe\",bleu,2,"));
}

void TestEvaluation::showsThePaperAsUnverified()
{
    save(path("a.csv"), "number,title\n1,a\n");
    save(path("b.csv"), "number,title\n1,a\n");
    QVERIFY(evaluate(records(1), options()).has_value());
    const QString page = read("run/report.html");
    QVERIFY(page.contains("0.634<span>unverified</span>")); // PBS of the full model
    QVERIFY(page.contains("n/a"));
    QVERIFY(page.contains("Flux-Kontext"));
    EvaluationOptions settings = options();
    settings.systems[0].name = settings.systems[0].label = "Qwen2.5-VL-ReliableAd"; // imported
    QVERIFY(evaluate(records(1), settings).has_value());
    QVERIFY(read("run/report.html").contains("paper: Qwen2.5-VL + ReliableAd"));
    const auto paper = readJsonFile(ADTAILOR_RESOURCES "/evaluation/paper.json", 1U << 20U);
    for (const auto& table : paper["tables"])
        for (const auto& row : table["rows"])
            for (const auto& value : row["values"])
                QVERIFY(value.is_null() || !value["verified"].get<bool>());
}

void TestEvaluation::refusesBadSettings_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<QString>("words");
    QTest::newRow("name") << "name"
                          << "letters, digits";
    QTest::newRow("dots") << "dots"
                          << "not begin with a dot";
    QTest::newRow("twice") << "twice"
                           << "Two systems are called mpe";
    QTest::newRow("none") << "none"
                          << "at least one system";
    QTest::newRow("no record") << "no record"
                               << "no usable record";
    QTest::newRow("paper") << "paper"
                           << "published values";
}

void TestEvaluation::refusesBadSettings()
{
    QFETCH(QString, what);
    QFETCH(QString, words);
    save(path("a.csv"), "number,title\n1,a\n");
    save(path("b.csv"), "number,title\n1,a\n");
    EvaluationOptions settings = options();
    if (what == "name")
        settings.systems[0].name = "../x";
    if (what == "dots")
        settings.systems[0].name = "..";
    if (what == "twice")
        settings.systems[1].name = "mpe";
    if (what == "none")
        settings.systems.clear();
    if (what == "paper") {
        save(path("paper.json"), R"({"note": "", "tables": [{"group": 1}]})");
        settings.paperFile = path("paper.json");
    }
    const auto summary = evaluate(records(what == "no record" ? 0 : 1), settings);
    QVERIFY(!summary);
    QVERIFY2(QString::fromStdString(summary.error().detail).contains(words),
             summary.error().detail.c_str());
    QVERIFY(!fs::exists(path("run/report.html")));
}

void TestEvaluation::installsMetricsInTheirPlace()
{
    auto scorers = standardScorers();
    const std::size_t before = scorers.size();
    installScorer(scorers, { { { "dino", "DINO", "pictures", "", true, {} } }, nullptr, "x" });
    QCOMPARE(scorers.size(), before);
    const auto hasDino = [](const Scorer& scorer) { return scorer.metrics[0].key == "dino"; };
    QCOMPARE(std::count_if(scorers.begin(), scorers.end(), hasDino), 1);
    QCOMPARE(scorers[scorers.size() - 2].identity, std::string("x"));
    installScorer(scorers, { { { "new", "New", "pictures", "", true, {} } }, nullptr, {} });
    QCOMPARE(scorers.back().metrics[0].key, std::string("new"));
}

QTEST_GUILESS_MAIN(TestEvaluation)
#include "tst_evaluation.moc"
