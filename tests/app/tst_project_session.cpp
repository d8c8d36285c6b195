// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/project_session.h"
#include "app/session_files.h"

#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace adtailor;

class TestProjectSession final : public QObject
{
    Q_OBJECT

private slots:
    void undoesEveryEditOfTheBrief();
    void typingIsOneStep();
    void includesAndLeavesOutClicks();
    void withoutConsentThereIsNoHistory();
    void buildsTheRequest();
    void mapsTheDrawToTheClicks();
    void savesAndOpensAProject();
    void savesAgainAfterAFailure();
    void refusesADamagedProject();
    void placesTheProductWithoutChangingIt();
    void undoesSettingsAndTheChoiceOfAPerson();

private:
    static Person person(Consent consent, int clicks);
    static std::shared_ptr<const ProductPicture> picture();
};

Person TestProjectSession::person(Consent consent, int clicks)
{
    Person made{ QStringLiteral("lin"), QStringLiteral("Lin Wei"), {}, consent, {}, {} };
    for (int i = 0; i < clicks; ++i)
        made.clicks.push_back({ QStringLiteral("click %1").arg(i),
                                Image(1, 1, 3, { static_cast<std::uint8_t>(i), 0, 0 }),
                                {},
                                {} });
    return made;
}

std::shared_ptr<const ProductPicture> TestProjectSession::picture()
{
    auto made = std::make_shared<ProductPicture>();
    made->fileName = QStringLiteral("lamp.png");
    made->fileSize = QSize(40, 60);
    made->product = Image(20, 40, 4, std::vector<std::uint8_t>(20 * 40 * 4, 255));
    made->preview = QImage(20, 40, QImage::Format_ARGB32_Premultiplied);
    made->preview.fill(Qt::white);
    made->coverage = 0.33;
    return made;
}

void TestProjectSession::undoesEveryEditOfTheBrief()
{
    ProjectSession session;
    session.startNew({});
    QCOMPARE(session.gaps().size(), 3);
    BriefState brief;
    brief.description = QStringLiteral("Lamp");
    session.editBrief(BriefField::Description, brief);
    brief.sellingPoints = { QStringLiteral("warm") };
    session.editBrief(BriefField::SellingPoints, brief);
    session.setPicture(picture());
    QVERIFY(session.gaps().isEmpty());
    session.undoStack().undo();
    QCOMPARE(session.gaps(), QList<BriefGap>{ BriefGap::Picture });
    session.undoStack().undo();
    session.undoStack().undo();
    QVERIFY(session.brief().description.isEmpty());
    QVERIFY(!session.undoStack().canUndo());
    session.undoStack().redo();
    QCOMPARE(session.brief().description, QStringLiteral("Lamp"));
}

void TestProjectSession::typingIsOneStep()
{
    ProjectSession session;
    session.startNew({});
    BriefState brief;
    for (const char16_t letter : u"Lamp") {
        if (!letter)
            break;
        brief.description += QChar(letter);
        session.editBrief(BriefField::Description, brief);
    }
    QCOMPARE(session.undoStack().count(), 1);
    session.endEdit();
    brief.description += QStringLiteral("!");
    session.editBrief(BriefField::Description, brief);
    QCOMPARE(session.undoStack().count(), 2);
    session.undoStack().undo();
    QCOMPARE(session.brief().description, QStringLiteral("Lamp"));
}

void TestProjectSession::includesAndLeavesOutClicks()
{
    ProjectSession session;
    session.startNew({});
    session.setPeople({ person(Consent::Given, 4) });
    session.choosePerson(0);
    QSignalSpy changed(&session, &ProjectSession::historyChanged);
    session.history().setData(session.history().index(0), Qt::Unchecked, Qt::CheckStateRole);
    QCOMPARE(session.includedClicks(), (std::vector<int>{ 0, 1, 2 }));
    QCOMPARE(changed.count(), 1);
    session.undoStack().undo();
    QCOMPARE(session.includedClicks().size(), 4U);
    session.includeClick(1, false);
    session.choosePerson(-1);
    QVERIFY(!session.usesHistory());
    session.choosePerson(0);
    QCOMPARE(session.includedClicks(), (std::vector<int>{ 0, 2, 3 })); // remembered
    session.includeAll();
    QCOMPARE(session.includedClicks().size(), 4U);
}

