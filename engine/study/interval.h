// Quantiles, exact tests and bootstrap intervals of sums over groups.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/statistics.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace adtailor {

double normalShare(double value); // P(Z <= value)
double normalQuantile(double share); // share in (0, 1)
// Student's t with whole degrees of freedom >= 1 (Abramowitz and Stegun 26.7.3 and 26.7.4).
double studentQuantile(double share, std::int64_t freedom);

// Of a share of `count` (Wilson 1927); count > 0.
Interval wilsonInterval(std::int64_t hits, std::int64_t count, double level);

// Two-sided exact p of `hits` heads of a fair coin.
double fairCoinTest(std::int64_t hits, std::int64_t count);

// What a statistic needs of one group (a rater, an item): numbers that add up over groups.
using Tally = std::vector<double>;
using Estimates = std::vector<std::optional<double>>;
using Statistic = std::function<Estimates(const Tally& sum)>;

Tally sumOfTallies(const std::vector<Tally>& groups);

// Percentile intervals over groups drawn with replacement, with the percentiles moved outwards for
// few groups (Hesterberg 2015, "expanded percentiles"): percentiles of n groups are too narrow by
// the factor sqrt((n-1)/n) and by that between normal and t. None below two groups, or where more
// than a tenth of the draws leave the statistic undefined.
std::vector<std::optional<Interval>> groupIntervals(const std::vector<Tally>& groups,
                                                    const Statistic& statistic,
                                                    const BootstrapOptions& options);

// The same numbers, grouped in three ways.
struct CrossedTallies
{
    std::vector<Tally> raters, items, votes;
};
// Raters and items both vary: intervals over raters, stretched about the estimate so far that their
// variance becomes by-raters + by-items - by-votes, the bootstrap form of two-way clustering.
std::vector<std::optional<Interval>> crossedIntervals(const CrossedTallies& tallies,
                                                      const Statistic& statistic,
                                                      const BootstrapOptions& options);

} // namespace adtailor
