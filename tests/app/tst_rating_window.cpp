// SPDX-License-Identifier: GPL-3.0-or-later
// Studies rated by simulated people through the real window: what they press is what is on disk.
#include "app/theme.h"
#include "tests/app/study_window.h"
#include "widgets/vote_button.h"

#include <QApplication>
#include <QTemporaryDir>

#include <csignal>
#include <sys/resource.h>

using namespace adtailor;

class TestRatingWindow final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        std::signal(SIGXFSZ, SIG_IGN); // writing too much is an error, not the end
        Theme::load(Theme::Kind::Light).apply(*qApp);
    }

    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_plan = redAndBlue(m_folder->filePath("pictures"), 20);
    }
    void cleanup() { m_window.reset(); }

    void ratesTwentyPairsByKeyboard();
    void ratesByMouseAlone();
    void undoTakesTheLastVoteBack();
    void goesOnAtTheSamePairAfterClosing();
    void asksBeforeTwoPeopleShareOneName();
    void offersBreaksThatHideThePair();
    void waitsForTheLeastTime();
    void ignoresAKeyHeldDown();
    void keepsAVoteThatTheDiskRefuses();
    void saysWhenAPictureIsMissing();
    void tellsNothingAboutTheSources();
    void ratesSinglesAndFours();

private:
    StudyFolder start()
    {
        Result<StudyFolder> study
            = StudyFolder::create(m_folder->filePath("study").toStdString(), m_plan);
        if (!study)
            qFatal("%s", study.error().detail.c_str());
        return *study;
    }

    SimulatedRater open(const StudyFolder& study)
    {
        m_window = std::make_unique<RatingWindow>(study);
        m_window->resize(1200, 800);
        m_window->show();
        QApplication::setActiveWindow(m_window.get());
        return SimulatedRater(*m_window);
    }

    static std::vector<StudyVote> votesOf(const StudyFolder& study, std::size_t rater = 0)
    {
        const Result<std::vector<StudyRater>> raters = study.raters();
        if (!raters || raters->size() <= rater)
            return {};
        const Result<std::vector<StudyVote>> votes = study.votes((*raters)[rater].id);
        return votes ? *votes : std::vector<StudyVote>();
    }

    // The source that the vote chose; -1: neither.
    static int chosen(const StudyVote& vote)
    {
        const bool left = vote.answer.choice == PairChoice::Left;
        const bool right = vote.answer.choice == PairChoice::Right;
        return left ? vote.trial.sources[0] : right ? vote.trial.sources[1] : -1;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    StudyPlan m_plan;
    std::unique_ptr<RatingWindow> m_window;
};

// Three people look at the colours on the screen: the first likes red, the second blue, the third
// cannot tell. The votes on disk say the same of the sources, whatever the seats were.
void TestRatingWindow::ratesTwentyPairsByKeyboard()
{
    const StudyFolder study = start();
    SimulatedRater rater = open(study);
    const QStringList names{ "Ann", "Bo", "Cy" };
    int leftRed = 0;
    for (int person = 0; person < 3; ++person) {
        rater.sitDown(names[person]);
        for (int vote = 0; vote < 20; ++vote) {
            QVERIFY(rater.waitOpen());
            const bool red = rater.sees(true).red() > 200;
            QVERIFY(red != (rater.sees(false).red() > 200));
            leftRed += red;
            rater.press(person == 2                ? Qt::Key_Up
                            : red == (person == 0) ? Qt::Key_Left
                                                   : Qt::Key_Right);
            QCOMPARE(votesOf(study, std::size_t(person)).size(), std::size_t(vote + 1));
            if (vote < 19)
                QVERIFY(rater.reads(QString("Vote %1 is stored on this disk").arg(vote + 1)));
        }
        QVERIFY(rater.reads("Thank you"));
        rater.press(Qt::Key_Return); // the next person
    }
    for (std::size_t person = 0; person < 3; ++person)
        for (const StudyVote& vote : votesOf(study, person))
            QCOMPARE(chosen(vote), person == 0 ? 0 : person == 1 ? 1 : -1);
    QVERIFY(leftRed > 20 && leftRed < 40); // of 60: both seats
}

