// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/failure.h"
#include "project/database.h"
#include "project/picture_folder.h"

#include <adtailor/imaging.h>
#include <adtailor/people_store.h>

#include <algorithm>
#include <array>
#include <random>

namespace fs = std::filesystem;

namespace adtailor {

namespace {

constexpr std::int64_t peopleApplication = 0x4164546f; // "AdTo"

constexpr std::array peopleMigrations{ R"(
CREATE TABLE person(
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    about TEXT NOT NULL,
    consent INTEGER NOT NULL,
    consent_date TEXT NOT NULL,
    added TEXT NOT NULL,
    source TEXT NOT NULL,
    left_out INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE click(
    person TEXT NOT NULL REFERENCES person ON DELETE CASCADE,
    place INTEGER NOT NULL,
    title TEXT NOT NULL,
    picture TEXT NOT NULL,
    date TEXT NOT NULL,
    PRIMARY KEY(person, place)) STRICT, WITHOUT ROWID;
CREATE TABLE erasing(unfinished INTEGER NOT NULL) STRICT;
)" };

} // namespace

struct PeopleStore::Parts
{
    explicit Parts(const fs::path& folder)
        : database(madePrivateFolder(folder) / "people.db",
                   Database::Kind{ peopleApplication, peopleMigrations })
        , pictures(folder / "images")
    {
        if (database.prepare("SELECT 1 FROM erasing").next())
            finishErasing();
    }

    std::vector<StoredClick> clicks(const std::string& id)
    {
        std::vector<StoredClick> found;
        Statement row = database.prepare(
            "SELECT title, picture, date FROM click WHERE person = ? ORDER BY place");
        row.bind(std::string_view(id));
        while (row.next())
            found.push_back({ row.text(0), row.text(1), row.text(2) });
        return found;
    }

    void write(const StoredPerson& person)
    {
        database.prepare("DELETE FROM person WHERE id = ?").bind(std::string_view(person.id)).run();
        database.prepare("INSERT INTO person VALUES(?,?,?,?,?,?,?,?)")
            .bind(std::string_view(person.id))
            .bind(std::string_view(person.name))
            .bind(std::string_view(person.about))
            .bind(static_cast<std::int64_t>(person.consent))
            .bind(std::string_view(person.consentDate))
            .bind(std::string_view(person.added))
            .bind(std::string_view(person.source))
            .bind(person.leftOut)
            .run();
        std::int64_t place = 0;
        for (const StoredClick& click : person.clicks)
            database.prepare("INSERT INTO click VALUES(?,?,?,?,?)")
                .bind(std::string_view(person.id))
                .bind(++place)
                .bind(std::string_view(click.title))
                .bind(std::string_view(click.picture))
                .bind(std::string_view(click.date))
                .run();
    }

    void removeForGood(const std::function<void()>& remove)
    {
        database.transact([&] {
            remove();
            database.run("INSERT INTO erasing VALUES(1)");
        });
        finishErasing();
    }

    void finishErasing()
    {
        std::set<std::string> used;
        Statement row = database.prepare("SELECT picture FROM click");
        while (row.next())
            used.insert(row.text(0));
        pictures.removeAllBut(used);
        database.run("DELETE FROM erasing");
        database.forgetDeleted();
    }

    Database database;
    PictureFolder pictures;
};

PeopleStore::PeopleStore(std::unique_ptr<Parts> parts)
    : m_parts(std::move(parts))
{
}
PeopleStore::PeopleStore(PeopleStore&&) noexcept = default;
PeopleStore& PeopleStore::operator=(PeopleStore&&) noexcept = default;
PeopleStore::~PeopleStore() = default;

Result<PeopleStore> PeopleStore::open(const fs::path& folder)
{
    return guarded([&] { return PeopleStore(std::make_unique<Parts>(folder)); });
}

std::string PeopleStore::newId()
{
    constexpr const char* digits = "0123456789abcdef";
    constexpr int idDigits = 32;
    std::random_device random;
    std::string id;
    for (int i = 0; i < idDigits; ++i)
        id += digits[random() % 16];
    return id;
}

Result<std::vector<StoredPerson>> PeopleStore::people()
{
    return guarded([&] {
        std::vector<StoredPerson> found;
        Statement row = m_parts->database.prepare(
            "SELECT id, name, about, consent, consent_date, added, source, left_out FROM person"
            " ORDER BY name COLLATE NOCASE, id");
        while (row.next()) {
            StoredPerson person;
            person.id = row.text(0);
            person.name = row.text(1);
            person.about = row.text(2);
            person.consent = static_cast<StoredPerson::Consent>(
                std::clamp<std::int64_t>(row.integer(3), 0, 3));
            person.consentDate = row.text(4);
            person.added = row.text(5);
            person.source = row.text(6);
            person.leftOut = row.integer(7);
            if (person.allowsHistory())
                person.clicks = m_parts->clicks(person.id);
            found.push_back(std::move(person));
        }
        return found;
    });
}

Result<void> PeopleStore::save(const StoredPerson& person)
{
    return guarded([&] {
        if (!person.allowsHistory() && !person.clicks.empty())
            throw Failure(ErrorCode::InvalidInput,
                          "Clicks are stored only of people who agreed. Ask for consent first.");
        if (person.id.empty() || person.name.empty())
            throw Failure(ErrorCode::InvalidInput, "A person needs a name.");
        m_parts->database.transact([&] { m_parts->write(person); });
    });
}

Result<std::string> PeopleStore::addPicture(std::span<const std::byte> file)
{
    return guarded([&] {
        valueOrThrow(imaging::decode(file, "The picture of a click"));
        return m_parts->pictures.add(file);
    });
}

fs::path PeopleStore::picturePath(const std::string& name) const
{
    return m_parts->pictures.path(name);
}

Result<void> PeopleStore::withdraw(const std::string& id, const std::string& date)
{
    return guarded([&] {
        m_parts->removeForGood([&] {
            Database& database = m_parts->database;
            database.prepare("DELETE FROM click WHERE person = ?").bind(std::string_view(id)).run();
            database.prepare("UPDATE person SET consent = ?, consent_date = ? WHERE id = ?")
                .bind(static_cast<std::int64_t>(StoredPerson::Consent::Withdrawn))
                .bind(std::string_view(date))
                .bind(std::string_view(id))
                .run();
        });
    });
}

Result<void> PeopleStore::erase(const std::string& id)
{
    return guarded([&] {
        m_parts->removeForGood([&] {
            m_parts->database.prepare("DELETE FROM person WHERE id = ?")
                .bind(std::string_view(id))
                .run();
        });
    });
}

} // namespace adtailor
