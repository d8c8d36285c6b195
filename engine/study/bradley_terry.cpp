// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/bradley_terry.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <numeric>

namespace adtailor {

namespace {

using Matrix = std::vector<double>; // square, row-major

constexpr int newtonSteps = 100;
constexpr double newtonPrecision = 1e-12;

// Gauss–Jordan; the matrix is symmetric and positive definite, so no pivots are needed.
Matrix inverted(Matrix matrix, std::size_t n)
{
    Matrix result(n * n, 0.0);
    for (std::size_t i = 0; i < n; ++i)
        result[i * n + i] = 1;
    for (std::size_t column = 0; column < n; ++column) {
        const double pivot = matrix[column * n + column];
        for (std::size_t k = 0; k < n; ++k) {
            matrix[column * n + k] /= pivot;
            result[column * n + k] /= pivot;
        }
        for (std::size_t row = 0; row < n; ++row) {
            const double factor = matrix[row * n + column];
            for (std::size_t k = 0; row != column && k < n; ++k) {
                matrix[row * n + k] -= factor * matrix[column * n + k];
                result[row * n + k] -= factor * result[column * n + k];
            }
        }
    }
    return result;
}

Matrix product(const Matrix& left, const Matrix& right, std::size_t n)
{
    Matrix result(n * n, 0.0);
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t k = 0; k < n; ++k) {
            for (std::size_t j = 0; j < n; ++j)
                result[i * n + j] += left[i * n + k] * right[k * n + j];
        }
    }
    return result;
}

// Minus the second derivative of the penalised log-likelihood.
Matrix curvature(const std::vector<double>& strengths, const WinMatrix& wins, double ridge)
{
    const std::size_t n = strengths.size();
    Matrix result(n * n, 0.0);
    for (std::size_t i = 0; i < n; ++i) {
        result[i * n + i] += 2 * ridge;
        for (std::size_t j = 0; j < n; ++j) {
            const double p = beatsWithProbability(strengths[i] - strengths[j]);
            const double weight = (wins[i * n + j] + wins[j * n + i]) * p * (1 - p);
            if (i != j) {
                result[i * n + i] += weight;
                result[i * n + j] -= weight;
            }
        }
    }
    return result;
}

std::vector<double> slope(const std::vector<double>& strengths, const WinMatrix& wins, double ridge)
{
    const std::size_t n = strengths.size();
    std::vector<double> result(n);
    for (std::size_t i = 0; i < n; ++i) {
        result[i] = -2 * ridge * strengths[i];
        for (std::size_t j = 0; j < n; ++j) {
            const double p = beatsWithProbability(strengths[i] - strengths[j]);
            if (i != j)
                result[i] += wins[i * n + j] * (1 - p) - wins[j * n + i] * p;
        }
    }
    return result;
}

double objective(const std::vector<double>& strengths, const WinMatrix& wins, double ridge)
{
    const std::size_t n = strengths.size();
    double result = 0;
    for (std::size_t i = 0; i < n; ++i) {
        result -= ridge * strengths[i] * strengths[i];
        for (std::size_t j = 0; j < n; ++j) {
            const double gap = strengths[j] - strengths[i];
            if (i != j) // log(1 + e^gap) without overflow
                result -= wins[i * n + j]
                    * (std::max(gap, 0.0) + std::log1p(std::exp(-std::abs(gap))));
        }
    }
    return result;
}

// Σ over clusters of the outer product of their summed scores.
template<typename Key>
Matrix meat(const std::vector<double>& strengths, const std::vector<Compared>& comparisons, Key key)
{
    const std::size_t n = strengths.size();
    std::map<int, std::vector<double>> scores;
    for (const Compared& one : comparisons) {
        auto& score = scores[key(one)];
        score.resize(n);
        const auto first = static_cast<std::size_t>(one.first),
                   second = static_cast<std::size_t>(one.second);
        const double residual
            = one.won - beatsWithProbability(strengths[first] - strengths[second]);
        score[first] += residual;
        score[second] -= residual;
    }
    Matrix result(n * n, 0.0);
    for (const auto& [cluster, score] : scores) {
        for (std::size_t i = 0; i < n * n; ++i)
            result[i] += score[i / n] * score[i % n];
    }
    return result;
}

} // namespace

