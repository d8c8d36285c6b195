// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/failure.h"
#include "dataset/content_hash.h"

#include <adtailor/user_split.h>

#include <algorithm>
#include <cmath>

namespace adtailor {

namespace {

// File names only: a data set that was moved keeps its split.
std::uint64_t userHash(const Pad1mRecord& record)
{
    ContentHash hash;
    if (!record.user.empty())
        return hash.add("user").add(record.user).value();
    if (record.historyTitles.empty())
        return hash.add("product")
            .add(record.cutout.filename().native())
            .add(record.description)
            .value();
    hash.add("history");
    for (std::size_t i = 0; i < record.historyTitles.size(); ++i)
        hash.add(record.historyImages[i].filename().native()).add(record.historyTitles[i]);
    return hash.value();
}

UserSplit split(const std::filesystem::path& file, const Pad1mOptions& options, double share,
                const JobControl& job)
{
    UserSplit split;
    std::vector<std::uint64_t> hashes;
    const auto collect = [&](Pad1mRecord&& record) {
        split.isNamed = split.isNamed && !record.user.empty();
        hashes.push_back(userHash(record));
        return true;
    };
    const auto records = valueOrThrow(readPad1m(file, options, collect, job)).records;
    if (records == 0)
        return split;
    std::ranges::sort(hashes);
    const auto copies = std::ranges::unique(hashes);
    hashes.erase(copies.begin(), copies.end());
    split.users = static_cast<std::int64_t>(hashes.size());
    if (split.users == 1)
        throw Failure(
            ErrorCode::InvalidInput,
            file.string() + ": the " + std::to_string(records)
                + " usable records are of one user, so none can be held out"
                + (split.isNamed ? "" : " (records without user_id count by their history)")
                + ". Add users, or name a file of other users as \"held_out\".");
    const auto wanted = std::llround(share * static_cast<double>(split.users));
    split.heldOut = std::clamp<std::int64_t>(wanted, 1, split.users - 1);
    split.lastHash = hashes[static_cast<std::size_t>(split.heldOut - 1)];
    return split;
}

} // namespace

bool UserSplit::holdsOut(const Pad1mRecord& record) const
{
    return heldOut > 0 && userHash(record) <= lastHash;
}

Result<UserSplit> splitUsers(const std::filesystem::path& file, const Pad1mOptions& options,
                             double share, const JobControl& job)
{
    return guarded([&] { return split(file, options, share, job); });
}

} // namespace adtailor
