// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/agreement.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace adtailor {

namespace {

constexpr const char* noOverlap = "No two raters have rated the same thing.";
constexpr const char* noVariation = "Undefined: there is no variation, every rating is the same, "
                                    "so agreement by chance cannot be "
                                    "told from agreement.";

// The coefficient is a function of sums over units, so its interval needs only new sums.
Coefficient coefficient(const std::vector<Tally>& units,
                        const std::function<std::optional<double>(const Tally&)>& value,
                        const BootstrapOptions& options)
{
    Coefficient result{ .units = std::ssize(units) };
    if (units.empty()) {
        result.reason = noOverlap;
        return result;
    }
    result.value = value(sumOfTallies(units));
    if (!result.value) {
        result.reason = noVariation;
        return result;
    }
    result.interval = groupIntervals(
                          units, [&](const Tally& sum) { return Estimates{ value(sum) }; }, options)
                          .front();
    return result;
}

// 1 - observed / expected disagreement; nothing where none is expected.
std::optional<double> oneMinusRatio(double observed, double expected)
{
    if (!(expected > 0))
        return std::nullopt;
    return 1 - observed / expected;
}

double weightOf(std::size_t left, std::size_t right, Weights weights)
{
    const double gap = static_cast<double>(left) - static_cast<double>(right);
    if (weights == Weights::None)
        return left == right ? 0 : 1;
    return weights == Weights::Linear ? std::abs(gap) : gap * gap;
}

std::optional<double> cohenOfTable(const Tally& table, std::size_t k, Weights weights)
{
    std::vector<double> rows(k), columns(k);
    double total = 0;
    for (std::size_t i = 0; i < table.size(); ++i) {
        rows[i / k] += table[i];
        columns[i % k] += table[i];
        total += table[i];
    }
    double observed = 0, expected = 0;
    for (std::size_t i = 0; i < table.size(); ++i) {
        const double weight = weightOf(i / k, i % k, weights);
        observed += weight * table[i];
        expected += weight * rows[i / k] * columns[i % k] / total;
    }
    return oneMinusRatio(observed, expected);
}

std::vector<double> countsOf(const std::vector<std::optional<int>>& unit, std::size_t categories)
{
    std::vector<double> counts(categories);
    for (const auto& rating : unit) {
        if (rating)
            ++counts[static_cast<std::size_t>(*rating)];
    }
    return counts;
}

double ratingsOf(const std::vector<double>& counts)
{
    double sum = 0;
    for (const double count : counts)
        sum += count;
    return sum;
}

int commonestNumber(const Ratings& ratings)
{
    std::map<int, int> numbers;
    for (const auto& unit : ratings) {
        const auto count = static_cast<int>(
            std::ranges::count_if(unit, [](const auto& rating) { return rating.has_value(); }));
        if (count >= 2)
            ++numbers[count];
    }
    const auto most
        = std::ranges::max_element(numbers, {}, [](const auto& number) { return number.second; });
    return most == numbers.end() ? 0 : most->first;
}

// counts: how often each category was given, over all units; d² of Krippendorff (2011).
double squaredDistance(const std::vector<double>& counts, std::size_t left, std::size_t right,
                       Level level)
{
    if (left == right)
        return 0;
    if (level == Level::Nominal)
        return 1;
    const auto [low, high] = std::minmax(left, right);
    double sum = -(counts[low] + counts[high]) / 2;
    for (std::size_t i = low; i <= high; ++i)
        sum += counts[i];
    return sum * sum;
}

std::optional<double> alphaOfCoincidences(const Tally& table, std::size_t k, Level level)
{
    std::vector<double> counts(k);
    for (std::size_t i = 0; i < table.size(); ++i)
        counts[i / k] += table[i];
    const double total = ratingsOf(counts);
    double observed = 0, expected = 0;
    for (std::size_t i = 0; i < table.size(); ++i) {
        const double distance = squaredDistance(counts, i / k, i % k, level);
        observed += table[i] * distance;
        expected += counts[i / k] * counts[i % k] * distance / (total - 1);
    }
    return oneMinusRatio(observed, expected);
}

} // namespace

Coefficient cohenKappa(const Ratings& ratings, int categories, Weights weights,
                       const BootstrapOptions& options)
{
    const auto k = static_cast<std::size_t>(categories);
    std::vector<Tally> units;
    for (const auto& unit : ratings) {
        if (unit.size() != 2)
            return { .reason = "Cohen's κ needs exactly two raters." };
        if (!unit[0] || !unit[1])
            continue;
        Tally cell(k * k, 0.0);
        cell[static_cast<std::size_t>(*unit[0]) * k + static_cast<std::size_t>(*unit[1])] = 1;
        units.push_back(std::move(cell));
    }
    return coefficient(
        units, [&](const Tally& sum) { return cohenOfTable(sum, k, weights); }, options);
}

Coefficient fleissKappa(const Ratings& ratings, int categories, const BootstrapOptions& options)
{
    const auto k = static_cast<std::size_t>(categories);
    const int number = commonestNumber(ratings);
    const double n = number;
    std::vector<Tally> units; // how often each category, then the unit's agreement, then 1
    for (const auto& unit : ratings) {
        Tally counts = countsOf(unit, k);
        if (number == 0 || ratingsOf(counts) != n)
            continue;
        double pairs = 0;
        for (const double count : counts)
            pairs += count * (count - 1);
        counts.insert(counts.end(), { pairs / (n * (n - 1)), 1.0 });
        units.push_back(std::move(counts));
    }
    return coefficient(
        units,
        [&](const Tally& sum) {
            double chance = 0;
            for (std::size_t i = 0; i < k; ++i) {
                const double share = sum[i] / (n * sum[k + 1]);
                chance += share * share;
            }
            // Rounding must not make variation out of none.
            return oneMinusRatio(1 - sum[k] / sum[k + 1], chance > 1 - 1e-12 ? 0 : 1 - chance);
        },
        options);
}

Coefficient krippendorffAlpha(const Ratings& ratings, int categories, Level level,
                              const BootstrapOptions& options)
{
    const auto k = static_cast<std::size_t>(categories);
    std::vector<Tally> units; // each unit's coincidences
    for (const auto& unit : ratings) {
        const auto counts = countsOf(unit, k);
        const double number = ratingsOf(counts);
        if (number < 2)
            continue;
        Tally table(k * k);
        for (std::size_t i = 0; i < table.size(); ++i)
            table[i] = counts[i / k] * (counts[i % k] - (i / k == i % k ? 1 : 0)) / (number - 1);
        units.push_back(std::move(table));
    }
    return coefficient(
        units, [&](const Tally& sum) { return alphaOfCoincidences(sum, k, level); }, options);
}

} // namespace adtailor
