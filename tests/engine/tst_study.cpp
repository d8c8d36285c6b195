// SPDX-License-Identifier: GPL-3.0-or-later
// A study: who is shown what, votes that stay, logs that cannot be edited, and bad input.
#include "core/atomic_file.h"
#include "core/input_file.h"
#include "study_example.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <fstream>
#include <map>
#include <set>

using namespace adtailor;
namespace fs = std::filesystem;

namespace {

StudyLook quickLook()
{
    return { .milliseconds = 1500, .shownAt = 1'700'000'000'000, .zoomed = true };
}

fs::path logFile(const StudyFolder& study, const std::string& rater)
{
    return study.folder() / "votes" / (rater + ".jsonl");
}

// The sentence of a Result that must have failed.
template<typename T> QString failureOf(const Result<T>& result)
{
    return result ? QStringLiteral("(no error)") : QString::fromStdString(result.error().detail);
}

std::vector<std::string> linesOf(const fs::path& file)
{
    std::vector<std::string> lines;
    std::ifstream stream(file);
    for (std::string line; std::getline(stream, line);)
        lines.push_back(line);
    return lines;
}

std::string joinedLines(const std::vector<std::string>& lines)
{
    std::string text;
    for (const std::string& line : lines)
        text += line + '\n';
    return text;
}

} // namespace

class TestStudy : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void balancesSeats();
    void balancesSeatsOfShares();
    void placesCatchesAndRepeats();
    void hidesWhereAdsComeFrom();
    void resumesWhereItStopped();
    void takesVotesBack();
    void asksEveryQuestion();
    void refusesPlans_data();
    void refusesPlans();
    void refusesRaters();
    void refusesAnswers();