void TestRatingWindow::ratesByMouseAlone()
{
    const StudyFolder study = start();
    SimulatedRater rater = open(study);
    rater.sitDown("Ann");
    const PairChoice choices[]
        = { PairChoice::Left, PairChoice::Tie, PairChoice::BothBad, PairChoice::Right };
    for (int i = 0; i < 4; ++i) {
        QVERIFY(rater.waitOpen());
        QTest::mouseClick(m_window->findChildren<VoteButton*>()[i], Qt::LeftButton);
        QCOMPARE(votesOf(study).back().answer.choice, choices[i]);
    }
}

void TestRatingWindow::undoTakesTheLastVoteBack()
{
    const StudyFolder study = start();
    SimulatedRater rater = open(study);
    rater.sitDown("Ann");
    QVERIFY(rater.waitOpen());
    rater.press(Qt::Key_Z); // nothing to take back
    QCOMPARE(m_window->session()->done(), 0);
    const QColor first = rater.sees(true);
    rater.press(Qt::Key_Left);
    QVERIFY(rater.waitOpen());
    rater.press(Qt::Key_Z);
    QVERIFY(rater.waitOpen());
    QVERIFY(rater.reads("Vote 1 was taken back"));
    QCOMPARE(rater.sees(true), first);
    QVERIFY(votesOf(study).empty());
    rater.press(Qt::Key_Right);
    QCOMPARE(votesOf(study).front().answer.choice, PairChoice::Right);
}

void TestRatingWindow::goesOnAtTheSamePairAfterClosing()
{
    const StudyFolder study = start();
    SimulatedRater rater = open(study);
    rater.sitDown("Ann");
    for (int i = 0; i < 3; ++i) {
        QVERIFY(rater.waitOpen());
        rater.press(Qt::Key_Down);
    }
    QVERIFY(rater.waitOpen());
    const QColor left = rater.sees(true), right = rater.sees(false);
    m_window->close(); // in the middle of a vote

    SimulatedRater again = open(study);
    again.sitDown("Ann");
    QVERIFY(again.reads("3 of 20"));
    again.press(Qt::Key_Return); // go on as Ann
    QVERIFY(again.waitOpen());
    QCOMPARE(again.sees(true), left);
    QCOMPARE(again.sees(false), right);
    QCOMPARE(m_window->session()->done(), 3);
}

void TestRatingWindow::asksBeforeTwoPeopleShareOneName()
{
    const StudyFolder study = start();
    SimulatedRater rater = open(study);
    rater.sitDown("Mei Lin");
    QVERIFY(rater.waitOpen());
    rater.press(Qt::Key_H); // hand over
    QVERIFY(QTest::qWaitFor([this] { return m_window->session() == nullptr; }));
    rater.sitDown(" mei  lin ");
    QVERIFY(rater.reads("has rated here before"));
    rater.press(Qt::Key_Escape); // another person
    rater.sitDown("");
    QVERIFY(!m_window->session());
    QVERIFY(rater.reads("Type a name first"));
    rater.sitDown("Mei L");
    QVERIFY(rater.waitOpen());
    QCOMPARE(study.raters()->size(), std::size_t(2));
    QVERIFY(!rater.reads("Mei")); // the next person sees no name
}

