// Turns a user's story into its PAd1M record and its line of hidden taste.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dataset/user_story.h"
#include "text/text_similarity.h"

#include <adtailor/dataset.h>

#include <cstdint>
#include <string>

namespace adtailor {

// Sums over all records, for the report.
class StoryStatistics
{
public:
    void add(const UserStory& story, const Catalogue& catalogue,
             const std::vector<float>& similarities);
    void fill(DatasetReport& report) const;

private:
    std::int64_t m_users = 0;
    std::int64_t m_english = 0;
    std::int64_t m_items = 0;
    std::int64_t m_noise = 0;
    std::int64_t m_ownGroup = 0;
    std::int64_t m_similar = 0;
    std::int64_t m_similarOwnGroup = 0;
};

// Why the story may not become a record; empty when it may.
std::string problemOf(const UserStory& story, const Catalogue& catalogue);

// One line of JSON without a line break, fields in PAd1M's order.
std::string recordJson(const UserStory& story, const Catalogue& catalogue,
                       StoryStatistics& statistics);
std::string tasteJson(const UserStory& story, const Catalogue& catalogue, const char* split,
                      std::int64_t number);

} // namespace adtailor
