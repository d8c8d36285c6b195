// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/failure.h"
#include "project/ad_query.h"
#include "project/project_tables.h"

#include <adtailor/project.h>

namespace fs = std::filesystem;

namespace adtailor {

struct ProjectStore::Parts : ProjectTables
{
    using ProjectTables::ProjectTables;
};

ProjectStore::ProjectStore(std::unique_ptr<Parts> parts)
    : m_parts(std::move(parts))
{
}
ProjectStore::ProjectStore(ProjectStore&&) noexcept = default;
ProjectStore& ProjectStore::operator=(ProjectStore&&) noexcept = default;
ProjectStore::~ProjectStore() = default;

Result<ProjectStore> ProjectStore::open(const fs::path& folder)
{
    return guarded([&] { return ProjectStore(std::make_unique<Parts>(folder)); });
}

bool ProjectStore::exists(const fs::path& folder)
{
    std::error_code ignored;
    return fs::exists(folder / ProjectTables::databaseName, ignored);
}

Result<ProjectSummary> ProjectStore::peek(const fs::path& folder)
{
    return guarded([&] {
        Database database(folder / ProjectTables::databaseName);
        const auto number = [&database](const char* sql) {
            Statement row = database.prepare(sql);
            return row.next() ? row.integer(0) : 0;
        };
        ProjectSummary summary;
        Statement session = database.prepare("SELECT value FROM project WHERE name = 'session'");
        summary.session = session.next() ? session.text(0) : std::string();
        summary.ads = number("SELECT count(*) FROM ad WHERE trashed = 0");
        summary.waiting = number("SELECT count(*) FROM job");
        return summary;
    });
}

const fs::path& ProjectStore::folder() const
{
    return m_parts->folder;
}

Result<void> ProjectStore::together(const std::function<void()>& work)
{
    return guarded([&] { m_parts->database.transact(work); });
}

Result<void> ProjectStore::saveSession(const std::string& text)
{
    return guarded([&] { m_parts->setValue(ProjectTables::sessionKey, text); });
}

Result<std::string> ProjectStore::session()
{
    return guarded([&] { return m_parts->value(ProjectTables::sessionKey); });
}

Result<std::string> ProjectStore::savePicture(const Image& picture)
{
    return guarded([&] { return m_parts->json.nameOf(picture); });
}

Result<Image> ProjectStore::picture(const std::string& name) const
{
    return guarded([&] { return m_parts->pictures.read(name); });
}

fs::path ProjectStore::picturePath(const std::string& name) const
{
    return m_parts->pictures.path(name);
}

fs::path ProjectStore::picturePath(const fs::path& folder, const std::string& name)
{
    return PictureFolder(folder / ProjectTables::picturesName).path(name);
}

Result<void> ProjectStore::saveAd(const AdRecord& record)
{
    return guarded([&] { m_parts->writeAd(record); });
}

Result<AdRecord> ProjectStore::ad(std::int64_t number)
{
    return guarded([&] { return m_parts->readAd(number); });
}

Result<std::int64_t> ProjectStore::lastNumber()
{
    return guarded([&] { return m_parts->lastNumber(); });
}

Result<std::vector<std::int64_t>> ProjectStore::findAds(const AdFilter& filter)
{
    return guarded([&] { return findAdNumbers(m_parts->database, filter); });
}

Result<std::vector<AdSummary>> ProjectStore::summaries(std::span<const std::int64_t> numbers)
{
    return guarded([&] {
        std::vector<AdSummary> found;
        for (const std::int64_t number : numbers) {
            if (std::optional<AdSummary> summary = m_parts->readSummary(number))
                found.push_back(std::move(*summary));
        }
        return found;
    });
}

Result<AdFacets> ProjectStore::facets()
{
    return guarded([&] { return readFacets(m_parts->database); });
}

Result<void> ProjectStore::starAd(std::int64_t number, bool starred)
{
    return guarded([&] {
        m_parts->database.prepare("UPDATE ad SET starred = ? WHERE number = ?")
            .bind(std::int64_t{ starred })
            .bind(number)
            .run();
    });
}

Result<void> ProjectStore::finishAd(std::int64_t number, const std::string& finish)
{
    return guarded([&] { m_parts->writeFinish(number, finish); });
}

Result<void> ProjectStore::tagAd(std::int64_t number, const std::vector<std::string>& tags)
{
    return guarded([&] {
        m_parts->database.transact([&] {
            m_parts->writeTags(number, tags);
            m_parts->indexText(number);
        });
    });
}

Result<void> ProjectStore::trashAd(std::int64_t number, std::int64_t when)
{
    return guarded([&] {
        m_parts->database.prepare("UPDATE ad SET trashed = ? WHERE number = ?")
            .bind(when)
            .bind(number)
            .run();
    });
}

Result<void> ProjectStore::setAdState(std::int64_t number, const std::string& state)
{
    return guarded([&] {
        m_parts->database.prepare("UPDATE ad SET state = ? WHERE number = ?")
            .bind(std::string_view(state))
            .bind(number)
            .run();
    });
}

Result<std::int64_t> ProjectStore::emptyTrash(std::int64_t when)
{
    return guarded([&] {
        Database& database = m_parts->database;
        Statement row
            = database.prepare("SELECT count(*) FROM ad WHERE trashed > 0 AND trashed < ?");
        row.bind(when);
        const std::int64_t gone = row.next() ? row.integer(0) : 0;
        if (gone == 0)
            return gone;
        database.transact([&] {
            m_parts->removeAds("trashed > 0 AND trashed < CAST(? AS INTEGER)",
                               std::to_string(when));
        });
        m_parts->removeUnusedPictures();
        return gone;
    });
}

Result<std::vector<QueuedJob>> ProjectStore::jobs()
{
    return guarded([&] { return m_parts->readJobs(); });
}

Result<void> ProjectStore::saveJob(const QueuedJob& job)
{
    return guarded([&] { m_parts->writeJob(job); });
}

Result<void> ProjectStore::removeJob(std::int64_t id)
{
    return guarded(
        [&] { m_parts->database.prepare("DELETE FROM job WHERE id = ?").bind(id).run(); });
}

Result<void> ProjectStore::orderJobs(std::span<const std::int64_t> ids)
{
    return guarded([&] {
        m_parts->database.transact([&] {
            std::int64_t position = 0;
            for (const std::int64_t id : ids)
                m_parts->database.prepare("UPDATE job SET position = ? WHERE id = ?")
                    .bind(++position)
                    .bind(id)
                    .run();
        });
    });
}

Result<std::int64_t> ProjectStore::adsOfPerson(const std::string& personId)
{
    return guarded([&] {
        Statement row = m_parts->database.prepare("SELECT count(*) FROM ad WHERE person_id = ?");
        row.bind(std::string_view(personId));
        return row.next() ? row.integer(0) : 0;
    });
}

Result<void> ProjectStore::erasePerson(const std::string& personId)
{
    return guarded([&] { m_parts->erasePerson(personId); });
}

} // namespace adtailor
