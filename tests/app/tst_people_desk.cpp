// SPDX-License-Identifier: GPL-3.0-or-later
// People of files: asked before anything is stored, exported whole, erased without a trace.
#include "app/pages/consent_section.h"
#include "app/pages/erase_dialog.h"
#include "app/people_desk.h"
#include "app/project_session.h"
#include "app/session_files.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace adtailor;

class TestPeopleDesk final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init();
    void withoutConsentOnlyNamesAreKept();
    void consentCanBeRecordedAndWithdrawn();
    void exportedPeopleComeBackTheSame();
    void erasureLeavesNothing();
    void aDamagedProjectKeepsThePersonListed();
    void refusesWhatNamesNobody();
    void theEraseButtonNeedsTheName();

private:
    QString table() const { return m_root->filePath(QStringLiteral("crm.csv")); }
    QString store() const { return m_root->filePath(QStringLiteral("people")); }
    void importTable(PeopleDesk& desk, bool agreed);
    static int count(const QString& folder, const QByteArray& marker);

    std::unique_ptr<QTemporaryDir> m_root;
};

// Two users, one with two rows, and a row whose picture is missing.
void TestPeopleDesk::init()
{
    m_root = std::make_unique<QTemporaryDir>();
    const QString samples = QStringLiteral(ADTAILOR_RESOURCES "/samples/");
    for (const char* name : { "headphones_neon-tech_0.jpg", "coffee-cup_neon-tech_0.jpg" })
        QVERIFY(QFile::copy(samples + QStringLiteral("lin/") + QLatin1String(name),
                            m_root->filePath(QLatin1String(name))));
    QVERIFY(QFile::copy(samples + QStringLiteral("coffee-machine.png"),
                        m_root->filePath(QStringLiteral("cut.png"))));
    QFile file(table());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(
        "user_id,f_path_trans,sku_title_cn,wordList,max_ratio,history_images,history_titles\n"
        "Marta,cut.png,Machine,red,0.5,headphones_neon-tech_0.jpg,Marker-one\n"
        "Marta,cut.png,Machine,red,0.5,headphones_neon-tech_0.jpg|coffee-cup_neon-tech_0.jpg,"
        "Marker-one|Marker-two\n"
        "Deniz,cut.png,Machine,red,0.5,coffee-cup_neon-tech_0.jpg,Marker-three\n"
        "Aiko,cut.png,Machine,red,0.5,missing.jpg,Marker-four\n");
}

int TestPeopleDesk::count(const QString& folder, const QByteArray& marker)
{
    int found = 0;
    for (QDirIterator walk(folder, QDir::Files, QDirIterator::Subdirectories); walk.hasNext();) {
        QFile file(walk.next());
        if (file.open(QIODevice::ReadOnly))
            found += static_cast<int>(file.readAll().count(marker));
    }
    return found;
}

void TestPeopleDesk::importTable(PeopleDesk& desk, bool agreed)
{
    PeopleFile read;
    const auto connection = connect(&desk, &PeopleDesk::importReady, this,
                                    [&read](const PeopleFile& file) { read = file; });
    const auto problem = connect(&desk, &PeopleDesk::failed, this,
                                 [](const Error& error) { qWarning("%s", error.detail.c_str()); });
    desk.lookInto(table());
    QTRY_COMPARE(read.people.size(), 2U);
    QCOMPARE(read.rowsLeftOut, 1);
    QVERIFY(!read.firstFault.isEmpty());
    QVERIFY(!QDir(store()).exists()); // nothing is stored before the answer
    QSignalSpy imported(&desk, &PeopleDesk::imported);
    desk.import(read, agreed);
    QTRY_COMPARE(imported.count(), 1);
    disconnect(connection);
    disconnect(problem);
}

void TestPeopleDesk::withoutConsentOnlyNamesAreKept()
{
    ProjectSession session;
    PeopleDesk desk(store(), session);
    importTable(desk, false);
    QCOMPARE(desk.people().size(), 2U);
    const Person& marta = desk.people()[1];
    QCOMPARE(marta.name, QStringLiteral("Marta"));
    QCOMPARE(marta.consent, Consent::NotAsked);
    QCOMPARE(marta.leftOut, 2);
    QVERIFY(marta.clicks.empty());
    QCOMPARE(marta.source, QStringLiteral("crm.csv"));
    QCOMPARE(count(store(), "Marker-"), 0);
    QVERIFY(!QDir(store() + QStringLiteral("/images")).exists());
}

void TestPeopleDesk::consentCanBeRecordedAndWithdrawn()
{
    ProjectSession session;
    PeopleDesk desk(store(), session);
    importTable(desk, true);
    const QString id = desk.people()[1].id;
    QCOMPARE(desk.people()[1].clicks.size(), 2U);
    QCOMPARE(desk.people()[1].consentDate, QDate::currentDate());
    QSignalSpy derived(&desk, &PeopleDesk::derived);
    desk.listDerived(id);
    QTRY_COMPARE(derived.count(), 1);
    QCOMPARE(derived[0][1].value<DerivedFromPerson>().clicks, 2);
    QSignalSpy erased(&desk, &PeopleDesk::erased);
    desk.withdraw(id);
    QTRY_COMPARE(erased.count(), 1);
    QCOMPARE(desk.people()[1].consent, Consent::Withdrawn);
    QVERIFY(desk.people()[1].clicks.empty());
    QCOMPARE(count(store(), "Marker-two"), 0);
    QVERIFY(count(store(), "Marker-three") > 0); // of the other
    QSignalSpy changed(&desk, &PeopleDesk::changed);
    desk.giveConsent(id, QDate(2026, 11, 3));
    QTRY_COMPARE(changed.count(), 1);
    QCOMPARE(desk.people()[1].consent, Consent::Given);
    QCOMPARE(desk.people()[1].consentDate, QDate(2026, 11, 3));
}