void TestRatingWindow::offersBreaksThatHideThePair()
{
    m_plan.breakEvery = 2;
    const StudyFolder study = start();
    SimulatedRater rater = open(study);
    rater.sitDown("Ann");
    for (int i = 0; i < 2; ++i) {
        QVERIFY(rater.waitOpen());
        rater.press(Qt::Key_Left);
    }
    QVERIFY(rater.reads("Time for a break"));
    QVERIFY(!m_window->findChild<LinkedPictures*>()->isVisible());
    rater.press(Qt::Key_Left); // no vote without a pair
    QCOMPARE(votesOf(study).size(), std::size_t(2));
    rater.press(Qt::Key_Return);
    QVERIFY(rater.waitOpen());
    rater.press(Qt::Key_B); // also when one likes
    QVERIFY(rater.reads("Time for a break"));
    rater.press(Qt::Key_Return);
    QVERIFY(rater.waitOpen());
    rater.press(Qt::Key_Escape);
    QVERIFY(rater.reads("Leave the rating?"));
    rater.press(Qt::Key_Return); // stay
    QVERIFY(rater.waitOpen());
    rater.press(Qt::Key_Escape);
    rater.press(Qt::Key_Escape); // leave
    QVERIFY(!m_window->isVisible());
}

void TestRatingWindow::waitsForTheLeastTime()
{
    m_plan.minimumSeconds = 0.4;
    const StudyFolder study = start();
    SimulatedRater rater = open(study);
    rater.sitDown("Ann");
    QVERIFY(QTest::qWaitFor(
        [this] { return m_window->session()->state() == RatingSession::State::Waiting; }));
    QVERIFY(!m_window->findChild<VoteButton*>()->isEnabled());
    rater.press(Qt::Key_Left);
    QVERIFY(votesOf(study).empty());
    QVERIFY(rater.waitOpen());
    rater.press(Qt::Key_Left);
    QCOMPARE(votesOf(study).size(), std::size_t(1));
    QVERIFY(votesOf(study).front().look.milliseconds >= 400);
}

void TestRatingWindow::ignoresAKeyHeldDown()
{
    const StudyFolder study = start();
    SimulatedRater rater = open(study);
    rater.sitDown("Ann");
    QVERIFY(rater.waitOpen());
    for (int i = 0; i < 5; ++i) {
        QKeyEvent held(QEvent::KeyPress, Qt::Key_Left, Qt::NoModifier, {}, true);
        QApplication::sendEvent(m_window.get(), &held);
        QTest::qWait(20);
    }
    QVERIFY(votesOf(study).empty());
    QTest::keyPress(m_window.get(), Qt::Key_Space); // hold for 100 %
    auto* pictures = m_window->findChild<LinkedPictures*>();
    QVERIFY(!pictures->isFitted());
    QTest::keyRelease(m_window.get(), Qt::Key_Space);
    QVERIFY(pictures->isFitted());
    rater.press(Qt::Key_Left);
    QVERIFY(votesOf(study).front().look.zoomed);
}

void TestRatingWindow::keepsAVoteThatTheDiskRefuses()
{
    const StudyFolder study = start();
    SimulatedRater rater = open(study);
    rater.sitDown("Ann");
    QVERIFY(rater.waitOpen());
    rater.press(Qt::Key_Left);
    QVERIFY(rater.waitOpen());
    const QColor left = rater.sees(true);
    rlimit before{};
    ::getrlimit(RLIMIT_FSIZE, &before);
    rlimit full = before;
    full.rlim_cur = 1;
    ::setrlimit(RLIMIT_FSIZE, &full);
    rater.press(Qt::Key_Right);
    ::setrlimit(RLIMIT_FSIZE, &before);
    QVERIFY(rater.reads("The disk is full. This vote is not stored yet."));
    QVERIFY(!rater.reads("is stored on this disk"));
    QCOMPARE(votesOf(study).size(), std::size_t(1));
    QCOMPARE(rater.sees(true), left); // the pair stays
    QVERIFY(rater.click("Retry"));
    QCOMPARE(votesOf(study).size(), std::size_t(2));
    QCOMPARE(votesOf(study).back().answer.choice, PairChoice::Right);
    QVERIFY(rater.waitOpen());
    QVERIFY(rater.reads("Vote 2 is stored on this disk"));
}