private:
    StudyFolder make(int items = 6, int sources = 2,
                     StudyQuestion question = StudyQuestion::Pairwise)
    {
        return valueOrThrow(StudyFolder::create(
            path("study"), examplePlan(path("pictures"), items, sources, question)));
    }
    fs::path path(const char* name) const
    {
        return fs::path(m_folder->path().toStdString()) / name;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestStudy::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

void TestStudy::balancesSeats()
{
    for (const auto question : { StudyQuestion::Pairwise, StudyQuestion::BestWorst }) {
        StudyPlan plan = examplePlan(path("p"), 5, 4, question);
        // item and sources -> source -> seat -> count
        std::map<std::pair<int, std::set<int>>, std::map<std::pair<int, std::size_t>, int>> seats;
        for (int rater = 0; rater < 8; ++rater) {
            for (const StudyTrial& trial : studyTrials(plan, rater)) {
                auto& counts
                    = seats[{ trial.item, { trial.sources.begin(), trial.sources.end() } }];
                for (std::size_t seat = 0; seat < trial.sources.size(); ++seat)
                    counts[{ trial.sources[seat], seat }] += trial.kind == TrialKind::Counted;
            }
        }
        const std::size_t perTrial = question == StudyQuestion::Pairwise ? 2 : 4;
        QCOMPARE(seats.size(), question == StudyQuestion::Pairwise ? 30U : 5U);
        for (const auto& [trial, counts] : seats) {
            QCOMPARE(counts.size(), perTrial * perTrial);
            for (const auto& [place, count] : counts)
                QCOMPARE(count, static_cast<int>(8 / perTrial));
        }
    }
}

// Raters who see a part each: together they see every pair equally often, from both sides.
void TestStudy::balancesSeatsOfShares()
{
    StudyPlan plan = examplePlan(path("p"), 8, 2);
    plan.trialsPerRater = 4;
    std::map<int, std::array<int, 2>> left;
    for (int rater = 0; rater < 8; ++rater) {
        const auto trials = studyTrials(plan, rater);
        QCOMPARE(std::ranges::count(trials, TrialKind::Counted, &StudyTrial::kind), 4);
        for (const StudyTrial& trial : trials) {
            if (trial.kind == TrialKind::Counted)
                ++left[trial.item][static_cast<std::size_t>(trial.sources[0])];
        }
    }
    QCOMPARE(left.size(), 8U);
    for (const auto& [item, counts] : left)
        QVERIFY(counts[0] == 2 && counts[1] == 2);
}

void TestStudy::placesCatchesAndRepeats()
{
    StudyPlan plan = examplePlan(path("p"), 40, 2);
    plan.catches = { { 3, { "x.png", "" } }, { 5, { "y.png", "" } } };
    const auto trials = studyTrials(plan, 2);
    QVERIFY(studyTrials(plan, 2).back().sources == trials.back().sources); // a pure function
    std::map<TrialKind, int> kinds;
    for (std::size_t i = 0; i < trials.size(); ++i) {
        const StudyTrial& trial = trials[i];
        ++kinds[trial.kind];
        QCOMPARE(trial.index, static_cast<int>(i));
        if (trial.kind == TrialKind::Catch) {
            QCOMPARE(std::ranges::count(trial.sources, brokenAd), 1);
            QVERIFY(trial.item == 3 || trial.item == 5);
        }
        if (trial.kind == TrialKind::Repeat) {
            const StudyTrial& first = trials[static_cast<std::size_t>(trial.repeats)];
            QCOMPARE(first.kind, TrialKind::Counted);
            QVERIFY(first.item == trial.item && first.sources[0] == trial.sources[1]
                    && first.sources[1] == trial.sources[0]);
            QVERIFY(trial.index - trial.repeats > 1);
        }
    }
    plan.question = StudyQuestion::BestWorst; // not with two sources
    QVERIFY(studyTrials(plan, 0).empty() && studyTrials({}, 0).empty());
    QCOMPARE(kinds[TrialKind::Practice], 3);
    QCOMPARE(kinds[TrialKind::Counted], 40);
    QCOMPARE(kinds[TrialKind::Catch], 4);
    QCOMPARE(kinds[TrialKind::Repeat], 3);
    const auto other = studyTrials(plan, 3);
    QVERIFY(!std::ranges::equal(trials, other, {}, &StudyTrial::item, &StudyTrial::item));
}

void TestStudy::hidesWhereAdsComeFrom()
{
    const StudyFolder study = make();
    QVERIFY(study.knowsOrigin());
    QCOMPARE(study.plan().sources.at(1), std::string("System B"));
    QCOMPARE(study.plan().items.at(1).person, std::string("Bo"));
    const std::string open = readTextFile(study.folder() / "study.json", 1U << 20U);
    for (const char* secret : { "System", "Ann", "lamp1", "warm light" })
        QVERIFY2(open.find(secret) == std::string::npos, secret);
    for (const auto& entry : fs::directory_iterator(study.folder() / "pictures")) {
        const auto bytes = readTextFile(entry.path(), 1U << 20U);
        QVERIFY(bytes.find("secret") == std::string::npos);
        QVERIFY(entry.path().filename().string().size() == 68);
    }
    for (const StudyItem& item : study.plan().items)
        QVERIFY(*imaging::load(item.ads[1].picture)
                == plainPicture(static_cast<std::uint8_t>((&item - study.plan().items.data()) * 7),
                                50));
}

void TestStudy::resumesWhereItStopped()
{
    const StudyFolder study = make();
    const StudyRater ann = *study.addRater("  Ann ");
    QCOMPARE(ann.name, std::string("Ann"));
    for (int i = 0; i < 4; ++i) {
        StudySession session = valueOrThrow(study.rate(ann.id));
        QCOMPARE(session.current()->index, i);
        QCOMPARE(session.shown(*session.current()).size(), 2U);
        QVERIFY(session.cast(plainAnswer(StudyQuestion::Pairwise), quickLook()));
    }
    const auto votes = *StudyFolder::open(study.folder())->votes(ann.id);
    QCOMPARE(votes.size(), 4U);
    QCOMPARE(votes[3].look.milliseconds, std::int64_t{ 1500 });
    QVERIFY(votes[3].look.zoomed && votes[3].castAt > 1'700'000'000'000);
    const auto raters = *study.raters();
    QCOMPARE(raters.size(), 1U);
    QCOMPARE(raters[0].cast, 4);
    StudySession session = valueOrThrow(study.rate(ann.id));
    while (session.current() != nullptr)
        QVERIFY(session.cast(plainAnswer(StudyQuestion::Pairwise), quickLook()));
    QVERIFY(!session.cast(plainAnswer(StudyQuestion::Pairwise), quickLook()));
    QCOMPARE(session.rater().cast, session.rater().total);
}

void TestStudy::takesVotesBack()
{
    const StudyFolder study = make();
    const StudyRater ann = *study.addRater("Ann");
    {
        StudySession session = valueOrThrow(study.rate(ann.id));
        QVERIFY(!session.undo());
        QVERIFY(session.cast(plainAnswer(StudyQuestion::Pairwise), quickLook()));
        QVERIFY(session.cast(plainAnswer(StudyQuestion::Pairwise), quickLook()));
        QVERIFY(session.undo());
        QCOMPARE(session.current()->index, 1);
    }
    StudySession session = valueOrThrow(study.rate(ann.id));
    QCOMPARE(session.current()->index, 1);
    StudyAnswer other;
    other.choice = PairChoice::BothBad;
    QVERIFY(session.cast(other, quickLook()));
    QCOMPARE(session.votes().back().answer.choice, PairChoice::BothBad);
    QCOMPARE(linesOf(logFile(study, ann.id)).size(), 5U); // rater, vote, vote, undo, vote
}

void TestStudy::asksEveryQuestion()
{
    for (const auto question : { StudyQuestion::Rating, StudyQuestion::BestWorst }) {
        init();
        const StudyFolder study = make(4, 4, question);
        const StudyRater ann = *study.addRater("Ann");
        StudySession session = valueOrThrow(study.rate(ann.id));
        while (session.current() != nullptr) {
            QCOMPARE(session.shown(*session.current()).size(),
                     question == StudyQuestion::Rating ? 1U : 4U);
            for (const StudyAd& ad : session.shown(*session.current()))
                QVERIFY(imaging::load(ad.picture));
            QVERIFY(session.cast(plainAnswer(question), quickLook()));
        }
        QCOMPARE(std::ranges::count(session.trials(), TrialKind::Counted, &StudyTrial::kind),
                 question == StudyQuestion::Rating ? 16 : 4);
    }
}

void TestStudy::refusesPlans_data()
{
    QTest::addColumn<QString>("mistake");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("one source") << "source"
                                << "at least two sources";
    QTest::newRow("no items") << "items"
                              << "no items";
    QTest::newRow("picture away") << "missing"
                                  << "picture of item \"lamp1\" from System B is missing";
    QTest::newRow("picture broken") << "broken"
                                    << "lamp1-1.png";
    QTest::newRow("twice") << "twice"
                           << "stands twice";
    QTest::newRow("fewer ads") << "ads"
                               << "one of each";
    QTest::newRow("best of three") << "four"
                                   << "at least four sources";
    QTest::newRow("share") << "share"
                           << "between 0.0";
    QTest::newRow("name") << "name"
                          << "needs a name";
}

void TestStudy::refusesPlans()
{
    QFETCH(QString, mistake);
    QFETCH(QString, sentence);
    StudyPlan plan = examplePlan(path("pictures"), 3, 2);
    if (mistake == "source") {
        plan.sources.pop_back();
        for (StudyItem& item : plan.items)
            item.ads.pop_back();
    } else if (mistake == "items") {
        plan.items.clear();
    } else if (mistake == "missing") {
        fs::remove(plan.items[1].ads[1].picture);
    } else if (mistake == "broken") {
        writeFileAtomically(plan.items[1].ads[1].picture, "GIF89a no picture");
    } else if (mistake == "twice") {
        plan.items[2].id = plan.items[0].id;
    } else if (mistake == "ads") {
        plan.items[2].ads.pop_back();
    } else if (mistake == "four") {
        plan.question = StudyQuestion::BestWorst;
    } else if (mistake == "share") {
        plan.repeatShare = std::nan("");
    } else {
        plan.name.clear();
    }
    const auto made = StudyFolder::create(path("study"), plan);
    QVERIFY(!made);
    QVERIFY2(failureOf(made).contains(sentence), qPrintable(failureOf(made)));
    QVERIFY(!fs::exists(path("study")));
    QVERIFY(!fs::exists(path("study.unfinished")));
}

void TestStudy::refusesRaters()
{
    const StudyFolder study = make();
    QVERIFY(!study.addRater(" \n"));
    QVERIFY(!study.addRater(std::string(101, 'x')));
    const StudyRater ann = *study.addRater("Ann");
    QVERIFY(failureOf(study.addRater("Ann ")).contains("already a rater"));
    const StudyRater bo = *study.addRater("Bo \xFF");
    QVERIFY(bo.number != ann.number);
    QVERIFY(!study.rate("../../etc/passwd"));
    QVERIFY(!study.rate("r-0000000000000000"));
    const StudySession open = valueOrThrow(study.rate(ann.id));
    QVERIFY(failureOf(study.rate(ann.id)).contains("another window"));
    QVERIFY(study.rate(bo.id));
}

void TestStudy::refusesAnswers()
{
    const StudyFolder study = make(3, 4, StudyQuestion::BestWorst);
    const StudyRater ann = *study.addRater("Ann");
    StudySession session = valueOrThrow(study.rate(ann.id));
    for (const auto& [best, worst] : { std::pair{ 0, 0 }, { -1, 2 }, { 1, 4 }, { 9, 1 } }) {
        StudyAnswer answer;
        answer.best = best;
        answer.worst = worst;
        QVERIFY(!session.cast(answer, quickLook()));
    }
    QVERIFY(!session.cast(plainAnswer(StudyQuestion::Pairwise), quickLook()));
    QVERIFY(!session.cast(plainAnswer(StudyQuestion::BestWorst), { .milliseconds = -1 }));
    QCOMPARE(session.current()->index, 0);

    // Logs edited by hand, in every way that leaves JSON.
    QVERIFY(session.cast(plainAnswer(StudyQuestion::BestWorst), quickLook()));
    QVERIFY(session.cast(plainAnswer(StudyQuestion::BestWorst), quickLook()));
    const auto file = logFile(study, ann.id);
    const auto lines = linesOf(file);
    auto edited = lines;
    edited[1].replace(edited[1].find("\"best\":0"), 8, "\"best\":1");
    writeFileAtomically(file, joinedLines(edited));
    QVERIFY2(failureOf(study.votes(ann.id)).contains("changed after it was written (line 2)"),
             qPrintable(failureOf(study.votes(ann.id))));
    writeFileAtomically(file, joinedLines({ lines[0], lines[2] }));
    QVERIFY(failureOf(study.votes(ann.id)).contains("line 2"));
    writeFileAtomically(file, joinedLines({ lines[0], lines[2], lines[1] }));
    QVERIFY(!study.votes(ann.id));
    writeFileAtomically(file, "");
    QVERIFY(failureOf(study.votes(ann.id)).contains("is empty"));
}

QTEST_GUILESS_MAIN(TestStudy)
#include "tst_study.moc"
