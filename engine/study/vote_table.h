// The votes of a study in the form that statistics read.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "study/agreement.h"
#include "study/bradley_terry.h"

#include <adtailor/study_report.h>

#include <functional>
#include <set>

namespace adtailor {

struct RaterVotes
{
    StudyRater rater;
    std::string label;
    std::vector<StudyVote> votes; // standing ones, all kinds
};

// Raters in the order of their names; logs that cannot be used become notes.
std::vector<RaterVotes> readRaters(const StudyFolder& study, std::vector<std::string>& notes);

struct CountedVote
{
    int rater = 0; // place in the raters
    const StudyVote* vote = nullptr;
};

// Counted votes on the items of `items` (all when empty) by raters that are not left out.
std::vector<CountedVote> countedVotes(const std::vector<RaterVotes>& raters,
                                      const std::set<int>& leftOut,
                                      const std::vector<bool>& items = {});

// Pairs: one comparison. Best and worst of four: the five that follow from it.
std::vector<Compared> comparisonsOf(StudyQuestion question, const std::vector<CountedVote>& votes);

// Which source a pairwise vote is for: 0 the one of the smaller number, 1 the other, 2 tie, 3 both
// bad; independent of seats.
int pairCategory(const StudyVote& vote);
inline constexpr int pairCategories = 4;

// A catch is passed when the broken ad was not chosen, not accepted, or named the worst.
bool passedCatch(StudyQuestion question, const StudyVote& vote);
// The same answer whatever the seats.
bool sameAnswer(StudyQuestion question, const StudyVote& left, const StudyVote& right);

// One unit for each item and set of sources that was asked, one column for each rater who voted.
Ratings ratingTable(const std::vector<CountedVote>& votes,
                    const std::function<int(const StudyVote&)>& category);

} // namespace adtailor
