// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/ad_sources.h"

#include "core/failure.h"

namespace adtailor {

namespace {

constexpr std::size_t heldOutSamples = 48;

std::string noteOn(const UserSplit& split)
{
    std::string note = "held_out is not given: " + std::to_string(split.heldOut) + " of "
        + std::to_string(split.users) + " users are held out";
    if (!split.isNamed)
        note += "; records without user_id count as one user when their histories are the same";
    return note + ".";
}

} // namespace

AdSources adSources(const RunConfig& config, const JobControl& job)
{
    AdSources sources;
    AdSampleSource& training = sources.training;
    training = { .records = config.records,
                 .columns = config.columns,
                 .root = config.scenes,
                 .limit = config.exampleLimit };
    sources.heldOut = training;
    if (config.exampleLimit == 0) { // the codes of a part would take the place of the whole's
        sources.heldOut.limit = heldOutSamples;
        training.cache = config.records.string() + ".codes";
    }
    if (!config.heldOut.empty())
        sources.heldOut.records = config.heldOut;
    else if (const auto split
             = valueOrThrow(splitUsers(config.records, training.options(), heldOutShare, job));
             split.users > 0) {
        training.split = sources.heldOut.split = split;
        sources.note = noteOn(split);
    }
    sources.heldOut.isHeldOut = true;
    if (config.exampleLimit == 0)
        sources.heldOut.cache = sources.heldOut.records.string() + ".held_out.codes";
    return sources;
}

} // namespace adtailor
