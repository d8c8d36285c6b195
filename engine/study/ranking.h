// Rankings and means of criteria: the statistics that a report repeats for its slices.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "study/vote_table.h"

namespace adtailor {

// Intervals are drawn over raters, because the next study has other raters. Fewer than this say
// too little about raters in general; then they are drawn over items.
inline constexpr int enoughRaters = 5;

struct VoteTask
{
    StudyQuestion question = StudyQuestion::Pairwise;
    int sources = 0;
    BootstrapOptions bootstrap;
    bool resample = true; // also the bootstrap, not the sandwich alone
    std::vector<std::string> labels = {}; // of the sources, for notes
};

StudyRanking rankSources(const std::vector<CountedVote>& votes, const VoteTask& task);
// From comparisons alone, without counts of ties.
StudyRanking rankCompared(const std::vector<Compared>& comparisons, const VoteTask& task);

std::vector<CriterionResult> criterionResults(const std::vector<CountedVote>& votes,
                                              const VoteTask& task);
std::vector<AcceptableResult> acceptableResults(const std::vector<CountedVote>& votes,
                                                const VoteTask& task);

} // namespace adtailor
