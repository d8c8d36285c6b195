// SPDX-License-Identifier: GPL-3.0-or-later
// The Review page: a study is put together, frozen, sent away, merged and reported.
// ADTAILOR_SHOTS=folder keeps pictures of its steps; ADTAILOR_SHOT_THEME, _LANG and _FONT as the
// studio's own options.
#include "app/ad_groups.h"
#include "app/appearance.h"
#include "app/models/ad_list_model.h"
#include "app/pages/review_page.h"
#include "app/pages/study_plan_panel.h"
#include "app/pages/study_report_view.h"
#include "app/settings.h"
#include "app/study_pdf.h"
#include "tests/app/study_window.h"
#include "widgets/interval_plot.h"
#include "widgets/win_matrix.h"

#include <QApplication>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QStackedWidget>
#include <QTemporaryDir>

using namespace adtailor;

class TestReview final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();

    void groupsAdsByWhatDiffers();
    void needsTwoSourcesBeforeItStarts();
    void comparesAdsOfOneNameAndSaysWhatIsLeftOut();
    void freezesThePlanAndMakesTheNextVersion();
    void votesTravelBetweenComputers();
    void listsDamagedStudiesWithoutFalling();
    void reportsWhoWon();
    void makesAPreferenceSet();
    void saysSoWhenNobodyHasVoted();
    void opensTheKiosk();

private:
    static void shoot(QWidget& widget, const QString& name);
    void addSources(int items);
    // Opens a frozen study of `items` items rated by three people who all like red.
    void openRated(int items, StudyQuestion question = StudyQuestion::Pairwise);
    void rateAll(const StudyFolder& study, const QString& name);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<Appearance> m_appearance;
    std::unique_ptr<StudyDesk> m_desk;
    std::unique_ptr<AdListModel> m_ads;
    std::unique_ptr<ReviewPage> m_page;
};

void TestReview::initTestCase()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<Settings>(m_folder->filePath("studio.ini"));
    m_settings->setLanguage(qEnvironmentVariable("ADTAILOR_SHOT_LANG", "en"));
    m_settings->setTheme(qEnvironmentVariable("ADTAILOR_SHOT_THEME", "light"));
    m_settings->setFontPercent(qEnvironmentVariable("ADTAILOR_SHOT_FONT", "100").toInt());
    m_appearance = std::make_unique<Appearance>(*m_settings);
}

void TestReview::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_desk = std::make_unique<StudyDesk>(m_folder->filePath("studies"));
    m_ads = std::make_unique<AdListModel>();
    m_page = std::make_unique<ReviewPage>(*m_desk, *m_ads);
    m_page->resize(1348, 796);
    m_page->show();
}

void TestReview::cleanup()
{
    m_page.reset();
    m_desk.reset();
}

void TestReview::shoot(QWidget& widget, const QString& name)
{
    if (const QString folder = qEnvironmentVariable("ADTAILOR_SHOTS"); !folder.isEmpty()) {
        QTest::qWait(50);
        QVERIFY(widget.grab().save(folder + '/' + name + ".png"));
    }
}

void TestReview::addSources(int items)
{
    for (int source = 0; source < 2; ++source) {
        const QString folder = m_folder->filePath(source == 0 ? "own-history" : "no-history");
        QDir().mkpath(folder);
        for (int item = 0; item < items; ++item) {
            QImage picture(64, 64, QImage::Format_RGB32);
            picture.fill(source == 0 ? QColor(200, 40, item) : QColor(40, 40, 200 + item % 50));
            QVERIFY(picture.save(QString("%1/lamp-%2.png").arg(folder).arg(item)));
        }
        m_page->builder().addFolder(folder);
        QVERIFY(QTest::qWaitFor([this] { return !m_page->builder().isReading(); }));
    }
}

void TestReview::rateAll(const StudyFolder& study, const QString& name)
{
    const Result<StudyRater> rater = study.addRater(name.toStdString());
    QVERIFY(rater);
    Result<StudySession> session = study.rate(rater->id);
    QVERIFY(session);
    int vote = 0;
    while (const StudyTrial* trial = session->current()) {
        StudyAnswer answer;
        // Red wins four times in five; a broken ad never.
        const bool red = ++vote % 5 != 0;
        const int wanted = trial->kind == TrialKind::Catch
            ? std::max(trial->sources[0], trial->sources[1])
            : red ? 0
                  : 1;
        if (study.plan().question == StudyQuestion::Rating)
            answer.criteria.assign(
                studyCriteria,
                { trial->sources[0] == 0 ? 4 + vote % 2 : 2 + vote % 2, trial->sources[0] == 0 });
        else
            answer.choice = trial->sources[0] == wanted ? PairChoice::Left : PairChoice::Right;
        QVERIFY(session->cast(answer, { 3000 + 100 * vote, 1'700'000'000'000 + vote, false }));
    }
}

