// SPDX-License-Identifier: GPL-3.0-or-later
// What a session keeps on the disk and what comes back: ads, marks, trash, queue, old projects.
#include "app/ad_folder.h"
#include "app/project_session.h"
#include "app/qt_types.h"
#include "app/session_files.h"

#include <QDir>
#include <QDirIterator>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace adtailor;

class TestProjectFiles final : public QObject
{
    Q_OBJECT

private slots:
    void keepsAdsTheirMarksAndTheTrash();
    void theQueueComesBackPaused();
    void aJobLeavesTheStoreWithItsAds();
    void aCrashKeepsTheRowsThatWereDrawn();
    void takesOverAnOldProjectOnce();
    void forgetsAPerson();

private:
    static AdItem ad(quint64 seed, const QString& personId = {});
    static OpenedProject stored(const QString& folder);
};

AdItem TestProjectFiles::ad(quint64 seed, const QString& personId)
{
    AdItem made;
    made.state = AdState::Done;
    made.drawn = 1;
    made.seed = seed;
    made.title = QStringLiteral("Ad %1").arg(seed);
    made.ad.seed = seed;
    made.ad.title = toStdString(made.title);
    made.ad.image = Image(8, 8, 3, std::vector<std::uint8_t>(192, static_cast<std::uint8_t>(seed)));
    made.picture = toQImage(made.ad.image);
    made.composite = made.picture;
    auto batch = std::make_shared<AdBatch>();
    batch->product = QStringLiteral("Lamp");
    batch->personId = personId;
    batch->person = personId.isEmpty() ? QString() : QStringLiteral("Marker-name");
    batch->request.brief.product.cutout = Image(16, 16, 4, std::vector<std::uint8_t>(1024, 255));
    made.batch = batch;
    return made;
}

OpenedProject TestProjectFiles::stored(const QString& folder)
{
    for (int attempt = 0; attempt < 100; ++attempt) { // the session closes it on its own thread
        Result<ProjectStore> store = ProjectStore::open(toPath(folder));
        if (store)
            return readProject(*store);
        QTest::qWait(20);
    }
    qFatal("the project stays locked");
}

void TestProjectFiles::keepsAdsTheirMarksAndTheTrash()
{
    const QTemporaryDir root;
    const QString folder = root.filePath(QStringLiteral("project"));
    ProjectSession session;
    session.startNew(folder);
    QSignalSpy kept(&session, &ProjectSession::stored);
    session.board().add({ ad(1), ad(2), ad(3) });
    QTRY_VERIFY(kept.count() > 0);
    session.board().star(0, true);
    session.adEdits().tag({ 1, 2 }, QStringLiteral("spring"), true);
    session.adEdits().tag({ 2 }, QStringLiteral("new"), true);
    session.adEdits().trash({ 3 }, true);
    QCOMPARE(session.board().ads().size(), 2U);
    session.undoStack().undo();
    session.undoStack().undo();
    QCOMPARE(session.board().ads().size(), 3U);
    QCOMPARE(session.board().model().at(1).tags, QStringList{ QStringLiteral("spring") });
    session.undoStack().redo();
    session.undoStack().redo();
    QTRY_COMPARE(session.saveState(), SaveState::Saved);
    session.startNew({});
    const OpenedProject project = stored(folder);
    QCOMPARE(project.ads.size(), 2U);
    QCOMPARE(project.lastNumber, 3);
    QVERIFY(project.ads[0].starred);
    QCOMPARE(project.ads[1].tags, (QStringList{ QStringLiteral("new"), QStringLiteral("spring") }));
    QCOMPARE(project.ads[1].ad.image, ad(2).ad.image);
    QVERIFY(!project.ads[1].composite.isNull());

    // Opened again, an ad of the trash comes back, and so does one that the board does not show.
    ProjectSession again;
    QSignalSpy opened(&again, &ProjectSession::opened);
    again.open(folder);
    QTRY_COMPARE(opened.count(), 1);
    again.adEdits().trash({ 3 }, false);
    QTRY_COMPARE(again.saveState(), SaveState::Saved);
    QSignalSpy shown(&again, &ProjectSession::adsShown);
    again.showAds({ 3, 1 });
    QTRY_COMPARE(shown.count(), 1);
    QCOMPARE(again.board().ads().size(), 3U);
    QCOMPARE(again.board().model().nextNumber(), 4);
}

