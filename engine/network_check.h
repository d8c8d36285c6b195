// checkNetwork: a whole network against expected values: prompts, decode steps, tokens, pictures.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/uni_adgen.h"
#include "selftest_report.h"

#include <adtailor/job.h>

namespace adtailor {

struct NetworkCheckOptions
{
    std::int64_t imagePlaceholder = 5, titlePlaceholder = 6; // token ids of the prompts
    double guidanceScale = 5;
    double controlStrength = 1.5;
};

// Compares every expected value that the file holds. Decoding goes through our own loops; logits
// of single steps are read with the expected tokens as input, so that one wrong token is one fault.
void checkNetwork(UniAdGen& network, const ExpectedValues& expected,
                  const NetworkCheckOptions& options, SelfTestReport& report,
                  const JobControl& job);

} // namespace adtailor