void TestProjectSession::withoutConsentThereIsNoHistory()
{
    ProjectSession session;
    session.startNew({});
    for (const Consent consent : { Consent::NotAsked, Consent::Withdrawn }) {
        session.setPeople({ person(consent, 6) });
        session.choosePerson(-1);
        session.choosePerson(0);
        QCOMPARE(session.history().rowCount(), 0);
        QVERIFY(!session.usesHistory());
        QVERIFY(session.request().brief.history.empty());
    }
}

void TestProjectSession::buildsTheRequest()
{
    ProjectSession session;
    session.startNew({});
    session.setPeople({ person(Consent::Fictional, 3) });
    session.choosePerson(0);
    session.includeClick(1, false);
    BriefState brief;
    brief.description = QStringLiteral("  A\n lamp ");
    brief.sellingPoints = { QStringLiteral("暖光") };
    session.editBrief(BriefField::Description, brief);
    session.editBrief(BriefField::SellingPoints, brief);
    session.setPicture(picture());
    RunSettings settings;
    settings.ads = 3;
    settings.seed = 77;
    settings.lockTitle = true;
    settings.title = QStringLiteral(" Warm ");
    session.setSettings(settings);
    GenerationRequest request = session.request();
    QCOMPARE(request.brief.product.title, std::string("A lamp"));
    QCOMPARE(request.brief.product.sellingPoints[0], std::string("暖光"));
    QCOMPARE(request.brief.history.size(), 2U);
    QCOMPARE(request.brief.history[1].title, std::string("click 2"));
    QCOMPARE(request.count, 3);
    QCOMPARE(request.seed, 77U);
    QCOMPARE(*request.title, std::string("Warm"));
    QCOMPARE(request.brief.product.cutout.width(), request.brief.product.cutout.height());
    settings.useHistory = false;
    settings.lockTitle = false;
    session.setSettings(settings);
    request = session.request();
    QVERIFY(request.brief.history.empty());
    QVERIFY(!request.title);
}

void TestProjectSession::mapsTheDrawToTheClicks()
{
    ProjectSession session;
    session.startNew({});
    session.setPeople({ person(Consent::Given, 4) });
    session.choosePerson(0);
    PreferenceProfile profile;
    profile.similarities = { 0.1F, 0.9F };
    profile.similarityMethod = "all-MiniLM-L6-v2";
    profile.items = { { 1, 0.9F, {}, {}, {} }, { 0, 0.1F, {}, {}, {} }, { 1, 0.9F, {}, {}, {} } };
    session.setProfile(profile, { 1, 3 }); // clicks 1 and 3 were sent
    QVERIFY(!session.history().similarity(0));
    QVERIFY(std::abs(*session.history().similarity(3) - 0.9) < 1e-6);
    QCOMPARE(session.history().readCount(), 2);
    QCOMPARE(session.similarityMethod(), QStringLiteral("all-MiniLM-L6-v2"));
}

void TestProjectSession::savesAndOpensAProject()
{
    QTemporaryDir root;
    const QString folder = root.filePath(QStringLiteral("project"));
    {
        ProjectSession session;
        session.startNew(folder);
        session.setPeople({ person(Consent::Given, 4) });
        session.choosePerson(0);
        session.includeClick(2, false);
        BriefState brief;
        brief.description = QStringLiteral("Lamp, 台灯");
        brief.sellingPoints = { QStringLiteral("warm"), QStringLiteral("steel") };
        brief.placement = { 0.4, 0.45, 0.9 };
        for (const BriefField field :
             { BriefField::Description, BriefField::SellingPoints, BriefField::Placement })
            session.editBrief(field, brief);
        session.setPicture(picture());
        RunSettings settings;
        settings.seed = 0xFFFFFFFFFFULL;
        settings.guidance = 3.5;
        session.setSettings(settings);
    } // saved when it goes
    ProjectSession session;
    session.setPeople({ person(Consent::Given, 4) });
    QSignalSpy opened(&session, &ProjectSession::opened);
    connect(&session, &ProjectSession::failed, this,
            [](const Error& error) { QFAIL(error.detail.c_str()); });
    session.open(folder);
    QTRY_COMPARE(opened.count(), 1); // may be answered before open() returns
    QCOMPARE(session.brief().description, QStringLiteral("Lamp, 台灯"));
    QCOMPARE(session.brief().sellingPoints.size(), 2);
    QCOMPARE(session.brief().placement, (Placement{ 0.4, 0.45, 0.9 }));
    QVERIFY(session.brief().picture);
    QCOMPARE(session.brief().picture->product.height(), 40);
    QCOMPARE(session.settings().seed, 0xFFFFFFFFFFULL);
    QCOMPARE(session.settings().guidance, 3.5);
    QCOMPARE(session.includedClicks(), (std::vector<int>{ 0, 1, 3 }));
}

