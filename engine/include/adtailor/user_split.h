// UserSplit: which users of a data set are kept from training, to measure the model on.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/pad1m.h>

namespace adtailor {

// Users are split, never records. A user is what user_id says. PAd1M itself names none: there,
// records with the same history are of one user, and records without any, of the same product.
// Who is held out follows from the users' names alone, whatever their order in the file.
struct UserSplit
{
    std::int64_t users = 0;
    std::int64_t heldOut = 0; // of them
    bool isNamed = true; // every record has a user_id
    std::uint64_t lastHash = 0; // of those held out

    bool holdsOut(const Pad1mRecord& record) const;
};

inline constexpr double heldOutShare = 0.05;

// At least one user is held out, and one kept. InvalidInput when the file has records of one user
// only; a file without usable records has a split of none.
Result<UserSplit> splitUsers(const std::filesystem::path& file, const Pad1mOptions& options,
                             double share = heldOutShare, const JobControl& job = {});

} // namespace adtailor
