// What a session holds: the plan, the rater's trials, and the log that it alone may write.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/append_log.h"
#include "study/vote_log.h"

#include <adtailor/study.h>

namespace adtailor {

struct StudySession::State
{
    StudyPlan plan;
    AppendLog file;
    VoteLog log; // what the file says
    std::vector<StudyTrial> trials;

    // One more line, on the disk when this returns; the caller then brings `log` up to date.
    void write(const std::string& entry)
    {
        const std::string line = chainedLine(log.lastHash, entry);
        file.append(line);
        log.lastHash = hashOfLine(line);
        ++log.entries;
    }
};

// The paths inside a study folder.
inline constexpr const char* studyPlanFile = "study.json";
inline constexpr const char* studyOriginFile = "origin.json";
inline constexpr const char* studyPictureFolder = "pictures";
inline constexpr const char* studyVoteFolder = "votes";

// Missing or empty, or Failure(InvalidInput): `what` tells what to do.
void requireEmptyFolder(const std::filesystem::path& folder, const std::string& what);

// The logs of a study folder, sorted by name.
std::vector<std::filesystem::path> voteLogFiles(const std::filesystem::path& folder);

bool isRaterId(const std::string& id);

} // namespace adtailor
