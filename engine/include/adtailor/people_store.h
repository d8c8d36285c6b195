// PeopleStore: the people of this computer, what each has agreed to, and the clicks of those who
// agreed. One folder with a database (people.db) and the pictures of the clicks (images/).
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/error.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace adtailor {

struct StoredClick
{
    std::string title;
    std::string picture; // name of a picture of the store
    std::string date; // 2026-10-27; empty: unknown
};

struct StoredPerson
{
    enum class Consent { NotAsked, Given, Withdrawn, Fictional };
    std::string id; // random, never made of the name
    std::string name;
    std::string about; // one sentence
    Consent consent = Consent::NotAsked;
    std::string consentDate; // of the answer; empty: not asked
    std::string added; // date
    std::string source; // the file it was imported from, without its folder
    std::int64_t leftOut = 0; // clicks that an import did not store, for want of consent
    std::vector<StoredClick> clicks; // oldest first

    bool allowsHistory() const
    {
        return consent == Consent::Given || consent == Consent::Fictional;
    }
};

// Errors as ProjectStore. The same rule everywhere: without consent no click is stored.
class PeopleStore
{
public:
    static Result<PeopleStore> open(const std::filesystem::path& folder);
    PeopleStore(PeopleStore&&) noexcept;
    PeopleStore& operator=(PeopleStore&&) noexcept;
    ~PeopleStore();

    static std::string newId(); // 128 random bits

    Result<std::vector<StoredPerson>> people(); // by name
    // Replaces one of the same id. InvalidInput when it has clicks without consent.
    Result<void> save(const StoredPerson& person);
    Result<std::string> addPicture(std::span<const std::byte> file); // PNG, JPEG or WebP
    std::filesystem::path picturePath(const std::string& name) const;
    // Clicks and pictures are gone from the disk; the name stays, as withdrawn on that date.
    Result<void> withdraw(const std::string& id, const std::string& date);
    Result<void> erase(const std::string& id);

private:
    struct Parts;
    explicit PeopleStore(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> m_parts;
};

} // namespace adtailor
