// SPDX-License-Identifier: GPL-3.0-or-later
// What may go wrong while people vote: kills, power cuts, full disks, set-back clocks, damaged and
// edited files.
#include "core/atomic_file.h"
#include "core/input_file.h"
#include "study/vote_log.h"
#include "study_example.h"

#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

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

} // namespace

class TestStudyFaults : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void forgetsHalfAVote();
    void survivesAFullDisk();
    void keepsVotesThroughKill();
    void refusesChangedStudies();
    void noticesASetBackClock();
    void goesOnBesideADamagedLog();
    void survivesMutatedPlans();

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

// A line cut at any byte was never acknowledged: it goes, all before it stays.
void TestStudyFaults::forgetsHalfAVote()
{
    const StudyFolder study = make();
    const StudyRater ann = *study.addRater("Ann");
    {
        StudySession session = valueOrThrow(study.rate(ann.id));
        for (int i = 0; i < 3; ++i)
            QVERIFY(session.cast(plainAnswer(StudyQuestion::Pairwise), quickLook()));
    }
    const auto file = logFile(study, ann.id);
    const std::string whole = readTextFile(file, 1U << 20U);
    const std::size_t last = whole.rfind('\n', whole.size() - 2) + 1;
    for (std::size_t cut = last; cut < whole.size(); cut += 7) {
        writeFileAtomically(file, whole.substr(0, cut));
        QCOMPARE(study.votes(ann.id)->size(), 2U);
        StudySession session = valueOrThrow(study.rate(ann.id));
        QCOMPARE(session.current()->index, 2);
        QVERIFY(session.cast(plainAnswer(StudyQuestion::Pairwise), quickLook()));
        QCOMPARE(study.votes(ann.id)->size(), 3U);
    }
    writeFileAtomically(file, whole + std::string(100, '\0')); // what a power cut may leave
    QCOMPARE(valueOrThrow(study.rate(ann.id)).current()->index, 3);
    QCOMPARE(readTextFile(file, 1U << 20U), whole);
}

void TestStudyFaults::survivesAFullDisk()
{
    const StudyFolder study = make();
    const StudyRater ann = *study.addRater("Ann");
    StudySession session = valueOrThrow(study.rate(ann.id));
    QVERIFY(session.cast(plainAnswer(StudyQuestion::Pairwise), quickLook()));
    const auto size = fs::file_size(logFile(study, ann.id));

    std::signal(SIGXFSZ, SIG_IGN);
    rlimit old{};
    getrlimit(RLIMIT_FSIZE, &old);
    rlimit small = old;
    small.rlim_cur = size + 100; // less than a line: the write stops half-way
    setrlimit(RLIMIT_FSIZE, &small);
    const auto full = session.cast(plainAnswer(StudyQuestion::Pairwise), quickLook());
    setrlimit(RLIMIT_FSIZE, &old);

    QVERIFY(!full);
    QCOMPARE(full.error().code, ErrorCode::DiskFull);
    QCOMPARE(session.current()->index, 1);
    QCOMPARE(fs::file_size(logFile(study, ann.id)), size);
    QVERIFY(session.cast(plainAnswer(StudyQuestion::Pairwise), quickLook())); // tried again
    QCOMPARE(study.votes(ann.id)->size(), 2U);
}

// The short form of tests/kill_votes.py: a process that votes and tells, killed in the middle.
void TestStudyFaults::keepsVotesThroughKill()
{
    StudyPlan plan = examplePlan(path("pictures"), 300, 2);
    const StudyFolder study = valueOrThrow(StudyFolder::create(path("study"), plan));
    const StudyRater ann = *study.addRater("Ann");
    int told = 0;
    for (int round = 0; round < 20; ++round) {
        int pipes[2];
        QVERIFY(pipe(pipes) == 0);
        const pid_t child = fork();
        if (child == 0) {
            auto session = study.rate(ann.id);
            while (session && session->current() != nullptr
                   && session->cast(plainAnswer(StudyQuestion::Pairwise), quickLook())) {
                const int count = session->rater().cast;
                if (write(pipes[1], &count, sizeof count) != sizeof count)
                    break;
            }
            _exit(0);
        }
        ::close(pipes[1]);
        const int votes = 1 + round % 5;
        for (int i = 0; i < votes; ++i)
            if (read(pipes[0], &told, sizeof told) != sizeof told)
                break;
        usleep(static_cast<useconds_t>(round * 37));
        kill(child, SIGKILL);
        waitpid(child, nullptr, 0);
        while (read(pipes[0], &told, sizeof told) == sizeof told) { } // told before it died
        ::close(pipes[0]);
        const int kept = static_cast<int>(study.votes(ann.id)->size());
        QVERIFY2(kept >= told && kept <= told + 1, qPrintable(QString::number(kept)));
    }
    QVERIFY(told >= 20);
}

