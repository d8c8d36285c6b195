// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/simulation.h"

#include <cmath>
#include <numbers>

namespace adtailor {

namespace {

constexpr std::uint64_t simulatedStream = 0x220;

// One taste for each source of one rater or item.
std::vector<double> tastes(int count, int sources, double spread, CounterRng& rng)
{
    std::vector<double> values(static_cast<std::size_t>(count) * static_cast<std::size_t>(sources));
    for (double& value : values)
        value = spread * normalDraw(rng);
    return values;
}

// The mean of the logistic share over a normal spread of the gap, by Simpson's rule.
double meanShare(double gap, double spread)
{
    constexpr int steps = 400;
    constexpr double reach = 8;
    double sum = 0;
    for (int i = 0; i <= steps; ++i) {
        const double z = -reach + 2 * reach * i / steps;
        const double weight = i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2;
        sum += weight * std::exp(-z * z / 2) * beatsWithProbability(gap + spread * z);
    }
    return sum * (2 * reach / steps) / 3 / std::sqrt(2 * std::numbers::pi);
}

} // namespace

double normalDraw(CounterRng& rng)
{
    const double radius = std::sqrt(-2 * std::log(1 - rng.uniform()));
    return radius * std::cos(2 * std::numbers::pi * rng.uniform());
}

std::vector<Compared> simulatedVotes(const StudyCoverageOptions& options, std::uint64_t study)
{
    CounterRng rng(options.seed + study, simulatedStream);
    const int sources = static_cast<int>(options.strengths.size());
    const auto raterTaste = tastes(options.raters, sources, options.raterSpread, rng);
    const auto itemTaste = tastes(options.items, sources, options.itemSpread, rng);
    std::vector<Compared> votes;
    for (int rater = 0; rater < options.raters; ++rater) {
        for (int i = 0; i < options.votesPerRater; ++i) {
            Compared one{ .rater = rater, .vote = static_cast<int>(votes.size()) };
            one.item = static_cast<int>(rng.below(static_cast<std::uint64_t>(options.items)));
            one.first = static_cast<int>(rng.below(static_cast<std::uint64_t>(sources)));
            one.second = static_cast<int>(rng.below(static_cast<std::uint64_t>(sources - 1)));
            one.second += one.second >= one.first;
            const auto strength = [&](int source) {
                const auto s = static_cast<std::size_t>(source);
                return options.strengths[s]
                    + raterTaste[static_cast<std::size_t>(rater * sources) + s]
                    + itemTaste[static_cast<std::size_t>(one.item * sources) + s];
            };
            const double share = beatsWithProbability(strength(one.first) - strength(one.second));
            const bool tie = rng.uniform() < options.tieShare;
            const bool win = rng.uniform() < share;
            one.won = tie ? 0.5 : win ? 1 : 0;
            votes.push_back(one);
        }
    }
    return votes;
}

WinMatrix trueWins(const StudyCoverageOptions& options)
{
    const std::size_t n = options.strengths.size();
    const double spread = std::sqrt(
        2 * (options.raterSpread * options.raterSpread + options.itemSpread * options.itemSpread));
    WinMatrix wins(n * n, 0.0);
    for (std::size_t i = 0; i < n * n; ++i) {
        if (i / n != i % n)
            wins[i] = options.tieShare / 2
                + (1 - options.tieShare)
                    * meanShare(options.strengths[i / n] - options.strengths[i % n], spread);
    }
    return wins;
}

std::vector<double> trueStrengths(const StudyCoverageOptions& options)
{
    constexpr double hardlyAny = 1e-9; // of a ridge
    return bradleyTerry(trueWins(options), static_cast<int>(options.strengths.size()), hardlyAny);
}

} // namespace adtailor
