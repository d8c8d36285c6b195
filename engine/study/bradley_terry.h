// Bradley–Terry: one strength for each source from pairs of them that were compared.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/statistics.h>

#include <optional>
#include <string>
#include <vector>

namespace adtailor {

// One comparison of two sources. Votes of one rater, and of one item, are not independent.
struct Compared
{
    int first = 0, second = 0; // sources
    double won = 0; // by the first: 1, ½ for a tie or both bad, 0
    int rater = 0, item = 0;
    int vote = 0; // a best-worst vote is several comparisons
};

// Row-major: how much of the comparisons of row and column the row has won.
using WinMatrix = std::vector<double>;

WinMatrix winMatrix(const std::vector<Compared>& comparisons, int sources);

// P(row beats column) = 1 / (1 + exp(θ_column - θ_row)); θ adds up to 0. Maximises the
// log-likelihood (ties are half a win for each) less `ridge` · Σ θ², which keeps sources that win
// everything finite. Newton's method. Equal to choix's opt_pairwise with alpha = ridge.
std::vector<double> bradleyTerry(const WinMatrix& wins, int sources,
                                 double ridge); // ridge > 0

inline constexpr double studyRidge = 0.01;

// Covariance of θ, row-major: H⁻¹ M H⁻¹ with M the sum of squared scores. Scores are added up
// within raters and within items (Cameron, Gelbach and Miller 2011: by rater + by item - by vote),
// or as the clusters say; statsmodels' cov_type "cluster" without small-sample correction.
enum class Clusters { Votes, Items, RatersAndItems };
std::vector<double> sandwich(const std::vector<double>& strengths,
                             const std::vector<Compared>& comparisons, double ridge,
                             Clusters clusters);

// Which sources can be compared at all, directly or through others: equal numbers, same island.
std::vector<int> islands(const WinMatrix& wins, int sources);

// 1000 + 400 · log10 of the strength: 400 more means ten wins for one defeat.
double ratingOf(double strength);
double beatsWithProbability(double difference); // of θ

} // namespace adtailor
