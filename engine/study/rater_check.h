// How each rater worked: catches, repeats, sides, times, and what to look at twice.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "study/vote_table.h"

namespace adtailor {

RaterResult raterResult(const StudyPlan& plan, const RaterVotes& rater);

// The same answer to the same question with seats swapped, over all raters.
StudyValue repeatConsistency(const std::vector<RaterResult>& raters, double level);

// Whether the left seat wins more often than chance allows.
SideBias sideBias(const std::vector<CountedVote>& votes, double level);

} // namespace adtailor
