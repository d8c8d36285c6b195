// SPDX-License-Identifier: GPL-3.0-or-later
// Packages and votes between machines: one file each, merged once and only once, and nothing that
// was edited, belongs elsewhere or comes from a second person of the same name.
#include "core/atomic_file.h"
#include "core/input_file.h"
#include "core/sha256.h"
#include "study/container.h"
#include "study/vote_log.h"
#include "study_example.h"

#include <QTemporaryDir>
#include <QTest>

using namespace adtailor;
namespace fs = std::filesystem;

namespace {

template<typename T> QString failureOf(const Result<T>& result)
{
    return result ? QStringLiteral("(no error)") : QString::fromStdString(result.error().detail);
}

void castVotes(const StudyFolder& study, const std::string& rater, int count)
{
    StudySession session = valueOrThrow(study.rate(rater));
    for (int i = 0; i < count && session.current() != nullptr; ++i)
        valueOrThrow(session.cast(plainAnswer(study.plan().question), { .milliseconds = 900 }));
}

} // namespace

class TestStudyMerge : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void travels();
    void mergesOnce();
    void refusesTheSameName();
    void refusesEditedVotes();
    void refusesRewrittenVotes();
    void refusesOtherStudies();
    void refusesBrokenFiles();
    void refusesForeignPackages();
    void opensAPackageOnce();

private:
    fs::path path(const char* name) const
    {
        return fs::path(m_folder->path().toStdString()) / name;
    }
    fs::path logFile(const StudyFolder& study, const StudyRater& rater) const
    {
        return study.folder() / "votes" / (rater.id + ".jsonl");
    }
    StudyFolder elsewhere(int part, const char* folder) const
    {
        valueOrThrow(m_study->exportPackage(path("lamp.adstudy"), part));
        return valueOrThrow(StudyFolder::importPackage(path("lamp.adstudy"), path(folder)));
    }
    StudyMerge merged(const fs::path& place, bool sameNames = false) const
    {
        return valueOrThrow(m_study->merge({ place }, sameNames));
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<StudyFolder> m_study;
};

void TestStudyMerge::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_study = std::make_unique<StudyFolder>(
        valueOrThrow(StudyFolder::create(path("study"), examplePlan(path("pictures"), 4, 2))));
}

void TestStudyMerge::travels()
{
    const StudyFolder there = elsewhere(1, "there");
    QCOMPARE(there.hash(), m_study->hash());
    QVERIFY(!there.knowsOrigin());
    QCOMPARE(there.plan().sources[1], std::string("Source 2"));
    QVERIFY(there.plan().items[0].person.empty());
    const std::string package = readTextFile(path("lamp.adstudy"), 1U << 24U);
    for (const char* secret : { "System", "Ann", "warm light", "lamp1" })
        QVERIFY2(package.find(secret) == std::string::npos, secret);

    // Raters of other parts are other raters: the seats of the first task differ.
    const StudyRater here = *m_study->addRater("Here");
    const StudyRater far = *there.addRater("Far");
    QCOMPARE(here.number, std::int64_t{ 0 });
    QCOMPARE(far.number, std::int64_t{ 1 });
    QCOMPARE(there.addRater("Farther")->number, std::int64_t{ 998 });
    castVotes(there, far.id, 3);
    QVERIFY(there.exportVotes(path("far.advotes")));
    QCOMPARE(merged(path("far.advotes")).added, 2);
    QCOMPARE(m_study->votes(far.id)->size(), 3U);
    QVERIFY(failureOf(m_study->exportPackage(path("x"), 0)).contains("part"));
}

void TestStudyMerge::mergesOnce()
{
    const StudyFolder there = elsewhere(1, "there");
    const StudyRater far = *there.addRater("Far");
    castVotes(there, far.id, 2);
    QCOMPARE(merged(there.folder()).added, 1);
    const std::string before = readTextFile(logFile(*m_study, far), 1U << 20U);
    QCOMPARE(merged(there.folder()).unchanged, 1);
    QCOMPARE(readTextFile(logFile(*m_study, far), 1U << 20U), before);
    castVotes(there, far.id, 2);
    QCOMPARE(merged(logFile(there, far)).extended, 1); // a single log
    QCOMPARE(m_study->votes(far.id)->size(), 4U);
    QVERIFY(there.exportVotes(path("old.advotes")));
    castVotes(there, far.id, 1);
    QCOMPARE(merged(there.folder()).extended, 1);
    QCOMPARE(merged(path("old.advotes")).unchanged, 1); // older votes take nothing away
    QCOMPARE(m_study->votes(far.id)->size(), 5U);
    // One broken place does not keep the others out.
    const auto both = valueOrThrow(m_study->merge({ path("nowhere"), there.folder() }));
    QCOMPARE(both.unchanged, 1);
    QCOMPARE(both.refused.size(), 1U);
}

void TestStudyMerge::refusesTheSameName()
{
    const StudyFolder there = elsewhere(1, "there");
    valueOrThrow(m_study->addRater("Ann"));
    castVotes(there, valueOrThrow(there.addRater("Ann")).id, 2);
    const StudyMerge refused = merged(there.folder());
    QVERIFY(refused.added == 0 && refused.refused.size() == 1);
    QVERIFY(QString::fromStdString(refused.refused[0]).contains("another rater called \"Ann\""));
    QCOMPARE(m_study->raters()->size(), 1U);
    QCOMPARE(merged(there.folder(), true).added, 1);
    QCOMPARE(m_study->raters()->size(), 2U);
}

