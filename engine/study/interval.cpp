// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/interval.h"

#include "core/counter_rng.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace adtailor {

namespace {

constexpr std::uint64_t groupStream = 0x210;
constexpr double tinyVariance = 1e-20; // what rounding makes of none
constexpr std::int64_t nearlyNormal = 2000; // degrees of freedom

// P(|T| <= value): a finite sum for whole degrees of freedom.
double studentInside(double value, std::int64_t freedom)
{
    const auto n = static_cast<double>(freedom);
    const double angle = std::atan(value / std::sqrt(n));
    const double square = std::cos(angle) * std::cos(angle);
    const bool odd = freedom % 2 == 1;
    double term = odd ? std::cos(angle) : 1.0, sum = 0;
    for (std::int64_t k = odd ? 1 : 0; k <= freedom - 2; k += 2) {
        sum += term;
        term *= square * static_cast<double>(k + 1) / static_cast<double>(k + 2);
    }
    sum *= std::sin(angle);
    return odd ? 2 / std::numbers::pi * (angle + sum) : sum;
}

// Where a growing function takes a value; between -limit and limit.
template<typename Function> double inverse(const Function& function, double value, double limit)
{
    double low = -limit, high = limit;
    for (int i = 0; i < 200; ++i) {
        const double middle = (low + high) / 2;
        (function(middle) < value ? low : high) = middle;
    }
    return (low + high) / 2;
}

// The share of draws below the lower end of an interval over n groups.
double lowerTail(std::int64_t groups, double level)
{
    const auto n = static_cast<double>(groups);
    return normalShare(std::sqrt(n / (n - 1)) * studentQuantile((1 - level) / 2, groups - 1));
}

// Each statistic's values over resamples, ascending; without those where it was undefined.
std::vector<std::vector<double>> drawnValues(const std::vector<Tally>& groups,
                                             const Statistic& statistic,
                                             const BootstrapOptions& options)
{
    std::vector<std::vector<double>> drawn(statistic(sumOfTallies(groups)).size());
    CounterRng rng(options.seed, groupStream);
    for (int draw = 0; draw < options.resamples; ++draw) {
        Tally sum(groups.front().size(), 0.0);
        for (std::size_t i = 0; i < groups.size(); ++i) {
            const Tally& group = groups[rng.below(groups.size())];
            for (std::size_t k = 0; k < sum.size(); ++k)
                sum[k] += group[k];
        }
        const Estimates values = statistic(sum);
        for (std::size_t i = 0; i < values.size(); ++i) {
            if (values[i])
                drawn[i].push_back(*values[i]);
        }
    }
    for (auto& values : drawn)
        std::ranges::sort(values);
    return drawn;
}

double varianceOf(const std::vector<double>& values)
{
    if (values.size() < 2)
        return 0;
    const auto count = static_cast<double>(values.size());
    double sum = 0, squares = 0;
    for (const double value : values)
        sum += value;
    for (const double value : values)
        squares += (value - sum / count) * (value - sum / count);
    return squares / (count - 1);
}

} // namespace

double normalShare(double value)
{
    return std::erfc(-value / std::numbers::sqrt2) / 2;
}

double normalQuantile(double share)
{
    return inverse(normalShare, share, 40);
}

double studentQuantile(double share, std::int64_t freedom)
{
    if (freedom >= nearlyNormal)
        return normalQuantile(share);
    return inverse(
        [&](double value) {
            const double half = studentInside(std::abs(value), freedom) / 2;
            return value < 0 ? 0.5 - half : 0.5 + half;
        },
        share, 1e6);
}

Interval wilsonInterval(std::int64_t hits, std::int64_t count, double level)
{
    const auto n = static_cast<double>(count);
    const double share = static_cast<double>(hits) / n;
    const double z = normalQuantile((1 + level) / 2), square = z * z;
    const double centre = (share + square / (2 * n)) / (1 + square / n);
    const double half
        = z / (1 + square / n) * std::sqrt(share * (1 - share) / n + square / (4 * n * n));
    return { std::max(0.0, centre - half), std::min(1.0, centre + half) };
}

double fairCoinTest(std::int64_t hits, std::int64_t count)
{
    const std::int64_t smaller = std::min(hits, count - hits);
    const auto n = static_cast<double>(count);
    double tail = 0;
    for (std::int64_t k = 0; k <= smaller; ++k) {
        const auto successes = static_cast<double>(k);
        tail += std::exp(std::lgamma(n + 1) - std::lgamma(successes + 1)
                         - std::lgamma(n - successes + 1) - n * std::numbers::ln2);
    }
    return std::min(1.0, 2 * tail);
}

Tally sumOfTallies(const std::vector<Tally>& groups)
{
    Tally sum(groups.empty() ? 0 : groups.front().size(), 0.0);
    for (const Tally& group : groups) {
        for (std::size_t i = 0; i < sum.size(); ++i)
            sum[i] += group[i];
    }
    return sum;
}

std::vector<std::optional<Interval>> groupIntervals(const std::vector<Tally>& groups,
                                                    const Statistic& statistic,
                                                    const BootstrapOptions& options)
{
    std::vector<std::optional<Interval>> intervals(statistic(sumOfTallies(groups)).size());
    if (groups.size() < 2)
        return intervals;
    const auto drawn = drawnValues(groups, statistic, options);
    const double tail = lowerTail(std::ssize(groups), options.level);
    for (std::size_t i = 0; i < drawn.size(); ++i) {
        if (static_cast<double>(drawn[i].size()) >= 0.9 * options.resamples)
            intervals[i] = Interval{ quantile(drawn[i], tail), quantile(drawn[i], 1 - tail) };
    }
    return intervals;
}

std::vector<std::optional<Interval>> crossedIntervals(const CrossedTallies& tallies,
                                                      const Statistic& statistic,
                                                      const BootstrapOptions& options)
{
    auto intervals = groupIntervals(tallies.raters, statistic, options);
    const auto ofVotes = groupIntervals(tallies.votes, statistic, options);
    const Estimates values = statistic(sumOfTallies(tallies.raters));
    const auto raters = drawnValues(tallies.raters, statistic, options);
    const auto items = drawnValues(tallies.items, statistic, options);
    const auto votes = drawnValues(tallies.votes, statistic, options);
    for (std::size_t i = 0; i < intervals.size(); ++i) {
        const double byRaters = varianceOf(raters[i]), byVotes = varianceOf(votes[i]);
        const double both = byRaters + varianceOf(items[i]) - byVotes;
        const bool alike = !(byRaters > tinyVariance); // raters who do not differ at all
        if (alike)
            intervals[i] = ofVotes[i];
        const double base = alike ? byVotes : byRaters;
        if (!intervals[i] || !values[i] || !(base > 0))
            continue;
        const double stretch = std::sqrt(std::max(1.0, both / base));
        intervals[i] = Interval{ *values[i] + stretch * (intervals[i]->low - *values[i]),
                                 *values[i] + stretch * (intervals[i]->high - *values[i]) };
    }
    return intervals;
}

} // namespace adtailor
