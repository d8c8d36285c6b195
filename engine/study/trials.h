// studyTasks, isTrialOf: what a plan asks, and who is shown what.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/study.h>

namespace adtailor {

// How many different questions the plan asks: items × pairs, single ads or fours.
std::int64_t studyTasks(const StudyPlan& plan);

} // namespace adtailor
