// adSources: which records an ad run trains on, and which it is measured on.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/ad_samples.h"
#include "training/run_config.h"

namespace adtailor {

struct AdSources
{
    AdSampleSource training, heldOut;
    std::string note; // how they were parted, when held_out does not say; else empty
};

// Without held_out, 5 % of the users of `records` are held out; see splitUsers.
AdSources adSources(const RunConfig& config, const JobControl& job);

} // namespace adtailor