void TestProjectFiles::theQueueComesBackPaused()
{
    const QTemporaryDir root;
    const QString folder = root.filePath(QStringLiteral("project"));
    AdBatch batch;
    batch.product = QStringLiteral("Lamp");
    batch.request.count = 3;
    {
        ProjectSession session;
        session.startNew(folder);
        session.queue().add(batch, false);
        batch.product = QStringLiteral("Fan");
        const qint64 running = session.queue().add(batch, true);
        session.queue().start(running, 17);
    } // as after a crash: nobody finished it
    ProjectSession session;
    QSignalSpy opened(&session, &ProjectSession::opened);
    session.open(folder);
    QTRY_COMPARE(opened.count(), 1);
    QCOMPARE(session.queue().rowCount(), 2);
    QCOMPARE(session.queue().entries()[0].batch.product, QStringLiteral("Fan"));
    QCOMPARE(session.queue().entries()[0].state, QueueEntry::State::Waiting);
    QCOMPARE(session.queue().entries()[0].attempts, 1);
    QCOMPARE(session.queue().waitingAds(), 6);
    QVERIFY(session.queue().isPaused());
    QVERIFY(!session.queue().next());
    session.queue().setPaused(false);
    QCOMPARE(session.queue().next()->batch.product, QStringLiteral("Fan"));
}

void TestProjectFiles::aJobLeavesTheStoreWithItsAds()
{
    const QTemporaryDir root;
    const QString folder = root.filePath(QStringLiteral("project"));
    ProjectSession session;
    session.startNew(folder);
    AdBatch batch;
    batch.request.count = 2;
    batch.request.brief.product.cutout = Image(16, 16, 4, std::vector<std::uint8_t>(1024, 255));
    const qint64 id = session.queue().add(batch, false);
    session.queue().start(id, 5);
    batch.id = 5;
    batch.job = id;
    session.board().begin(batch);
    QTRY_COMPARE(session.saveState(), SaveState::Saved);
    session.queue().finish(id);
    session.board().finish(5, { ad(1).ad, ad(2).ad }, {});
    QTRY_VERIFY(session.board().model().at(0).saved && session.board().model().at(1).saved);
    QTRY_COMPARE(session.saveState(), SaveState::Saved);
    session.startNew({});
    const OpenedProject project = stored(folder);
    QCOMPARE(project.ads.size(), 2U);
    QVERIFY(project.jobs.empty());
}

void TestProjectFiles::aCrashKeepsTheRowsThatWereDrawn()
{
    const QTemporaryDir root;
    const QString folder = root.filePath(QStringLiteral("project"));
    ProjectSession session;
    session.startNew(folder);
    AdBatch batch;
    batch.request.count = 1;
    batch.job = session.queue().add(batch, false);
    batch.id = 5;
    session.queue().start(batch.job, batch.id);
    session.board().begin(batch);
    Progress progress;
    progress.stage = Stage::Image;
    progress.done = 64;
    progress.total = 256;
    progress.titles = { "Warm" };
    progress.previews = { Image(16, 16, 3, std::vector<std::uint8_t>(768, 90)) };
    progress.previewRows = 4;
    session.board().update(5, progress, 16);
    session.keeper().keepPartial();
    QTRY_COMPARE(session.saveState(), SaveState::Saved);
    QCOMPARE(session.board().model().at(0).state, AdState::Drawing); // here it goes on
    session.startNew({});
    const OpenedProject project = stored(folder);
    QCOMPARE(project.ads.size(), 1U);
    QCOMPARE(project.ads[0].state, AdState::Draft);
    QCOMPARE(project.ads[0].title, QStringLiteral("Warm"));
    QCOMPARE(project.ads[0].drawn, 0.25);
    QCOMPARE(project.ads[0].picture.pixel(3, 3), qRgb(90, 90, 90));
    QCOMPARE(qAlpha(project.ads[0].picture.pixel(3, 12)), 0); // not drawn
    QCOMPARE(project.jobs.size(), 1U); // and it is made again when the queue goes on
}

