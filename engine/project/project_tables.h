// ProjectTables: the rows of a project's database and the pictures they name; throws Failure.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/database.h"
#include "project/record_json.h"

#include <adtailor/project.h>

namespace adtailor {

struct ProjectTables
{
    static constexpr const char* databaseName = "project.db";
    static constexpr const char* picturesName = "images";
    static constexpr const char* sessionKey = "session";

    explicit ProjectTables(const std::filesystem::path& where);

    std::string value(const char* key);
    void setValue(const char* key, const std::string& text);
    std::int64_t lastNumber();

    void writeAd(const AdRecord& record);
    std::optional<AdSummary> readSummary(std::int64_t number);
    AdRecord readAd(std::int64_t number);
    void writeFinish(std::int64_t number, const std::string& document); // of an ad that is there
    void writeTags(std::int64_t number, const std::vector<std::string>& names);
    void indexText(std::int64_t number);
    // The condition has one ? for the value.
    void removeAds(const std::string& condition, const std::string& value);

    void writeJob(const QueuedJob& job);
    std::vector<QueuedJob> readJobs();

    void erasePerson(const std::string& personId);
    void removeUnusedPictures(); // by mark: what no row names any more

    std::filesystem::path folder;
    Database database;
    PictureFolder pictures;
    RecordJson json{ pictures };

private:
    std::vector<std::string> tags(std::int64_t number);
    void finishErasing();
};

} // namespace adtailor
