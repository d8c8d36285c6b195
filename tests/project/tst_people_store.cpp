// SPDX-License-Identifier: GPL-3.0-or-later
// People on disk: no click without consent, none left after a withdrawal.
#include "tests/project/stored_bytes.h"

#include <adtailor/people_store.h>

#include <QTemporaryDir>
#include <QTest>

using namespace adtailor;

namespace {

std::filesystem::path pathOf(const QTemporaryDir& folder)
{
    return folder.path().toStdString();
}

} // namespace

class TestPeopleStore final : public QObject
{
    Q_OBJECT

private slots:
    void storesNoClickWithoutConsent();
    void withdrawalWipesTheClicks();
};

void TestPeopleStore::storesNoClickWithoutConsent()
{
    const QTemporaryDir folder;
    auto store = PeopleStore::open(pathOf(folder));
    QVERIFY(store.has_value());
    StoredPerson person{ .id = PeopleStore::newId(), .name = "Chen Hao" };
    person.clicks = { { "a click", "", "" } };
    using Consent = StoredPerson::Consent;
    for (const Consent consent : { Consent::NotAsked, Consent::Withdrawn }) {
        person.consent = consent;
        QVERIFY(!store->save(person).has_value());
    }
    QVERIFY(store->people()->empty());
    person.clicks.clear();
    QVERIFY(store->save(person).has_value());
    QCOMPARE(store->people()->size(), 1U);
    QVERIFY(PeopleStore::newId() != PeopleStore::newId());
    QCOMPARE(PeopleStore::newId().size(), 32U);
}

void TestPeopleStore::withdrawalWipesTheClicks()
{
    const QTemporaryDir folder;
    auto store = PeopleStore::open(pathOf(folder));
    QFile picture(QStringLiteral(ADTAILOR_RESOURCES)
                  + QStringLiteral("/samples/lin/headphones_neon-tech_0.jpg"));
    QVERIFY(picture.open(QIODevice::ReadOnly));
    const QByteArray bytes = picture.readAll();
    const auto name = store->addPicture(std::as_bytes(std::span(bytes.constData(), bytes.size())));
    QVERIFY(name.has_value());
    const QByteArray text = "no picture at all";
    QVERIFY(!store->addPicture(std::as_bytes(std::span(text.constData(), text.size()))));
    StoredPerson person{ .id = PeopleStore::newId(), .name = "Marta" };
    person.consent = StoredPerson::Consent::Given;
    person.consentDate = "2026-10-12";
    person.clicks = { { "Marker-click", *name, "2026-10-27" } };
    QVERIFY(store->save(person).has_value());
    QCOMPARE(store->people()->front().clicks.front().date, std::string("2026-10-27"));
    QVERIFY(store->withdraw(person.id, "2026-11-03").has_value());
    const StoredPerson left = store->people()->front();
    QCOMPARE(left.name, std::string("Marta"));
    QCOMPARE(left.consent, StoredPerson::Consent::Withdrawn);
    QCOMPARE(left.consentDate, std::string("2026-11-03"));
    QCOMPARE(bytesThatSay(folder.path(), "Marker-"), 0);
    QVERIFY(!std::filesystem::exists(store->picturePath(*name)));
    QVERIFY(store->erase(person.id).has_value());
    QCOMPARE(bytesThatSay(folder.path(), "Marta"), 0);
    QVERIFY(store->people()->empty());
}

QTEST_MAIN(TestPeopleStore)
#include "tst_people_store.moc"