void TestStudyMerge::refusesEditedVotes()
{
    const StudyFolder there = elsewhere(1, "there");
    const StudyRater far = *there.addRater("Far");
    castVotes(there, far.id, 3);
    std::string log = readTextFile(logFile(there, far), 1U << 20U);
    log.replace(log.find("\"left\""), 6, "\"tie\"");
    writeFileAtomically(path("edited.jsonl"), log);
    const StudyMerge refused = merged(path("edited.jsonl"));
    QCOMPARE(refused.refused.size(), 1U);
    QVERIFY(QString::fromStdString(refused.refused[0]).contains("changed after it was written"));
    QVERIFY(m_study->raters()->empty());
}

// A log with new, matching hashes is found by what was merged before.
void TestStudyMerge::refusesRewrittenVotes()
{
    const StudyFolder there = elsewhere(1, "there");
    const StudyRater far = *there.addRater("Far");
    castVotes(there, far.id, 3);
    QCOMPARE(merged(there.folder()).added, 1);
    const std::string log = readTextFile(logFile(there, far), 1U << 20U);
    std::string before, rewritten;
    for (std::size_t begin = 0; begin < log.size();) {
        const std::size_t end = log.find('\n', begin);
        std::string entry = log.substr(begin + 65, end - begin - 65);
        if (const auto place = entry.find("\"left\""); place != std::string::npos)
            entry.replace(place, 6, "\"right\"");
        const std::string line = chainedLine(before, entry);
        before = hashOfLine(line);
        rewritten += line + '\n';
        begin = end + 1;
    }
    writeFileAtomically(path("rewritten.jsonl"), rewritten);
    const StudyMerge refused = merged(path("rewritten.jsonl"));
    QCOMPARE(refused.refused.size(), 1U);
    QVERIFY(QString::fromStdString(refused.refused[0]).contains("contradicts"));
    QCOMPARE(m_study->votes(far.id)->at(0).answer.choice, PairChoice::Left);
}

void TestStudyMerge::refusesOtherStudies()
{
    StudyPlan plan = examplePlan(path("pictures"), 4, 2);
    plan.version = 2;
    plan.follows = m_study->hash();
    const auto second = valueOrThrow(StudyFolder::create(path("second"), plan));
    valueOrThrow(second.addRater("Ann"));
    QVERIFY(QString::fromStdString(merged(second.folder()).refused.at(0))
                .contains("another version of the study (v2, not v1)"));
    plan.name = "Chair study";
    const auto other = valueOrThrow(StudyFolder::create(path("other"), plan));
    valueOrThrow(other.addRater("Ann"));
    QVERIFY(QString::fromStdString(merged(other.folder()).refused.at(0))
                .contains("another study (\"Chair study\""));
    QVERIFY(m_study->raters()->empty());
}

void TestStudyMerge::refusesBrokenFiles()
{
    const StudyFolder there = elsewhere(1, "there");
    castVotes(there, valueOrThrow(there.addRater("Far")).id, 2);
    valueOrThrow(there.exportVotes(path("votes")));
    const std::string whole = readTextFile(path("votes"), 1U << 20U);
    for (std::size_t cut = 0; cut < whole.size(); cut += 41) {
        writeFileAtomically(path("cut"), whole.substr(0, cut));
        QCOMPARE(merged(path("cut")).refused.size(), 1U);
    }
    for (std::size_t at = 0; at < whole.size(); at += 13) {
        std::string changed = whole;
        changed[at] = static_cast<char>(changed[at] ^ 4);
        writeFileAtomically(path("changed"), changed);
        const StudyMerge merge = merged(path("changed"));
        QVERIFY2(merge.added == 0 && merge.refused.size() == 1, qPrintable(QString::number(at)));
    }
    QVERIFY(QString::fromStdString(merged(path("lamp.adstudy")).refused.at(0)).contains("package"));
    QVERIFY(merged(path("pictures")).refused.at(0).find("no votes") != std::string::npos);
    QVERIFY(m_study->raters()->empty());
}

void TestStudyMerge::refusesForeignPackages()
{
    const auto hostile = [&](const std::string& name, const std::string& text) {
        writeContainer(path("hostile"), "package", { { .name = name, .text = text } }, {});
        const auto opened = StudyFolder::importPackage(path("hostile"), path("opened"));
        return failureOf(opened);
    };
    QVERIFY(hostile("../escape.txt", "x").contains("does not belong there"));
    QVERIFY(hostile("pictures/../../escape.png", "x").contains("does not belong there"));
    QVERIFY(hostile("/tmp/escape", "x").contains("does not belong there"));
    QVERIFY(hostile("origin.json", "{}").contains("does not belong there"));
    QVERIFY(hostile("study.json", "{}").contains("is not a study"));
    QVERIFY(hostile("study.json", "[1").contains("study.json"));
    QVERIFY(!fs::exists(path("opened")) && !fs::exists(path("escape.txt")));
    valueOrThrow(m_study->exportPackage(path("lamp.adstudy"), 1));
    std::string package = readTextFile(path("lamp.adstudy"), 1U << 24U);
    package[package.size() - 20] ^= 1;
    writeFileAtomically(path("lamp.adstudy"), package);
    QVERIFY(failureOf(StudyFolder::importPackage(path("lamp.adstudy"), path("opened")))
                .contains("damaged"));
    QVERIFY(!fs::exists(path("opened")));
}

void TestStudyMerge::opensAPackageOnce()
{
    const StudyFolder there = elsewhere(1, "there");
    const StudyRater far = *there.addRater("Far");
    castVotes(there, far.id, 2);
    QVERIFY(failureOf(StudyFolder::importPackage(path("lamp.adstudy"), path("there")))
                .contains("go on in that folder"));
    QCOMPARE(there.votes(far.id)->size(), 2U);
}

QTEST_GUILESS_MAIN(TestStudyMerge)
#include "tst_study_merge.moc"
