// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/project_tables.h"

#include "core/failure.h"
#include "project/project_schema.h"

#include <algorithm>
#include <bit>

namespace fs = std::filesystem;

namespace adtailor {

namespace {

constexpr const char* lastNumberKey = "last_number";
constexpr const char* erasingKey = "erasing"; // there while an erasure is not yet complete

std::string joined(const std::vector<std::string>& words)
{
    std::string text;
    for (const std::string& word : words)
        text += (text.empty() ? "" : "\n") + word;
    return text;
}

AdSummary summaryOf(const Statement& row)
{
    AdSummary ad;
    ad.number = row.integer(0);
    ad.created = row.integer(1);
    ad.trashed = row.integer(2);
    ad.state = row.text(3);
    ad.title = row.text(4);
    ad.product = row.text(5);
    ad.personId = row.text(6);
    ad.person = row.text(7);
    ad.seed = std::bit_cast<std::uint64_t>(row.integer(8));
    ad.starred = row.integer(9) != 0;
    ad.thumbnail = row.text(10);
    return ad;
}

constexpr const char* summaryColumns
    = "SELECT ad.number, created, trashed, state, title, product, person_id, person, seed, starred,"
      " thumbnail";

} // namespace

ProjectTables::ProjectTables(const fs::path& where)
    : folder(madePrivateFolder(where))
    , database(folder / databaseName, projectKind())
    , pictures(folder / picturesName)
{
    if (!value(erasingKey).empty())
        finishErasing();
}

std::string ProjectTables::value(const char* key)
{
    Statement row = database.prepare("SELECT value FROM project WHERE name = ?");
    row.bind(std::string_view(key));
    return row.next() ? row.text(0) : std::string();
}

void ProjectTables::setValue(const char* key, const std::string& text)
{
    database.prepare("INSERT OR REPLACE INTO project VALUES(?, ?)")
        .bind(std::string_view(key))
        .bind(std::string_view(text))
        .run();
}

std::int64_t ProjectTables::lastNumber()
{
    Statement row = database.prepare("SELECT CAST(value AS INTEGER) FROM project WHERE name = ?");
    row.bind(std::string_view(lastNumberKey));
    return row.next() ? row.integer(0) : 0;
}

std::vector<std::string> ProjectTables::tags(std::int64_t number)
{
    std::vector<std::string> names;
    Statement row = database.prepare("SELECT name FROM tag WHERE number = ? ORDER BY name");
    row.bind(number);
    while (row.next())
        names.push_back(row.text(0));
    return names;
}

void ProjectTables::indexText(std::int64_t number)
{
    const std::string words = joined(tags(number));
    database.prepare("DELETE FROM ad_text WHERE rowid = ?").bind(number).run();
    database
        .prepare("INSERT INTO ad_text(rowid, title, product, person, tags)"
                 " SELECT number, title, product, person, ? FROM ad WHERE number = ?")
        .bind(std::string_view(words))
        .bind(number)
        .run();
}

void ProjectTables::writeTags(std::int64_t number, const std::vector<std::string>& names)
{
    database.prepare("DELETE FROM tag WHERE number = ?").bind(number).run();
    for (const std::string& name : names)
        database.prepare("INSERT OR IGNORE INTO tag SELECT number, ? FROM ad WHERE number = ?")
            .bind(std::string_view(name))
            .bind(number)
            .run();
}

std::optional<AdSummary> ProjectTables::readSummary(std::int64_t number)
{
    Statement row = database.prepare(std::string(summaryColumns) + " FROM ad WHERE number = ?");
    row.bind(number);
    if (!row.next())
        return std::nullopt;
    AdSummary summary = summaryOf(row);
    summary.tags = tags(number);
    return summary;
}

AdRecord ProjectTables::readAd(std::int64_t number)
{
    Statement row = database.prepare(
        std::string(summaryColumns)
        + ", drawn, record, coalesce(document, '') FROM ad JOIN ad_record USING(number)"
          " LEFT JOIN ad_finish USING(number) WHERE ad.number = ?");
    row.bind(number);
    if (!row.next())
        throw Failure(ErrorCode::FileNotFound,
                      "Ad " + std::to_string(number) + " is not in the project any more.");
    AdRecord record;
    record.summary = summaryOf(row);
    record.summary.tags = tags(number);
    record.drawn = row.real(11);
    json.read(row.text(12), record);
    record.finish = row.text(13);
    return record;
}

// The pictures first: a row never names a file that is not there.
void ProjectTables::writeAd(const AdRecord& record)
{
    const AdSummary& ad = record.summary;
    if (ad.number < 1)
        throw Failure(ErrorCode::InvalidInput, "An ad without a number cannot be saved.");
    const std::string text = json.textOf(record);
    const std::string thumbnail
        = record.thumbnail.isEmpty() ? ad.thumbnail : pictures.addJpeg(record.thumbnail);
    database.transact([&] {
        database
            .prepare(
                "INSERT INTO ad VALUES(?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT(number) DO UPDATE SET"
                " created = excluded.created, trashed = excluded.trashed,"
                " state = excluded.state, title = excluded.title, product = excluded.product,"
                " person_id = excluded.person_id, person = excluded.person,"
                " seed = excluded.seed, starred = excluded.starred,"
                " thumbnail = excluded.thumbnail")
            .bind(ad.number)
            .bind(ad.created)
            .bind(ad.trashed)
            .bind(std::string_view(ad.state))
            .bind(std::string_view(ad.title))
            .bind(std::string_view(ad.product))
            .bind(std::string_view(ad.personId))
            .bind(std::string_view(ad.person))
            .bind(std::bit_cast<std::int64_t>(ad.seed))
            .bind(std::int64_t{ ad.starred })
            .bind(std::string_view(thumbnail))
            .run();
        database.prepare("INSERT OR REPLACE INTO ad_record VALUES(?, ?, ?)")
            .bind(ad.number)
            .bind(record.drawn)
            .bind(std::string_view(text))
            .run();
        if (!record.finish.empty())
            writeFinish(ad.number, record.finish);
        writeTags(ad.number, ad.tags);
        indexText(ad.number);
        if (ad.number > lastNumber())
            setValue(lastNumberKey, std::to_string(ad.number));
    });
}

void ProjectTables::writeFinish(std::int64_t number, const std::string& document)
{
    database.prepare("INSERT OR REPLACE INTO ad_finish SELECT number, ? FROM ad WHERE number = ?")
        .bind(std::string_view(document))
        .bind(number)
        .run();
}

void ProjectTables::writeJob(const QueuedJob& job)
{
    const std::string text = json.textOf(job.request);
    database
        .prepare("INSERT INTO job VALUES(?, (SELECT coalesce(max(position), 0) + 1 FROM job),"
                 " ?,?,?,?,?,?,?) ON CONFLICT(id) DO UPDATE SET state = excluded.state,"
                 " attempts = excluded.attempts, error = excluded.error")
        .bind(job.id)
        .bind(static_cast<std::int64_t>(job.state))
        .bind(std::int64_t{ job.attempts })
        .bind(std::string_view(job.product))
        .bind(std::string_view(job.personId))
        .bind(std::string_view(job.person))
        .bind(std::string_view(job.error))
        .bind(std::string_view(text))
        .run();
}

std::vector<QueuedJob> ProjectTables::readJobs()
{
    std::vector<QueuedJob> jobs;
    Statement row
        = database.prepare("SELECT id, state, attempts, product, person_id, person, error,"
                           " request FROM job ORDER BY position");
    while (row.next()) {
        QueuedJob job;
        job.id = row.integer(0);
        job.state = static_cast<QueuedJob::State>(std::clamp<std::int64_t>(row.integer(1), 0, 3));
        job.attempts = static_cast<int>(row.integer(2));
        job.product = row.text(3);
        job.personId = row.text(4);
        job.person = row.text(5);
        job.error = row.text(6);
        try {
            job.request = json.requestOf(row.text(7));
        } catch (const Failure& failure) { // the others go on
            job.state = QueuedJob::State::Failed;
            job.error = failure.what();
        }
        if (job.state == QueuedJob::State::Running)
            job.state = job.attempts < QueuedJob::mostAttempts ? QueuedJob::State::Waiting
                                                               : QueuedJob::State::Failed;
        jobs.push_back(std::move(job));
    }
    return jobs;
}

void ProjectTables::removeAds(const std::string& condition, const std::string& value)
{
    database
        .prepare("DELETE FROM ad_text WHERE rowid IN (SELECT number FROM ad WHERE " + condition
                 + ')')
        .bind(std::string_view(value))
        .run();
    database.prepare("DELETE FROM ad WHERE " + condition).bind(std::string_view(value)).run();
}

void ProjectTables::removeUnusedPictures()
{
    std::set<std::string> used;
    for (const char* texts :
         { "SELECT thumbnail FROM ad", "SELECT record FROM ad_record", "SELECT request FROM job",
           "SELECT value FROM project", "SELECT document FROM ad_finish" }) {
        Statement row = database.prepare(texts);
        while (row.next())
            collectPictureNames(row.text(0), used);
    }
    json.forget();
    pictures.removeAllBut(used);
}

void ProjectTables::finishErasing()
{
    removeUnusedPictures();
    database.run("DELETE FROM project WHERE name = 'erasing'");
    database.forgetDeleted();
}

void ProjectTables::erasePerson(const std::string& personId)
{
    database.transact([&] {
        removeAds("person_id = ?", personId);
        database.prepare("DELETE FROM job WHERE person_id = ?")
            .bind(std::string_view(personId))
            .run();
        database.run("INSERT INTO ad_text(ad_text) VALUES('rebuild')"); // its old words
        setValue(erasingKey, "yes");
    });
    finishErasing();
}

} // namespace adtailor