WinMatrix winMatrix(const std::vector<Compared>& comparisons, int sources)
{
    const auto n = static_cast<std::size_t>(sources);
    WinMatrix wins(n * n, 0.0);
    for (const Compared& one : comparisons) {
        const auto first = static_cast<std::size_t>(one.first),
                   second = static_cast<std::size_t>(one.second);
        wins[first * n + second] += one.won;
        wins[second * n + first] += 1 - one.won;
    }
    return wins;
}

std::vector<double> bradleyTerry(const WinMatrix& wins, int sources, double ridge)
{
    const auto n = static_cast<std::size_t>(sources);
    std::vector<double> strengths(n, 0.0);
    double value = objective(strengths, wins, ridge);
    for (int step = 0; step < newtonSteps; ++step) {
        const auto gradient = slope(strengths, wins, ridge);
        const Matrix inverse = inverted(curvature(strengths, wins, ridge), n);
        double factor = 1, largest = 0;
        for (bool better = false; !better && factor > 1e-9; factor /= 2) { // backs off when too far
            std::vector<double> next = strengths;
            largest = 0;
            for (std::size_t i = 0; i < n; ++i) {
                double move = 0;
                for (std::size_t j = 0; j < n; ++j)
                    move += inverse[i * n + j] * gradient[j];
                next[i] += factor * move;
                largest = std::max(largest, std::abs(factor * move));
            }
            const double nextValue = objective(next, wins, ridge);
            better = nextValue >= value || largest < newtonPrecision;
            if (better) {
                strengths = std::move(next);
                value = nextValue;
            }
        }
        if (largest < newtonPrecision)
            break;
    }
    return strengths;
}

std::vector<double> sandwich(const std::vector<double>& strengths,
                             const std::vector<Compared>& comparisons, double ridge,
                             Clusters clusters)
{
    const std::size_t n = strengths.size();
    const auto byItem = [](const Compared& one) { return one.item; };
    const auto byVote = [](const Compared& one) { return one.vote; };
    Matrix middle = clusters == Clusters::Votes ? meat(strengths, comparisons, byVote)
                                                : meat(strengths, comparisons, byItem);
    if (clusters == Clusters::RatersAndItems) {
        const Matrix raters
            = meat(strengths, comparisons, [](const Compared& one) { return one.rater; });
        const Matrix votes = meat(strengths, comparisons, byVote);
        for (std::size_t i = 0; i < middle.size(); ++i)
            middle[i] += raters[i] - votes[i];
    }
    Matrix bread = curvature(strengths, winMatrix(comparisons, static_cast<int>(n)), ridge);
    for (double& value : bread) // scores add up to 0, so this changes nothing but the rounding
        value += 1;
    const Matrix inverse = inverted(std::move(bread), n);
    return product(product(inverse, middle, n), inverse, n);
}

std::vector<int> islands(const WinMatrix& wins, int sources)
{
    const auto n = static_cast<std::size_t>(sources);
    std::vector<int> island(n);
    std::iota(island.begin(), island.end(), 0);
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = 0; j < n; ++j) {
            if (wins[i * n + j] + wins[j * n + i] > 0 && island[i] != island[j])
                std::ranges::replace(island, std::max(island[i], island[j]),
                                     std::min(island[i], island[j]));
        }
    }
    return island;
}

double ratingOf(double strength)
{
    return 1000 + 400 / std::numbers::ln10 * strength;
}

double beatsWithProbability(double difference)
{
    return 1 / (1 + std::exp(-difference));
}

} // namespace adtailor
