// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/counter_rng.h"

#include <adtailor/statistics.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace adtailor {

namespace {

constexpr std::uint64_t bootstrapStream = 0x100; // beyond those of a generation request

double sumOf(std::span<const double> values)
{
    return std::accumulate(values.begin(), values.end(), 0.0);
}

// Means of samples drawn with replacement, ascending.
std::vector<double> resampledMeans(std::span<const double> values, const BootstrapOptions& options)
{
    CounterRng rng(options.seed, bootstrapStream);
    std::vector<double> means(static_cast<std::size_t>(std::max(options.resamples, 1)));
    for (double& mean : means) {
        for (std::size_t i = 0; i < values.size(); ++i)
            mean += values[rng.below(values.size())];
        mean /= static_cast<double>(values.size());
    }
    std::sort(means.begin(), means.end());
    return means;
}

} // namespace

double quantile(std::span<const double> sorted, double share)
{
    const double place = share * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    return std::lerp(sorted[below], sorted[above], place - static_cast<double>(below));
}

MeanEstimate estimateMean(std::span<const double> values, const BootstrapOptions& options)
{
    MeanEstimate estimate{ .count = static_cast<std::int64_t>(values.size()) };
    if (values.empty())
        return estimate;
    const auto count = static_cast<double>(values.size());
    estimate.mean = sumOf(values) / count;
    estimate.smallest = *std::min_element(values.begin(), values.end());
    estimate.largest = *std::max_element(values.begin(), values.end());
    if (values.size() < 2)
        return estimate;
    double squares = 0;
    for (const double value : values)
        squares += (value - estimate.mean) * (value - estimate.mean);
    estimate.deviation = std::sqrt(squares / (count - 1));
    const auto means = resampledMeans(values, options);
    const double tail = (1 - options.level) / 2;
    estimate.interval = { quantile(means, tail), quantile(means, 1 - tail) };
    return estimate;
}

MeanEstimate estimateDifference(std::span<const std::optional<double>> left,
                                std::span<const std::optional<double>> right,
                                const BootstrapOptions& options)
{
    std::vector<double> differences;
    for (std::size_t i = 0; i < std::min(left.size(), right.size()); ++i) {
        if (left[i] && right[i])
            differences.push_back(*left[i] - *right[i]);
    }
    return estimateMean(differences, options);
}

} // namespace adtailor
