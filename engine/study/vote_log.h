// The log of one rater: a header and one line for each vote and each undo, chained by hashes.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/study.h>

#include <string>
#include <string_view>
#include <vector>

namespace adtailor {

inline constexpr std::size_t voteLogBytes = 64U << 20U;
inline constexpr std::int64_t studyParts = 997; // rater numbers: part + ordinal × 997

struct VoteLog
{
    StudyRater rater;
    std::vector<StudyVote> standing; // standing[i] answers trial i
    std::int64_t entries = 0; // votes and undos
    std::int64_t lastTime = 0; // of the last entry, Unix time in milliseconds
    std::string lastHash; // of the last line
};

// What a log must belong to.
struct StudyIdentity
{
    std::string name;
    int version = 1;
    std::string hash;
};

// A line is `HASH JSON`, HASH = SHA-256 of the hash before it, a space and the JSON, in
// hexadecimal. The hash makes an edit visible; it cannot keep out somebody who writes a new log
// with all hashes, which is why a merge also refuses logs that contradict what it had before.
std::string chainedLine(const std::string& hashBefore, const std::string& entry);
std::string hashOfLine(std::string_view line);

// Each answers the JSON of one line.
std::string headerEntry(const StudyIdentity& study, const StudyRater& rater);
std::string voteEntry(const VoteLog& log, const StudyVote& vote);
std::string undoEntry(const VoteLog& log, std::int64_t time);

// Whole lines. what: the file, for sentences. Throws Failure: InvalidInput for a log of another
// study or version, FileCorrupt for one that was edited or contradicts the plan's trials.
VoteLog readVoteLog(std::string_view text, const std::string& what, const StudyIdentity& study,
                    const StudyPlan& plan);

std::int64_t unixMilliseconds();

} // namespace adtailor
