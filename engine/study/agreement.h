// How far raters agree: Cohen's κ, Fleiss' κ and Krippendorff's α.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "study/interval.h"

#include <optional>
#include <string>
#include <vector>

namespace adtailor {

// ratings[unit][rater]: a category from 0, or nothing where that rater did not rate the unit.
using Ratings = std::vector<std::vector<std::optional<int>>>;

struct Coefficient
{
    std::optional<double> value;
    std::optional<Interval> interval; // over units drawn with replacement
    std::int64_t units = 0; // that entered it
    std::string reason; // why there is no value, one sentence
};

enum class Weights { None, Linear, Quadratic };
// Over the units that both rated; exactly two columns. As scikit-learn's cohen_kappa_score.
Coefficient cohenKappa(const Ratings& ratings, int categories, Weights weights,
                       const BootstrapOptions& options);

// Over the units with the commonest number of ratings (two at least), as statsmodels'
// fleiss_kappa; the others are left out, because the coefficient needs equal numbers.
Coefficient fleissKappa(const Ratings& ratings, int categories, const BootstrapOptions& options);

enum class Level { Nominal, Ordinal };
// Over all units with two ratings or more, as the PyPI package krippendorff.
Coefficient krippendorffAlpha(const Ratings& ratings, int categories, Level level,
                              const BootstrapOptions& options);

} // namespace adtailor
