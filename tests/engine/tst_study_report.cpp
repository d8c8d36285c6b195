// SPDX-License-Identifier: GPL-3.0-or-later
// Reports: the right winner with intervals, reasons instead of undefined numbers, flagged raters,
// slices, files that nobody can inject into, and preferences that training reads.
#include "core/atomic_file.h"
#include "core/input_file.h"
#include "core/strict_json.h"
#include "study_example.h"

#include <adtailor/pad1m.h>
#include <adtailor/study_report.h>

#include <nlohmann/json.hpp>

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <functional>

using namespace adtailor;
namespace fs = std::filesystem;

namespace {

using Chooser = std::function<StudyAnswer(const StudyTrial&)>;

// The source with the smaller number wins; broken ads never do.
StudyAnswer earliest(const StudyTrial& trial)
{
    const auto rank = [](int source) { return source == brokenAd ? 100 : source; };
    const auto best = std::ranges::min_element(trial.sources, {}, rank);
    const auto worst = std::ranges::max_element(trial.sources, {}, rank);
    StudyAnswer answer;
    if (trial.sources.size() == 2) {
        answer.choice = best == trial.sources.begin() ? PairChoice::Left : PairChoice::Right;
    } else if (trial.sources.size() == 4) {
        answer.best = static_cast<int>(best - trial.sources.begin());
        answer.worst = static_cast<int>(worst - trial.sources.begin());
    } else {
        const int score = trial.sources[0] == brokenAd ? 1 : 5 - trial.sources[0];
        answer.criteria.assign(studyCriteria, { score, score > 3 });
    }
    return answer;
}

StudyAnswer alwaysLeft(const StudyTrial&)
{
    return plainAnswer(StudyQuestion::Pairwise);
}

void rateWith(const StudyFolder& study, const std::string& name, const Chooser& choose,
              std::int64_t milliseconds = 4000)
{
    StudySession session = valueOrThrow(study.rate(valueOrThrow(study.addRater(name)).id));
    while (session.current() != nullptr)
        valueOrThrow(session.cast(choose(*session.current()), { .milliseconds = milliseconds }));
}

} // namespace

class TestStudyReport : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void findsTheWinner();
    void explainsOneSidedVotes();
    void explainsTiesAndSingleRaters();
    void flagsRaters();
    void slicesItems();
    void ratesCriteria();
    void ranksFours();
    void writesFiles();
    void keepsOutBrokenLogs();
    void exportsPreferences();
    void needsVotes();