void TestProjectSession::savesAgainAfterAFailure()
{
    QTemporaryDir folder;
    const QString place = folder.filePath(QStringLiteral("project"));
    QFile inTheWay(place);
    QVERIFY(inTheWay.open(QIODevice::WriteOnly));
    ProjectSession session;
    QSignalSpy failed(&session, &ProjectSession::failed);
    session.startNew(place);
    BriefState brief;
    brief.description = QStringLiteral("Lamp");
    session.editBrief(BriefField::Description, brief);
    QCOMPARE(session.saveState(), SaveState::Pending);
    QTRY_COMPARE(session.saveState(), SaveState::Failed);
    brief.description = QStringLiteral("Lamps");
    session.editBrief(BriefField::Description, brief);
    QCOMPARE(session.saveState(), SaveState::Failed); // until it is whole on the disk
    QVERIFY(inTheWay.remove());
    QTRY_COMPARE_WITH_TIMEOUT(session.saveState(), SaveState::Saved, 20'000);
    QCOMPARE(failed.count(), 1);
    QString description;
    session.disk()
        .ask([](ProjectStore& store) { return readProject(store).session.brief.description; })
        .then(this, [&description](const Result<QString>& text) { description = *text; });
    QTRY_COMPARE(description, QStringLiteral("Lamps"));
}

void TestProjectSession::refusesADamagedProject()
{
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("session.json")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{\"version\": 1, \"desc");
    file.close();
    ProjectSession session;
    QSignalSpy failed(&session, &ProjectSession::failed);
    session.open(folder.path());
    QTRY_COMPARE(failed.count(), 1);
    QCOMPARE(qvariant_cast<Error>(failed[0][0]).code, ErrorCode::FileCorrupt);
    QVERIFY(!session.isOpen());
}

void TestProjectSession::placesTheProductWithoutChangingIt()
{
    std::vector<std::uint8_t> pixels;
    for (int i = 0; i < 30 * 50 * 4; ++i)
        pixels.push_back(static_cast<std::uint8_t>(i * 31));
    const Image product(30, 50, 4, pixels);
    const Image placed = placeProduct(product, { 0.5, 0.5, 0.8 });
    QCOMPARE(placed.width(), 100);
    QCOMPARE(placed.height(), 100);
    for (int y = 0; y < 50; ++y)
        QVERIFY(std::equal(product.row(y), product.row(y) + 30 * 4, placed.row(30 + y) + 35 * 4));
    // Half out of the frame is cut, never out of bounds.
    QCOMPARE(placeProduct(product, { 0.5, 0.0, 0.1 }).width(), 100);
    QCOMPARE(placeProduct(product, { 0.01, 0.5, 0.8 }).width(), 500); // not smaller than a tenth
}

void TestProjectSession::undoesSettingsAndTheChoiceOfAPerson()
{
    ProjectSession session;
    session.startNew({});
    session.setPeople({ person(Consent::Given, 3) });
    session.choosePerson(0);
    RunSettings settings;
    for (const double guidance : { 3.0, 4.0, 5.0 }) {
        settings.guidance = guidance;
        session.setSettings(settings);
    }
    session.setDrawSeed(7);
    QCOMPARE(session.undoStack().count(), 3); // a drag of the slider is one step
    QVERIFY(!session.undoStack().undoText().isEmpty());
    session.undoStack().undo();
    QCOMPARE(session.drawSeed(), 42U);
    session.undoStack().undo();
    QCOMPARE(session.settings(), RunSettings());
    session.undoStack().undo();
    QVERIFY(!session.person());
    session.undoStack().redo();
    QCOMPARE(session.person()->name, QStringLiteral("Lin Wei"));
}

QTEST_MAIN(TestProjectSession)
#include "tst_project_session.moc"
