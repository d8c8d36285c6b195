// People of a file or folder of the user's: PAd1M JSON, JSON Lines, CSV, a folder with
// persona.json, or a folder of pictures with their titles in .txt files. SPDX-License-Identifier:
// GPL-3.0-or-later
#pragma once

#include "app/person.h"

#include <adtailor/people_store.h>

namespace adtailor {

struct PeopleFile
{
    struct Click
    {
        std::string title;
        std::filesystem::path picture;
    };
    struct Entry
    {
        std::string name;
        std::string about;
        bool fictional = false; // persona.json says so: nobody has to be asked
        std::vector<Click> clicks; // oldest first
    };
    QString path;
    std::vector<Entry> people;
    int rowsLeftOut = 0; // that could not be read
    QString firstFault; // why, of the first
    int clicks() const;
};

// Reads who is in it and where their pictures lie; stores nothing. Heavy, so it runs on the pool.
Result<PeopleFile> readPeopleFile(const QString& path);
// Stores them. Of people who have not agreed only the name is kept. Throws Failure.
void storePeople(PeopleStore& store, const PeopleFile& file, bool agreed, const std::string& today);
Person personOf(const StoredPerson& stored, const PeopleStore& store);
// persona.json and pictures, which readPeopleFile takes again. Throws Failure.
void exportPerson(const StoredPerson& person, const PeopleStore& store, const QString& folder);

} // namespace adtailor
