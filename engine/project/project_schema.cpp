// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/project_schema.h"

#include <array>

namespace adtailor {

namespace {

constexpr std::int64_t projectApplication = 0x41645470; // "AdTp"

// Records stand apart from what lists read: a search then touches few pages. The trigram index
// finds parts of words in any language, Chinese among them.
constexpr const char* firstTables = R"(
CREATE TABLE project(name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE ad(
    number INTEGER PRIMARY KEY,
    created INTEGER NOT NULL,
    trashed INTEGER NOT NULL DEFAULT 0,
    state TEXT NOT NULL,
    title TEXT NOT NULL,
    product TEXT NOT NULL,
    person_id TEXT NOT NULL,
    person TEXT NOT NULL,
    seed INTEGER NOT NULL,
    starred INTEGER NOT NULL DEFAULT 0,
    thumbnail TEXT NOT NULL) STRICT;
CREATE INDEX ad_by_trash ON ad(trashed, number);
CREATE INDEX ad_by_person ON ad(person_id);
CREATE TABLE ad_record(
    number INTEGER PRIMARY KEY REFERENCES ad ON DELETE CASCADE,
    drawn REAL NOT NULL,
    record TEXT NOT NULL) STRICT;
CREATE TABLE tag(
    number INTEGER NOT NULL REFERENCES ad ON DELETE CASCADE,
    name TEXT NOT NULL,
    PRIMARY KEY(number, name)) STRICT, WITHOUT ROWID;
CREATE INDEX tag_by_name ON tag(name, number);
CREATE VIRTUAL TABLE ad_text USING fts5(title, product, person, tags, tokenize = 'trigram');
CREATE TABLE job(
    id INTEGER PRIMARY KEY,
    position INTEGER NOT NULL,
    state INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    product TEXT NOT NULL,
    person_id TEXT NOT NULL,
    person TEXT NOT NULL,
    error TEXT NOT NULL,
    request TEXT NOT NULL) STRICT;
)";

// What is laid over an ad's picture for the channels, in a form of the studio's own.
constexpr const char* finishTable = R"(
CREATE TABLE ad_finish(
    number INTEGER PRIMARY KEY REFERENCES ad ON DELETE CASCADE,
    document TEXT NOT NULL) STRICT;
)";

constexpr std::array projectMigrations{ firstTables, finishTable };

} // namespace

const Database::Kind& projectKind()
{
    static const Database::Kind kind{ projectApplication, projectMigrations };
    return kind;
}

} // namespace adtailor