void TestPeopleDesk::exportedPeopleComeBackTheSame()
{
    ProjectSession session;
    PeopleDesk desk(store(), session);
    importTable(desk, true);
    const Person before = desk.people()[1];
    const QString out = m_root->filePath(QStringLiteral("out"));
    QSignalSpy exported(&desk, &PeopleDesk::exported);
    desk.exportTo(before.id, out);
    QTRY_COMPARE(exported.count(), 1);
    desk.erase(before.id);
    QTRY_COMPARE(desk.people().size(), 1U);
    PeopleFile read;
    connect(&desk, &PeopleDesk::importReady, this,
            [&read](const PeopleFile& file) { read = file; });
    desk.lookInto(out);
    QTRY_COMPARE(read.people.size(), 1U);
    desk.import(read, true);
    QTRY_COMPARE(desk.people().size(), 2U);
    const Person& after = desk.people()[1];
    QCOMPARE(after.name, before.name);
    QVERIFY(after.id != before.id);
    QCOMPARE(after.clicks.size(), before.clicks.size());
    for (std::size_t i = 0; i < before.clicks.size(); ++i) {
        QCOMPARE(after.clicks[i].title, before.clicks[i].title);
        QVERIFY(after.clicks[i].image == before.clicks[i].image);
    }
}

void TestPeopleDesk::erasureLeavesNothing()
{
    const QString folder = m_root->filePath(QStringLiteral("project"));
    ProjectSession session;
    session.startNew(folder);
    PeopleDesk desk(store(), session);
    importTable(desk, true);
    const Person marta = desk.people()[1];
    AdItem ad;
    ad.state = AdState::Done;
    ad.picture = QImage(8, 8, QImage::Format_RGB32);
    ad.picture.fill(Qt::red);
    ad.composite = ad.picture;
    auto batch = std::make_shared<AdBatch>();
    batch->personId = marta.id;
    batch->person = QStringLiteral("Marta");
    batch->request.brief.history = { { marta.clicks[0].image, "Marker-one" } };
    ad.batch = batch;
    session.board().add({ ad });
    QTRY_COMPARE(session.saveState(), SaveState::Saved);
    QVERIFY(count(folder, "Marker-one") > 0);
    QSignalSpy derived(&desk, &PeopleDesk::derived);
    desk.listDerived(marta.id);
    QTRY_COMPARE(derived.count(), 1);
    QCOMPARE(derived[0][1].value<DerivedFromPerson>().ads, 1);
    desk.erase(marta.id);
    QTRY_COMPARE(desk.people().size(), 1U);
    QTRY_COMPARE(count(folder, "Marker-one"), 0);
    QTRY_COMPARE(count(folder, marta.id.toLatin1()), 0);
    QCOMPARE(count(store(), "Marta"), 0);
    QVERIFY(session.board().ads().empty());
}

// What is left there could not be erased, so it must be possible to try again.
void TestPeopleDesk::aDamagedProjectKeepsThePersonListed()
{
    ProjectSession session;
    PeopleDesk desk(store(), session);
    importTable(desk, true);
    const QDir broken(sessionsFolder() + QStringLiteral("/broken"));
    QVERIFY(broken.mkpath(QStringLiteral(".")));
    QFile file(broken.filePath(QStringLiteral("project.db")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(5000, 'x'));
    file.close();
    QSignalSpy failed(&desk, &PeopleDesk::failed);
    QSignalSpy erased(&desk, &PeopleDesk::erased);
    desk.erase(desk.people()[0].id);
    QTRY_COMPARE(failed.count(), 1);
    QCOMPARE(desk.people().size(), 2U);
    QVERIFY(QDir(broken.path()).removeRecursively());
    desk.erase(desk.people()[0].id);
    QTRY_COMPARE(erased.count(), 1);
    QCOMPARE(desk.people().size(), 1U);
}

void TestPeopleDesk::refusesWhatNamesNobody()
{
    QFile file(table());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("not,a,history\n1,2,3\n");
    file.close();
    ProjectSession session;
    PeopleDesk desk(store(), session);
    QSignalSpy failed(&desk, &PeopleDesk::failed);
    desk.lookInto(table());
    QTRY_COMPARE(failed.count(), 1);
    desk.lookInto(m_root->filePath(QStringLiteral("nothing")));
    QTRY_COMPARE(failed.count(), 2);
    QVERIFY(!QDir(store()).exists());
}

void TestPeopleDesk::theEraseButtonNeedsTheName()
{
    EraseDialog dialog(QStringLiteral("Marta"), QStringLiteral("2 clicks"));
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    QPushButton* erase = dialog.findChildren<QPushButton*>().last();
    QVERIFY(!erase->isEnabled());
    QTest::keyClicks(dialog.findChild<QLineEdit*>(), QStringLiteral("Mart"));
    QVERIFY(!erase->isEnabled());
    QTest::keyClicks(dialog.findChild<QLineEdit*>(), QStringLiteral("a"));
    QVERIFY(erase->isEnabled());
    QSignalSpy accepted(&dialog, &QDialog::accepted);
    erase->click();
    QCOMPARE(accepted.count(), 1);
}

QTEST_MAIN(TestPeopleDesk)
#include "tst_people_desk.moc"