void TestStudyFaults::refusesChangedStudies()
{
    const StudyFolder study = make();
    QVERIFY(failureOf(StudyFolder::create(path("study"), examplePlan(path("pictures"), 3, 2)))
                .contains("is not empty"));
    const auto change = [&](const char* name, const std::string& from, const std::string& to) {
        const fs::path file = study.folder() / name;
        const std::string whole = readTextFile(file, 1U << 20U);
        std::string text = whole;
        text.replace(text.find(from), from.size(), to);
        writeFileAtomically(file, text);
        const QString sentence = failureOf(StudyFolder::open(study.folder()));
        writeFileAtomically(file, whole);
        return sentence;
    };
    QVERIFY(change("study.json", "Lamp study", "Lump study").contains("after the study started"));
    QVERIFY(change("study.json", "\"seed\":7", "\"seed\":8").contains("after the study started"));
    QVERIFY(change("origin.json", "System A", "System C").contains("after the study started"));
    QVERIFY(change("study.json", "{", "[").contains("study.json"));
    QVERIFY(StudyFolder::open(study.folder()));
    fs::remove(study.plan().items[2].ads[0].picture);
    QVERIFY(failureOf(StudyFolder::open(study.folder())).contains("lacks its picture"));
    QVERIFY(!StudyFolder::open(path("nowhere")));
}

void TestStudyFaults::noticesASetBackClock()
{
    const StudyFolder study = make();
    const StudyRater ann = *study.addRater("Ann");
    const auto file = logFile(study, ann.id);
    std::string text = readTextFile(file, 1U << 20U);
    const VoteLog log = readVoteLog(text, "log", { "Lamp study", 1, study.hash() }, study.plan());
    StudyVote vote{ .trial = studyTrials(study.plan(), ann.number)[0],
                    .answer = plainAnswer(StudyQuestion::Pairwise),
                    .castAt = 4'000'000'000'000 }; // a vote from a year to come
    text += chainedLine(log.lastHash, voteEntry(log, vote)) + '\n';
    writeFileAtomically(file, text);
    StudySession session = valueOrThrow(study.rate(ann.id));
    QVERIFY(session.cast(plainAnswer(StudyQuestion::Pairwise), quickLook()));
    QVERIFY(session.cast(plainAnswer(StudyQuestion::Pairwise), quickLook()));
    const auto votes = *study.votes(ann.id);
    QVERIFY(!votes[0].clockWentBack && votes[1].clockWentBack && !votes[2].clockWentBack);
    QCOMPARE(votes[1].look.milliseconds, std::int64_t{ 1500 }); // durations do not care
}

void TestStudyFaults::goesOnBesideADamagedLog()
{
    const StudyFolder study = make();
    const StudyRater ann = *study.addRater("Ann");
    const StudyRater bo = *study.addRater("Bo");
    writeFileAtomically(logFile(study, ann.id), "no log at all\n");
    std::vector<std::string> damaged;
    QCOMPARE(study.raters(&damaged)->size(), 1U);
    QCOMPARE(damaged.size(), 1U);
    QVERIFY(study.rate(bo.id) && !study.rate(ann.id));
    QVERIFY(study.addRater("Cy"));
    QCOMPARE(readTextFile(logFile(study, ann.id), 100), std::string("no log at all\n"));
}

// Whatever a byte becomes, the study opens as it was or not at all.
void TestStudyFaults::survivesMutatedPlans()
{
    const StudyFolder study = make(2, 2);
    for (const char* name : { "study.json", "origin.json" }) {
        const std::string whole = readTextFile(study.folder() / name, 1U << 20U);
        for (std::size_t at = 0; at < whole.size(); at += 17) {
            for (const char with : { '\0', '"', '9', '{', '\xff' }) {
                std::string changed = whole;
                changed[at] = with;
                writeFileAtomically(study.folder() / name, changed);
                const auto opened = StudyFolder::open(study.folder());
                QVERIFY(opened ? opened->hash() == study.hash()
                               : opened.error().code != ErrorCode::Internal);
            }
        }
        writeFileAtomically(study.folder() / name, whole);
    }
}

QTEST_GUILESS_MAIN(TestStudyFaults)
#include "tst_study_faults.moc"
