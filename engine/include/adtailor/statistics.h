// Statistics of a sample: its mean with a bootstrap interval, and differences of paired samples.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace adtailor {

struct BootstrapOptions
{
    int resamples = 2000;
    double level = 0.95;
    std::uint64_t seed = 0; // the same values, options and seed give the same interval, anywhere
};

struct Interval
{
    double low = 0, high = 0;

    bool excludesZero() const { return low > 0 || high < 0; }
};

struct MeanEstimate
{
    std::int64_t count = 0;
    double mean = 0; // 0 when there are no values
    double deviation = 0; // of the sample, with n - 1; 0 below two values
    double smallest = 0, largest = 0;
    std::optional<Interval> interval; // of the mean; none below two values
};

// Percentile bootstrap (Efron 1979). Every value must be finite.
MeanEstimate estimateMean(std::span<const double> values, const BootstrapOptions& options = {});

// Of left - right, pair by pair, over the pairs that have both: what is missing is left out.
MeanEstimate estimateDifference(std::span<const std::optional<double>> left,
                                std::span<const std::optional<double>> right,
                                const BootstrapOptions& options = {});

// Linear between neighbours, as numpy.percentile; sorted: ascending and not empty; share: 0 ... 1.
double quantile(std::span<const double> sorted, double share);

} // namespace adtailor
