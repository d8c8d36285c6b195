// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/vote_table.h"

#include "core/append_log.h"
#include "core/failure.h"
#include "study/study_state.h"

#include <algorithm>
#include <map>

namespace adtailor {

namespace {

// "Ann", and "Ann (2)" for another person of that name.
void labelRaters(std::vector<RaterVotes>& raters)
{
    std::map<std::string, int> seen;
    for (RaterVotes& one : raters) {
        const int count = ++seen[one.rater.name];
        one.label = one.rater.name + (count > 1 ? " (" + std::to_string(count) + ')' : "");
    }
}

// The source that a seat shows.
int sourceAt(const StudyVote& vote, int seat)
{
    return vote.trial.sources.at(static_cast<std::size_t>(seat));
}

std::vector<int> sortedSources(const StudyVote& vote)
{
    std::vector<int> sources = vote.trial.sources;
    std::ranges::sort(sources);
    return sources;
}

double leftWon(PairChoice choice)
{
    if (choice == PairChoice::Left)
        return 1;
    return choice == PairChoice::Right ? 0 : 0.5;
}

void addFour(const StudyVote& vote, Compared pattern, std::vector<Compared>& comparisons)
{
    const int best = sourceAt(vote, vote.answer.best), worst = sourceAt(vote, vote.answer.worst);
    const auto add = [&](int winner, int loser) {
        pattern.first = winner;
        pattern.second = loser;
        pattern.won = 1;
        comparisons.push_back(pattern);
    };
    for (const int source : vote.trial.sources) {
        if (source != best)
            add(best, source);
        if (source != best && source != worst)
            add(source, worst);
    }
}

} // namespace

std::vector<RaterVotes> readRaters(const StudyFolder& study, std::vector<std::string>& notes)
{
    std::vector<RaterVotes> raters;
    const StudyPlan& plan = study.plan();
    for (const auto& file : voteLogFiles(study.folder())) {
        const auto log = guarded([&] {
            return readVoteLog(readLog(file, voteLogBytes), file.string(),
                               { plan.name, plan.version, study.hash() }, plan);
        });
        if (log)
            raters.push_back({ log->rater, {}, log->standing });
        else
            notes.push_back(log.error().detail);
    }
    std::ranges::stable_sort(raters, {}, [](const RaterVotes& one) { return one.rater.name; });
    labelRaters(raters);
    return raters;
}

std::vector<CountedVote> countedVotes(const std::vector<RaterVotes>& raters,
                                      const std::set<int>& leftOut, const std::vector<bool>& items)
{
    std::vector<CountedVote> counted;
    for (std::size_t r = 0; r < raters.size(); ++r) {
        if (leftOut.contains(static_cast<int>(r)))
            continue;
        for (const StudyVote& vote : raters[r].votes) {
            if (vote.trial.kind == TrialKind::Counted
                && (items.empty() || items[static_cast<std::size_t>(vote.trial.item)]))
                counted.push_back({ static_cast<int>(r), &vote });
        }
    }
    return counted;
}

std::vector<Compared> comparisonsOf(StudyQuestion question, const std::vector<CountedVote>& votes)
{
    std::vector<Compared> comparisons;
    for (std::size_t i = 0; i < votes.size(); ++i) {
        const StudyVote& vote = *votes[i].vote;
        Compared one{ .rater = votes[i].rater,
                      .item = vote.trial.item,
                      .vote = static_cast<int>(i) };
        if (question == StudyQuestion::BestWorst)
            addFour(vote, one, comparisons);
        if (question != StudyQuestion::Pairwise)
            continue;
        one.first = sourceAt(vote, 0);
        one.second = sourceAt(vote, 1);
        one.won = leftWon(vote.answer.choice);
        comparisons.push_back(one);
    }
    return comparisons;
}

int pairCategory(const StudyVote& vote)
{
    if (vote.answer.choice == PairChoice::Tie)
        return 2;
    if (vote.answer.choice == PairChoice::BothBad)
        return 3;
    const bool left = vote.answer.choice == PairChoice::Left;
    return left == (sourceAt(vote, 0) < sourceAt(vote, 1)) ? 0 : 1;
}

bool passedCatch(StudyQuestion question, const StudyVote& vote)
{
    const StudyAnswer& answer = vote.answer;
    if (question == StudyQuestion::Rating)
        return !answer.criteria.front().acceptable || !answer.criteria[1].acceptable;
    if (question == StudyQuestion::BestWorst)
        return sourceAt(vote, answer.worst) == brokenAd;
    return answer.choice != PairChoice::Tie
        && (answer.choice == PairChoice::BothBad
            || sourceAt(vote, answer.choice == PairChoice::Left ? 1 : 0) == brokenAd);
}

bool sameAnswer(StudyQuestion question, const StudyVote& left, const StudyVote& right)
{
    if (question == StudyQuestion::Pairwise)
        return pairCategory(left) == pairCategory(right);
    if (question == StudyQuestion::BestWorst)
        return sourceAt(left, left.answer.best) == sourceAt(right, right.answer.best)
            && sourceAt(left, left.answer.worst) == sourceAt(right, right.answer.worst);
    return std::ranges::equal(left.answer.criteria, right.answer.criteria, {},
                              &CriterionAnswer::acceptable, &CriterionAnswer::acceptable);
}

Ratings ratingTable(const std::vector<CountedVote>& votes,
                    const std::function<int(const StudyVote&)>& category)
{
    std::map<int, std::size_t> columns;
    for (const CountedVote& one : votes)
        columns.emplace(one.rater, 0);
    std::size_t next = 0;
    for (auto& [rater, column] : columns)
        column = next++;
    std::map<std::pair<int, std::vector<int>>, std::size_t> units;
    Ratings ratings;
    for (const CountedVote& one : votes) {
        const auto [unit, isNew] = units.emplace(
            std::pair(one.vote->trial.item, sortedSources(*one.vote)), units.size());
        if (isNew)
            ratings.emplace_back(columns.size());
        ratings[unit->second][columns[one.rater]] = category(*one.vote);
    }
    return ratings;
}

} // namespace adtailor