private:
    fs::path path(const char* name) const
    {
        return fs::path(m_folder->path().toStdString()) / name;
    }
    StudyFolder make(int items, int sources, StudyQuestion question = StudyQuestion::Pairwise)
    {
        return valueOrThrow(StudyFolder::create(
            path("study"), examplePlan(path("pictures"), items, sources, question)));
    }
    // The smaller source wins three items of four.
    static StudyAnswer mostly(const StudyTrial& trial, int shift)
    {
        StudyAnswer answer = earliest(trial);
        if ((trial.item + shift) % 4 == 0 && trial.kind != TrialKind::Catch)
            answer.choice
                = answer.choice == PairChoice::Left ? PairChoice::Right : PairChoice::Left;
        return answer;
    }
    void rateMostly(const StudyFolder& study, int raters)
    {
        for (int r = 0; r < raters; ++r)
            rateWith(study, "Rater " + std::to_string(r),
                     [r](const StudyTrial& trial) { return mostly(trial, r); });
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestStudyReport::findsTheWinner()
{
    const StudyFolder study = make(8, 3);
    rateMostly(study, 6);
    const StudyReport report = valueOrThrow(studyReport(study));
    QCOMPARE(report.votes, std::int64_t{ 6 * 24 });
    QCOMPARE(report.items, std::int64_t{ 8 });
    const auto& ranks = report.ranking.sources;
    QCOMPARE(ranks.size(), 3U);
    QCOMPARE(ranks[0].source, 0);
    QCOMPARE(ranks[2].source, 2);
    QCOMPARE(*ranks[0].winRate.value, 0.75);
    QCOMPARE(ranks[0].wins, std::int64_t{ 72 });
    QVERIFY(ranks[0].rating.interval && ranks[0].bootstrap && ranks[0].winRate.interval);
    QVERIFY(ranks[0].rating.interval->low < *ranks[0].rating.value);
    double sum = 0;
    for (const SourceRank& rank : ranks)
        sum += *rank.rating.value;
    QVERIFY(std::abs(sum - 3000) < 1e-6);
    QCOMPARE(report.ranking.pairs.size(), 6U);
    for (const SourcePair& pair : report.ranking.pairs) {
        QVERIFY(pair.probability.value && pair.probability.interval);
        QCOMPARE(*pair.probability.value > 0.5, pair.row < pair.column);
    }
    // Seats are counterbalanced, so a rater who looks at ads alone shows no side bias.
    QVERIFY(report.sideBias.p && *report.sideBias.p > 0.05);
    QCOMPARE(*report.repeatConsistency.value, 1.0);
    QVERIFY(report.flagged == 0 && !report.rankingWithoutFlagged);
    for (const RaterResult& rater : report.raters)
        QVERIFY(rater.catches == 3 && rater.catchesPassed == 3 && *rater.medianSeconds == 4);
    QCOMPARE(report.agreement.size(), 3U);
    QVERIFY(report.agreement[0].value.value && report.agreement[0].value.interval);
    QVERIFY(!report.agreement[2].value.value); // Cohen, six raters
    QVERIFY(report.agreement[2].words.find("two raters") != std::string::npos);
}

void TestStudyReport::explainsOneSidedVotes()
{
    const StudyFolder study = make(10, 2);
    rateWith(study, "Ann", earliest);
    rateWith(study, "Bo", earliest);
    const StudyReport report = valueOrThrow(studyReport(study));
    const SourceRank& best = report.ranking.sources[0];
    QCOMPARE(*best.winRate.value, 1.0);
    QVERIFY(best.winRate.interval && best.winRate.interval->low > 0.8
            && best.winRate.interval->low < 1); // Wilson
    QVERIFY(std::isfinite(*best.rating.value) && !best.rating.interval
            && !best.rating.note.empty());
    QVERIFY(report.ranking.pairs[0].distinguishable);
    QVERIFY(report.ranking.notes.at(0).starts_with("System A has won"));
    for (const StudyAgreement& one : report.agreement) { // everybody says the same: not 1.0
        QVERIFY(!one.value.value);
        QCOMPARE(one.band, AgreementBand::Undefined);
        QVERIFY(one.words.find("no variation") != std::string::npos);
    }
}

void TestStudyReport::explainsTiesAndSingleRaters()
{
    const StudyFolder study = make(6, 2);
    rateWith(study, "Ann", [](const StudyTrial&) {
        StudyAnswer answer;
        answer.choice = PairChoice::Tie;
        return answer;
    });
    const StudyReport report = valueOrThrow(studyReport(study));
    QCOMPARE(*report.ranking.sources[0].rating.value, 1000.0);
    QVERIFY(!report.ranking.pairs[0].distinguishable && !report.ranking.sources[0].rating.interval);
    QVERIFY(!report.sideBias.p && !report.sideBias.leftShare.value);
    for (const StudyAgreement& one : report.agreement)
        QVERIFY(!one.value.value && !one.words.empty());
    QCOMPARE(report.ranking.sources[0].ties, std::int64_t{ 6 });
}

void TestStudyReport::flagsRaters()
{
    const StudyFolder study = make(24, 2);
    rateMostly(study, 5);
    rateWith(study, "Hasty", alwaysLeft, 300);
    const StudyReport report = valueOrThrow(studyReport(study));
    QCOMPARE(report.flagged, 1);
    const auto& hasty = *std::ranges::find_if(
        report.raters, [](const RaterResult& one) { return one.rater.name == "Hasty"; });
    QVERIFY(hasty.flags.size() >= 2); // one side, too fast; perhaps catches and repeats
    QVERIFY(report.rankingWithoutFlagged);
    QCOMPARE(report.rankingWithoutFlagged->votes, std::int64_t{ 5 * 24 });
    QCOMPARE(report.ranking.votes, std::int64_t{ 6 * 24 });
    QCOMPARE(*report.rankingWithoutFlagged->sources[0].winRate.value, 0.75);
    const StudyReport without = valueOrThrow(studyReport(study, { .leaveOutFlagged = true }));
    QCOMPARE(without.votes, std::int64_t{ 5 * 24 });
    QCOMPARE(without.raters.size(), 6U); // still shown
}

void TestStudyReport::slicesItems()
{
    const StudyFolder study = make(12, 2);
    rateMostly(study, 5);
    const StudyReport report = valueOrThrow(studyReport(study));
    QCOMPARE(report.slices.size(), 4U); // two categories, two people, one language
    std::int64_t votes = 0;
    for (const StudySlice& slice : report.slices)
        votes += slice.by == "category" ? slice.ranking.votes : 0;
    QCOMPARE(votes, report.votes);
    const StudyReport ann = valueOrThrow(studyReport(study, { .person = "Ann" }));
    QCOMPARE(ann.votes, std::int64_t{ 30 });
    QVERIFY(!studyReport(study, { .person = "Nobody" }));
}

void TestStudyReport::ratesCriteria()
{
    const StudyFolder study = make(6, 2, StudyQuestion::Rating);
    for (int r = 0; r < 5; ++r)
        rateWith(study, "Rater " + std::to_string(r), [r](const StudyTrial& trial) {
            StudyAnswer answer = earliest(trial);
            if ((trial.item + r) % 3 == 0)
                answer.criteria[1] = { 2, false };
            return answer;
        });
    const StudyReport report = valueOrThrow(studyReport(study));
    QVERIFY(report.ranking.sources.empty());
    QCOMPARE(report.criteria.size(), 8U);
    const CriterionResult& layout = report.criteria[1];
    QCOMPARE(*layout.mean.value, 4.0); // 5 in two of three, else 2
    QVERIFY(layout.mean.interval && layout.mean.interval->low < 4);
    QVERIFY(std::abs(*layout.acceptable.value - 2.0 / 3) < 1e-12);
    QCOMPARE(*report.criteria[0].mean.value, 5.0);
    QVERIFY(!report.criteria[0].mean.interval && !report.criteria[0].mean.note.empty());
    QVERIFY(std::abs(*report.acceptable[0].image.value - 2.0 / 3) < 1e-12);
    QCOMPARE(*report.acceptable[0].text.value, 1.0);
    QVERIFY(report.acceptable[0].text.interval->low < 1);
    QCOMPARE(report.agreement.size(), 16U);
}

void TestStudyReport::ranksFours()
{
    const StudyFolder study = make(8, 5, StudyQuestion::BestWorst);
    for (int r = 0; r < 5; ++r)
        rateWith(study, "Rater " + std::to_string(r), earliest);
    const StudyReport report = valueOrThrow(studyReport(study));
    QCOMPARE(report.votes, std::int64_t{ 5 * 8 * 5 });
    for (int i = 0; i < 5; ++i)
        QCOMPARE(report.ranking.sources[static_cast<std::size_t>(i)].source, i);
    QCOMPARE(report.ranking.sources[0].losses, std::int64_t{ 0 });
    QCOMPARE(report.raters[0].catchesPassed, report.raters[0].catches);
}

void TestStudyReport::writesFiles()
{
    StudyPlan plan = examplePlan(path("pictures"), 6, 2);
    plan.name = "<script>alert(1)</script>";
    plan.sources[0] = "=cmd|'/c calc'!A1";
    plan.items[2].product = "a \"quoted\", \n thing";
    const StudyFolder study = valueOrThrow(StudyFolder::create(path("study"), plan));
    rateMostly(study, 5);
    rateWith(study, "<img src=x onerror=alert(2)>", earliest);
    valueOrThrow(writeStudyReport(study, path("report")));
    const std::string html = readTextFile(path("report") / "report.html", 1U << 22U);
    QVERIFY(html.find("<script") == std::string::npos && html.find("<img") == std::string::npos);
    QVERIFY(html.find("http") == std::string::npos && html.find("nan") == std::string::npos);
    QVERIFY(html.find("<svg") != std::string::npos);
    const auto report = readJsonFile(path("report") / "report.json", 1U << 22U);
    QCOMPARE(report["votes"].get<int>(), 36);
    const std::string csv = readTextFile(path("report") / "votes.csv", 1U << 22U);
    QVERIFY(csv.find(",=cmd") == std::string::npos && csv.find("'=cmd") != std::string::npos);
    const std::string lines = readTextFile(path("report") / "votes.jsonl", 1U << 22U);
    std::size_t votes = 0;
    const auto raters = valueOrThrow(study.raters());
    for (const StudyRater& rater : raters)
        votes += study.votes(rater.id)->size();
    QCOMPARE(static_cast<std::size_t>(std::ranges::count(lines, '\n')), votes);
    const std::string arena = readTextFile(path("report") / "arena.csv", 1U << 22U);
    QVERIFY(arena.starts_with("question_id,model_a,model_b,winner,judge,tstamp\r\n"));
    QCOMPARE(std::ranges::count(arena, '\n'), 37);
}

void TestStudyReport::keepsOutBrokenLogs()
{
    const StudyFolder study = make(6, 2);
    rateMostly(study, 2);
    const auto broken = study.raters()->front();
    const fs::path file = study.folder() / "votes" / (broken.id + ".jsonl");
    std::string log = readTextFile(file, 1U << 20U);
    log[log.size() / 2] ^= 1;
    writeFileAtomically(file, log);
    const StudyReport report = valueOrThrow(studyReport(study));
    QCOMPARE(report.votes, std::int64_t{ 6 });
    QCOMPARE(report.notes.size(), 1U);
}

void TestStudyReport::exportsPreferences()
{
    StudyPlan plan = examplePlan(path("pictures"), 6, 2);
    for (StudyItem& item : plan.items)
        item.cutout = item.ads[1].picture;
    plan.items[0].history
        = { { plan.items[1].ads[0].picture, "clicked" }, { path("deleted.png"), "gone" } };
    const StudyFolder study = valueOrThrow(StudyFolder::create(path("study"), plan));
    rateMostly(study, 4);
    rateWith(study, "Ann", earliest);
    QCOMPARE(*exportPreferences(study, path("preferences")), std::int64_t{ 6 });
    QVERIFY(!exportPreferences(study, path("preferences")));
    // Our own reader takes the chosen ads as training records.
    std::vector<Pad1mRecord> records;
    const auto summary = valueOrThrow(readPad1m(path("preferences") / "preferences.jsonl",
                                                { .needTarget = true }, [&](Pad1mRecord&& record) {
                                                    records.push_back(std::move(record));
                                                    return true;
                                                }));
    QVERIFY2(records.size() == 6,
             summary.issues.empty() ? "" : summary.issues.front().reason.c_str());
    QCOMPARE(records[0].titles.front(), std::string("Title 0"));
    QCOMPARE(records[0].historyTitles, std::vector<std::string>{ "clicked" });
    QCOMPARE(records[0].sellingPoints.size(), 2U);
    QVERIFY(*imaging::load(records[0].targetImage) == plainPicture(0, 0));
    const std::string text = readTextFile(path("preferences") / "preferences.jsonl", 1U << 20U);
    const auto line = nlohmann::json::parse(text.substr(0, text.find('\n')));
    QCOMPARE(line["rejected_title"].get<std::string>(), std::string("Title 1"));
    QVERIFY(fs::exists(path("preferences") / line["rejected_f_path"].get<std::string>()));
    QCOMPARE(line["chosen"].get<std::string>(), std::string("Title 0"));
    QCOMPARE(line["votes"].get<double>(), 5.0);
}

void TestStudyReport::needsVotes()
{
    const StudyFolder study = make(3, 2);
    QVERIFY(!studyReport(study));
    valueOrThrow(study.addRater("Ann"));
    QVERIFY(!writeStudyReport(study, path("report")));
    QVERIFY(!fs::exists(path("report")));
    QVERIFY(!exportPreferences(study, path("preferences")));
    QVERIFY(!fs::exists(path("preferences")));
}

QTEST_GUILESS_MAIN(TestStudyReport)
#include "tst_study_report.moc"