void TestReview::openRated(int items, StudyQuestion question)
{
    StudyPlan plan = redAndBlue(m_folder->filePath("pictures"), items);
    plan.question = question;
    plan.sources = { "Own history", "No history" };
    plan.repeatShare = 0.2;
    plan.catchEvery = question == StudyQuestion::Pairwise ? 10 : 0;
    for (std::size_t i = 0; i < plan.items.size(); ++i)
        plan.items[i].category = i % 2 == 0 ? "lamps" : "chairs";
    const QSignalSpy opened(m_desk.get(), &StudyDesk::opened);
    m_desk->create(plan);
    QVERIFY(QTest::qWaitFor([&] { return m_desk->study() != nullptr; }, 20000));
    for (const char* name : { "Ann", "Bo", "Cy" })
        rateAll(*m_desk->study(), name);
    m_desk->refresh();
    QVERIFY(QTest::qWaitFor([&] { return m_desk->raters().size() == 3; }));
}

void TestReview::groupsAdsByWhatDiffers()
{
    std::vector<AdItem> ads;
    for (int i = 0; i < 6; ++i) {
        auto batch = std::make_shared<AdBatch>();
        batch->request.guidanceScale = i < 4 ? 3.0F : 5.0F;
        if (i < 2) {
            batch->request.brief.history.resize(5);
            batch->person = "Lin Wei";
        }
        AdItem ad;
        ad.batch = batch;
        ad.state = i == 5 ? AdState::Drawing : AdState::Done;
        ad.composite = QImage(8, 8, QImage::Format_RGB32);
        ad.seed = quint64(i);
        ads.push_back(ad);
    }
    const std::vector<AdGroup> groups = AdGroups::of(ads);
    QCOMPARE(groups.size(), std::size_t(3));
    QCOMPARE(groups[0].ads.size(), std::size_t(2));
    QCOMPARE(groups[2].ads.size(), std::size_t(1)); // what is still being drawn is left out
    QVERIFY(groups[0].label.contains("Lin Wei"));
    QVERIFY(groups[2].label.contains("5") && !groups[2].label.contains("Lin Wei"));
}

void TestReview::needsTwoSourcesBeforeItStarts()
{
    StudyBuilder& builder = m_page->builder();
    builder.startNew("Lamps");
    QVERIFY(builder.gap());
    addSources(2);
    QVERIFY(!builder.gap());
    builder.remove(1);
    QVERIFY(builder.gap()); // one source alone
    QCOMPARE(builder.trialsPerRater(), 0);
}

void TestReview::comparesAdsOfOneNameAndSaysWhatIsLeftOut()
{
    StudyBuilder& builder = m_page->builder();
    builder.startNew("Lamps");
    addSources(6);
    QCOMPARE(builder.plan().items.size(), std::size_t(6));
    QVERIFY(QFile::remove(m_folder->filePath("no-history/lamp-3.png")));
    const QSignalSpy failed(&builder, &StudyBuilder::failed);
    builder.addFolder(m_folder->filePath("own-history")); // again: another name
    QVERIFY(QTest::qWaitFor([&] { return !builder.isReading(); }));
    QCOMPARE(builder.plan().items.size(), std::size_t(5));
    QCOMPARE(builder.issues().size(), 1);
    QCOMPARE(builder.sources()[2].label, "own-history 2");
    builder.rename(2, "own-history"); // two of one name would be mixed up
    QCOMPARE(builder.sources()[2].label, "own-history 3");
    builder.addFolder(m_folder->filePath("nowhere"));
    QVERIFY(QTest::qWaitFor([&] { return failed.count() == 1; }));
    QVERIFY(builder.gap());
    QVERIFY(QTest::qWaitFor([&] { return builder.need().known; }, 60000));
    builder.remove(3);
    QVERIFY(QTest::qWaitFor([&] { return !builder.isReading() && builder.need().known; }, 60000));
    m_page->findChild<StudyPlanPanel*>()->setDrafting(true);
    builder.setRaters(6);
    QVERIFY(QTest::qWaitFor([&] { return builder.need().known; }, 60000));
    shoot(*m_page, "plan");
}