void TestRatingWindow::saysWhenAPictureIsMissing()
{
    const StudyFolder study = start();
    const QString pictures = m_folder->filePath("study/pictures");
    QVERIFY(QDir().rename(pictures, pictures + "-away"));
    SimulatedRater rater = open(study);
    rater.sitDown("Ann");
    QVERIFY(QTest::qWaitFor(
        [this] { return m_window->session()->state() == RatingSession::State::Unreadable; }));
    QVERIFY(rater.reads("cannot be read. Nothing was counted."));
    rater.press(Qt::Key_Left);
    QVERIFY(votesOf(study).empty());
    QVERIFY(QDir().rename(pictures + "-away", pictures));
    QVERIFY(rater.click("Try again"));
    QVERIFY(rater.waitOpen());
}

void TestRatingWindow::tellsNothingAboutTheSources()
{
    const StudyFolder study = start();
    SimulatedRater rater = open(study);
    rater.sitDown("Ann");
    QVERIFY(rater.waitOpen());
    QList<QWidget*> all = m_window->findChildren<QWidget*>();
    all.append(m_window.get());
    for (const QWidget* widget : all) {
        QVERIFY2(widget->toolTip().isEmpty(), widget->metaObject()->className());
        QString words = widget->accessibleName() + widget->accessibleDescription()
            + widget->windowTitle() + widget->statusTip() + widget->whatsThis();
        if (const auto* label = qobject_cast<const QLabel*>(widget))
            words += label->text();
        for (const char* secret : { "Secret", "hidden-id", "private", "png", "32", "Lamp study" })
            QVERIFY2(!words.contains(QLatin1String(secret)), qPrintable(words));
    }
    // No side is ahead: the focus is on neither, and all answers look alike.
    QCOMPARE(QApplication::focusWidget(), m_window.get());
    for (const VoteButton* button : m_window->findChildren<VoteButton*>()) {
        QVERIFY(!button->isDefault() && !button->isChecked());
        QCOMPARE(button->focusPolicy(), Qt::NoFocus);
    }
}

void TestRatingWindow::ratesSinglesAndFours()
{
    m_plan.question = StudyQuestion::Rating;
    {
        const StudyFolder study = start();
        SimulatedRater rater = open(study);
        rater.sitDown("Ann");
        QVERIFY(rater.waitOpen());
        rater.press(Qt::Key_Return); // not while something is unanswered
        for (const Qt::Key score : { Qt::Key_4, Qt::Key_5, Qt::Key_1, Qt::Key_3 }) {
            rater.press(score);
            rater.press(score == Qt::Key_1 ? Qt::Key_N : Qt::Key_Y);
        }
        QVERIFY(votesOf(study).empty());
        rater.press(Qt::Key_Return);
        const StudyAnswer answer = votesOf(study).front().answer;
        QCOMPARE(answer.criteria[1].score, 5);
        QCOMPARE(answer.criteria[2].score, 1);
        QVERIFY(!answer.criteria[2].acceptable && answer.criteria[3].acceptable);
        m_window.reset();
    }
    QVERIFY(QDir(m_folder->filePath("study")).removeRecursively());
    m_plan.question = StudyQuestion::BestWorst;
    m_plan.sources = { "A", "B", "C", "D" };
    for (StudyItem& item : m_plan.items)
        item.ads.insert(item.ads.end(), { item.ads[0], item.ads[1] });
    const StudyFolder study = start();
    SimulatedRater rater = open(study);
    rater.sitDown("Ann");
    QVERIFY(rater.waitOpen());
    rater.press(Qt::Key_2);
    QVERIFY(rater.reads("which ad is the worst"));
    rater.press(Qt::Key_Z); // only the first half is taken back
    QVERIFY(rater.reads("Which ad is the best"));
    rater.press(Qt::Key_3);
    rater.press(Qt::Key_3); // the best cannot be the worst
    QVERIFY(votesOf(study).empty());
    rater.press(Qt::Key_1);
    QCOMPARE(votesOf(study).front().answer.best, 2);
    QCOMPARE(votesOf(study).front().answer.worst, 0);
}

QTEST_MAIN(TestRatingWindow)
#include "tst_rating_window.moc"
