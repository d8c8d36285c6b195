// Studies that nobody rated: votes drawn from known strengths, to try statistics on.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/counter_rng.h"
#include "study/bradley_terry.h"

#include <adtailor/study_report.h>

namespace adtailor {

double normalDraw(CounterRng& rng);

// Votes on random item and pair, by all raters in turn. The first source of a vote wins with the
// logistic share of θ_first - θ_second, each θ moved by the rater's and the item's own taste;
// tieShare of the votes are ties whatever the strengths.
std::vector<Compared> simulatedVotes(const StudyCoverageOptions& options, std::uint64_t study);

// What Bradley–Terry tends to with ever more raters and items: tastes and ties draw it together.
std::vector<double> trueStrengths(const StudyCoverageOptions& options);
// The share of wins of row over column, ties half, over all raters and items.
WinMatrix trueWins(const StudyCoverageOptions& options);

} // namespace adtailor