void TestReview::freezesThePlanAndMakesTheNextVersion()
{
    StudyBuilder& builder = m_page->builder();
    builder.startNew("Lamp study 2");
    addSources(8);
    QMetaObject::invokeMethod(m_page.get(), [this] { m_page->showStep(ReviewPage::Step::Plan); });
    m_desk->create(builder.plan());
    QVERIFY(QTest::qWaitFor([&] { return m_desk->study() != nullptr; }, 20000));
    QCOMPARE(m_desk->study()->plan().items.size(), std::size_t(8));
    const std::string hash = m_desk->study()->hash();
    QVERIFY(QTest::qWaitFor([&] { return m_desk->studies().rowCount() == 1; }));
    shoot(*m_page, "plan-frozen");

    builder.startNextVersion(*m_desk->study());
    QVERIFY(!builder.gap());
    StudyPlan edited = builder.plan();
    edited.instruction = "Which one fits a shop?";
    builder.setSettings(edited);
    m_desk->create(builder.plan());
    QVERIFY(QTest::qWaitFor([&] { return m_desk->study()->plan().version == 2; }, 20000));
    QCOMPARE(m_desk->study()->plan().follows, hash);
    QVERIFY(QTest::qWaitFor([&] { return m_desk->studies().rowCount() == 2; }));
}

void TestReview::votesTravelBetweenComputers()
{
    const StudyPlan plan = redAndBlue(m_folder->filePath("pictures"), 4);
    m_desk->create(plan);
    QVERIFY(QTest::qWaitFor([&] { return m_desk->study() != nullptr; }, 20000));
    const QString package = m_folder->filePath("lamps.adstudy"),
                  votes = m_folder->filePath("v.advotes");
    const QSignalSpy packed(m_desk.get(), &StudyDesk::packed);
    m_desk->exportPackage(package, 1);
    QVERIFY(QTest::qWaitFor([&] { return packed.count() == 1; }));

    StudyDesk away(m_folder->filePath("away"));
    const QSignalSpy refused(&away, &StudyDesk::failed), sent(&away, &StudyDesk::packed);
    away.importPackage(package);
    QVERIFY(QTest::qWaitFor([&] { return away.study() != nullptr; }));
    QVERIFY(!away.study()->knowsOrigin());
    rateAll(*away.study(), "Ann");
    away.importPackage(package); // a second time would hide the votes
    QVERIFY(QTest::qWaitFor([&] { return refused.count() == 1; }));
    away.exportVotes(votes);
    QVERIFY(QTest::qWaitFor([&] { return sent.count() == 1; }));

    std::vector<StudyMerge> merges;
    connect(m_desk.get(), &StudyDesk::merged, this,
            [&](const StudyMerge& result) { merges.push_back(result); });
    for (std::size_t times = 1; times <= 2; ++times) {
        m_desk->merge({ votes }, false);
        QVERIFY(QTest::qWaitFor([&] { return merges.size() == times; }));
    }
    QCOMPARE(merges[0].added, 1);
    QCOMPARE(merges[1].added, 0);
    QCOMPARE(merges[1].unchanged, 1);
    QVERIFY(QTest::qWaitFor([&] { return m_desk->raters().size() == 1; }));
    m_page->showStep(ReviewPage::Step::Rate);
    shoot(*m_page, "rate");
}

