// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/rater_check.h"

#include <algorithm>
#include <cstdio>

namespace adtailor {

namespace {

// Flags are hints for people: nobody is left out without being asked.
constexpr int failedCatches = 2;
constexpr double failedCatchShare = 0.2;
constexpr int fewestRepeats = 4;
constexpr double lowConsistency = 0.6;
constexpr int fewestSides = 20;
constexpr double oneSidedShare = 0.9;
constexpr int fewestTimes = 10;
constexpr double hastySeconds = 0.8;

std::string percent(double share)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.0f %%", 100 * share);
    return text;
}

bool isDecided(const StudyVote& vote)
{
    return vote.answer.choice == PairChoice::Left || vote.answer.choice == PairChoice::Right;
}

void fillTimes(const RaterVotes& rater, RaterResult& result)
{
    std::vector<double> seconds;
    for (const StudyVote& vote : rater.votes) {
        if (vote.trial.kind != TrialKind::Practice)
            seconds.push_back(static_cast<double>(vote.look.milliseconds) / 1000);
    }
    if (seconds.empty())
        return;
    std::ranges::sort(seconds);
    result.fastestSeconds = seconds.front();
    result.medianSeconds = quantile(seconds, 0.5);
    result.slowestSeconds = seconds.back();
    if (seconds.size() >= fewestTimes && *result.medianSeconds < hastySeconds)
        result.flags.emplace_back("Half of the votes took less than 0.8 s.");
}

void fillChecks(const StudyPlan& plan, const RaterVotes& rater, RaterResult& result)
{
    for (const StudyVote& vote : rater.votes) {
        result.votes += vote.trial.kind == TrialKind::Counted;
        result.clockJumps += vote.clockWentBack;
        if (vote.trial.kind == TrialKind::Catch) {
            ++result.catches;
            result.catchesPassed += passedCatch(plan.question, vote);
        }
        if (vote.trial.kind == TrialKind::Repeat) {
            ++result.repeats;
            const auto& first = rater.votes[static_cast<std::size_t>(vote.trial.repeats)];
            result.repeatsSame += sameAnswer(plan.question, first, vote);
        }
    }
    const int failed = result.catches - result.catchesPassed;
    if (failed >= failedCatches || failed > failedCatchShare * result.catches)
        result.flags.push_back("Failed " + std::to_string(failed) + " of "
                               + std::to_string(result.catches) + " catch trials.");
    if (result.repeats >= fewestRepeats && result.repeatsSame < lowConsistency * result.repeats)
        result.flags.push_back("Gave the same answer again in only "
                               + std::to_string(result.repeatsSame) + " of "
                               + std::to_string(result.repeats) + " repeats.");
}

void fillSides(const RaterVotes& rater, RaterResult& result)
{
    int left = 0, decided = 0;
    for (const StudyVote& vote : rater.votes) {
        if (vote.trial.kind == TrialKind::Counted && isDecided(vote)) {
            ++decided;
            left += vote.answer.choice == PairChoice::Left;
        }
    }
    if (decided == 0)
        return;
    result.leftShare = static_cast<double>(left) / decided;
    const double larger = std::max(*result.leftShare, 1 - *result.leftShare);
    if (decided >= fewestSides && larger >= oneSidedShare)
        result.flags.push_back("Chose one side in " + percent(larger) + " of the decided votes.");
}

} // namespace

RaterResult raterResult(const StudyPlan& plan, const RaterVotes& rater)
{
    RaterResult result{ .rater = rater.rater, .label = rater.label };
    fillChecks(plan, rater, result);
    fillTimes(rater, result);
    fillSides(rater, result);
    return result;
}

StudyValue repeatConsistency(const std::vector<RaterResult>& raters, double level)
{
    std::int64_t same = 0;
    StudyValue value;
    for (const RaterResult& rater : raters) {
        value.count += rater.repeats;
        same += rater.repeatsSame;
    }
    if (value.count == 0) {
        value.note = "No trial was shown twice.";
        return value;
    }
    value.value = static_cast<double>(same) / static_cast<double>(value.count);
    value.interval = wilsonInterval(same, value.count, level);
    return value;
}

SideBias sideBias(const std::vector<CountedVote>& votes, double level)
{
    SideBias bias;
    for (const CountedVote& one : votes) {
        bias.left += one.vote->answer.choice == PairChoice::Left;
        bias.right += one.vote->answer.choice == PairChoice::Right;
    }
    bias.leftShare.count = bias.left + bias.right;
    if (bias.leftShare.count == 0) {
        bias.leftShare.note = bias.words = "No vote chose a side, so there is nothing to test.";
        return bias;
    }
    bias.leftShare.value
        = static_cast<double>(bias.left) / static_cast<double>(bias.leftShare.count);
    bias.leftShare.interval = wilsonInterval(bias.left, bias.leftShare.count, level);
    bias.p = fairCoinTest(bias.left, bias.leftShare.count);
    bias.words = "The left ad was chosen in " + percent(*bias.leftShare.value)
        + (*bias.p < 0.05 ? " of the decided votes, more unevenly than chance explains; seats are "
                            "balanced, so "
                            "this adds noise but favours no source."
                          : " of the decided votes: no side bias seen.");
    return bias;
}

} // namespace adtailor