void TestProjectFiles::takesOverAnOldProjectOnce()
{
    const QTemporaryDir root;
    const QDir folder(root.path());
    QVERIFY(folder.mkpath(QStringLiteral("A-0004")));
    AdItem old = ad(9);
    old.number = 4;
    QVERIFY(saveAdItem(old, folder.filePath(QStringLiteral("A-0004"))).has_value());
    QFile file(folder.filePath(QStringLiteral("session.json")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(R"({"version":1,"description":"Old lamp","selling_points":["warm"],"draw_seed":7,
        "settings":{"seed":"12345678901234567890","guidance":4.5},"person":"lin",
        "excluded":{"lin":[2]},
        "ads":[{"number":4,"starred":true,"draft":false,"drawn":1,"person":"Lin Wei"}]})");
    file.close();
    const OpenedProject project = stored(root.path());
    QCOMPARE(project.session.brief.description, QStringLiteral("Old lamp"));
    QCOMPARE(project.session.settings.seed, 12345678901234567890ULL);
    QCOMPARE(project.session.excluded.at(QStringLiteral("lin")), QSet<int>{ 2 });
    QCOMPARE(project.session.drawSeed, 7U);
    QCOMPARE(project.ads.size(), 1U);
    QCOMPARE(project.ads[0].number, 4);
    QVERIFY(project.ads[0].starred);
    QCOMPARE(project.ads[0].batch->person, QStringLiteral("Lin Wei"));
    QCOMPARE(project.ads[0].ad.image, old.ad.image);
    QVERIFY(!folder.exists(QStringLiteral("session.json")));
    QVERIFY(folder.exists(QStringLiteral("imported/A-0004/ad-9.json"))); // kept, not read again
    QCOMPARE(stored(root.path()).ads.size(), 1U);
}

void TestProjectFiles::forgetsAPerson()
{
    const QTemporaryDir root;
    const QString folder = root.filePath(QStringLiteral("project"));
    const QString id = QStringLiteral("0123456789abcdef");
    ProjectSession session;
    session.startNew(folder);
    Person marta;
    marta.id = id;
    marta.name = QStringLiteral("Marta");
    marta.consent = Consent::Given;
    marta.clicks.resize(3);
    session.setPeople({ marta });
    session.choosePerson(0);
    session.includeClick(1, false);
    session.board().add({ ad(1, id), ad(2) });
    AdBatch batch;
    batch.personId = id;
    batch.person = QStringLiteral("Marker-name");
    session.queue().add(batch, false);
    QTRY_COMPARE(session.saveState(), SaveState::Saved);
    session.forgetPerson(id);
    QVERIFY(!session.undoStack().canUndo());
    QCOMPARE(session.board().ads().size(), 1U);
    QCOMPARE(session.queue().rowCount(), 0);
    bool erased = false;
    session.disk()
        .ask([id](ProjectStore& store) {
            eraseFromProject(store, id);
            return true;
        })
        .then(this, [&erased](const Result<bool>& done) { erased = done.has_value(); });
    QTRY_VERIFY(erased);
    QByteArray all;
    for (QDirIterator walk(folder, QDir::Files, QDirIterator::Subdirectories); walk.hasNext();) {
        QFile part(walk.next());
        QVERIFY(part.open(QIODevice::ReadOnly));
        all += part.readAll();
    }
    QVERIFY(all.contains("Ad 2"));
    QVERIFY(!all.contains("Marker-name"));
    QVERIFY(!all.contains(id.toLatin1()));
}

QTEST_MAIN(TestProjectFiles)
#include "tst_project_files.moc"