void TestReview::listsDamagedStudiesWithoutFalling()
{
    QDir().mkpath(m_folder->filePath("studies/broken"));
    QFile file(m_folder->filePath("studies/broken/study.json"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{ \"plan\": [[[[");
    file.close();
    m_desk->refresh();
    QVERIFY(QTest::qWaitFor([&] { return m_desk->studies().rowCount() == 1; }));
    QVERIFY(!m_desk->studies().studies().front().problem.isEmpty());
    const QSignalSpy failed(m_desk.get(), &StudyDesk::failed);
    m_desk->open(m_folder->filePath("studies/broken"));
    QVERIFY(QTest::qWaitFor([&] { return failed.count() == 1; }));
    QVERIFY(!m_desk->study());
}

void TestReview::reportsWhoWon()
{
    openRated(40);
    auto* view = m_page->findChild<StudyReportView*>();
    m_page->showStep(ReviewPage::Step::Report);
    QVERIFY(QTest::qWaitFor([&] { return view->hasReport(); }, 60000));
    shoot(*m_page, "report");
    const QString ranking = m_page->findChild<IntervalPlot*>()->accessibleDescription();
    QVERIFY2(ranking.startsWith("Own history:")
                 || !qEnvironmentVariable("ADTAILOR_SHOTS").isEmpty(),
             qPrintable(ranking));
    // The model of two sources says what was voted.
    double red = 0, counted = 0;
    for (const StudyRater& rater : m_desk->raters()) {
        const Result<std::vector<StudyVote>> votes = m_desk->study()->votes(rater.id);
        QVERIFY(votes.has_value());
        for (const StudyVote& vote : *votes) {
            const bool counts = vote.trial.kind == TrialKind::Counted;
            const bool left = vote.answer.choice == PairChoice::Left;
            counted += counts;
            red += counts && vote.trial.sources[left ? 0 : 1] == 0;
        }
    }
    QCOMPARE(counted, 120.0);
    const QString cell = m_page->findChild<WinMatrix*>()->cellText(0, 1);
    const QString share = cell.section(' ', -2, -2);
    QVERIFY2(std::abs(share.toDouble() - 100 * red / counted) <= 1, qPrintable(cell));

    StudyReportOptions options = view->options();
    const QSignalSpy exported(m_desk.get(), &StudyDesk::exported);
    m_desk->exportReport(m_folder->path(), options, view->plots());
    QVERIFY(QTest::qWaitFor([&] { return exported.count() == 1; }, 60000));
    QFile pdf(m_folder->filePath("report.pdf"));
    QVERIFY(pdf.open(QIODevice::ReadOnly));
    QVERIFY(pdf.read(5) == "%PDF-");
    QVERIFY(pdf.size() > 10'000); // plots are in it
    for (const char* name :
         { "report.html", "report.json", "votes.csv", "votes.jsonl", "arena.csv" })
        QVERIFY2(QFile(m_folder->filePath(name)).size() > 0, name);
    if (const QString folder = qEnvironmentVariable("ADTAILOR_SHOTS"); !folder.isEmpty())
        pdf.copy(folder + "/report.pdf");
}

// Votes become pairs of ads that the Train page takes.
void TestReview::makesAPreferenceSet()
{
    openRated(10);
    QString folder;
    qint64 pairs = 0;
    connect(m_desk.get(), &StudyDesk::preferencesMade, this,
            [&](const QString& made, qint64 count) {
                folder = made;
                pairs = count;
            });
    m_desk->makePreferences(false);
    QVERIFY(QTest::qWaitFor([&] { return pairs > 0; }, 20000));
    QFile lines(folder + "/preferences.jsonl");
    QVERIFY(lines.open(QIODevice::ReadOnly));
    const QList<QByteArray> all = lines.readAll().trimmed().split('\n');
    QCOMPARE(all.size(), pairs);
    const QJsonObject first = QJsonDocument::fromJson(all.front()).object();
    QVERIFY(QFile::exists(folder + '/' + first["f_path"].toString()));
    QVERIFY(QFile::exists(folder + '/' + first["rejected_f_path"].toString()));
    m_desk->refresh(); // it is no study
    QVERIFY(QTest::qWaitFor([&] { return m_desk->studies().rowCount() == 1; }));
}

void TestReview::saysSoWhenNobodyHasVoted()
{
    m_desk->create(redAndBlue(m_folder->filePath("pictures"), 3));
    QVERIFY(QTest::qWaitFor([&] { return m_desk->study() != nullptr; }, 20000));
    auto* view = m_page->findChild<StudyReportView*>();
    const QSignalSpy failed(m_desk.get(), &StudyDesk::reportFailed);
    m_page->showStep(ReviewPage::Step::Report);
    QVERIFY(QTest::qWaitFor([&] { return failed.count() >= 1; }));
    QVERIFY(!view->hasReport());
    QVERIFY(view->plots().isEmpty());
}

void TestReview::opensTheKiosk()
{
    StudyPlan plan = redAndBlue(m_folder->filePath("pictures"), 12);
    const QString samples = qEnvironmentVariable("ADTAILOR_SHOT_PICTURES"); // prettier than colours
    for (std::size_t i = 0; i < plan.items.size() && !samples.isEmpty(); ++i) {
        const QStringList names = QDir(samples).entryList({ "*.png", "*.jpg" }, QDir::Files);
        for (std::size_t source = 0; source < 2; ++source)
            plan.items[i].ads[source].picture
                = (samples + '/' + names[qsizetype(2 * i + source) % names.size()]).toStdString();
    }
    m_desk->create(plan);
    QVERIFY(QTest::qWaitFor([&] { return m_desk->study() != nullptr; }, 20000));
    m_page->showStep(ReviewPage::Step::Rate);
    QVERIFY(!m_page->kiosk());
    m_page->openKiosk();
    QVERIFY(m_page->kiosk());
    QVERIFY(m_page->kiosk()->windowState() & Qt::WindowFullScreen);
    m_page->kiosk()->setWindowState(Qt::WindowNoState);
    m_page->kiosk()->resize(1440, 900);
    shoot(*m_page->kiosk(), "kiosk-name");
    SimulatedRater rater(*m_page->kiosk());
    rater.sitDown("Ann");
    for (int i = 0; i < 5; ++i) {
        QVERIFY(rater.waitOpen());
        rater.press(Qt::Key_Left);
    }
    QVERIFY(rater.waitOpen());
    shoot(*m_page->kiosk(), "kiosk");
    rater.press(Qt::Key_B);
    shoot(*m_page->kiosk(), "kiosk-break");
    m_page->kiosk()->close();
    QVERIFY(QTest::qWaitFor([&] { return m_page->kiosk() == nullptr; }));
    QVERIFY(QTest::qWaitFor(
        [&] { return m_desk->raters().size() == 1 && m_desk->raters().front().cast == 5; }));
}

QTEST_MAIN(TestReview)
#include "tst_review.moc"
