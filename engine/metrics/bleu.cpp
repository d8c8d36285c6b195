// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/title_tokens.h"

#include <adtailor/text_metrics.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <span>

namespace adtailor {

namespace {

using Ngram = std::span<const std::u32string>;

struct NgramOrder
{
    bool operator()(Ngram left, Ngram right) const
    {
        return std::lexicographical_compare(left.begin(), left.end(), right.begin(), right.end());
    }
};

using NgramCounts = std::map<Ngram, int, NgramOrder>;

NgramCounts countNgrams(const TokenList& tokens, std::size_t n)
{
    NgramCounts counts;
    for (std::size_t i = 0; i + n <= tokens.size(); ++i)
        ++counts[Ngram(tokens).subspan(i, n)];
    return counts;
}

struct NgramPrecision
{
    double matches = 0;
    double total = 0;
};

// Matches are clipped against the reference that has most of an n-gram.
NgramPrecision clippedPrecision(const TokenList& candidate, const std::vector<TokenList>& references,
                           std::size_t n)
{
    std::vector<NgramCounts> known;
    for (const TokenList& reference : references)
        known.push_back(countNgrams(reference, n));
    NgramPrecision precision;
    for (const auto& [ngram, count] : countNgrams(candidate, n)) {
        int most = 0;
        for (const NgramCounts& counts : known) {
            const auto found = counts.find(ngram);
            most = found == counts.end() ? most : std::max(most, found->second);
        }
        precision.matches += std::min(count, most);
        precision.total += count;
    }
    precision.total = std::max(precision.total, 1.0);
    return precision;
}

// Against the reference whose length is closest; the shorter one when two are.
double brevityPenalty(std::size_t candidate, const std::vector<TokenList>& references)
{
    const auto length = static_cast<double>(candidate);
    double closest = std::numeric_limits<double>::infinity();
    for (const TokenList& reference : references) {
        const auto other = static_cast<double>(reference.size());
        const double apart = std::abs(other - length), before = std::abs(closest - length);
        if (apart < before || (apart == before && other < closest))
            closest = other;
    }
    return length > closest ? 1.0 : std::exp(1.0 - closest / length);
}

} // namespace

double bleu(std::string_view candidate, const std::vector<std::string>& references,
            const BleuOptions& options)
{
    const TokenList tokens = tokensOf(candidate);
    if (tokens.empty() || references.empty() || options.order < 1)
        return 0;
    std::vector<TokenList> known;
    for (const std::string& reference : references)
        known.push_back(tokensOf(reference));
    double sum = 0;
    for (int n = 1; n <= options.order; ++n) {
        const auto [matches, total] = clippedPrecision(tokens, known, static_cast<std::size_t>(n));
        const double added = n > 1 && options.smoothing == BleuSmoothing::AddOne ? 1 : 0;
        if (matches + added == 0)
            return 0; // NLTK takes the smallest double here, which rounds to 0 as well
        sum += std::log((matches + added) / (total + added)) / options.order;
    }
    const double score = brevityPenalty(tokens.size(), known) * std::exp(sum);
    return std::round(score * 1e8) / 1e6;
}

std::optional<double> distinctShare(const std::vector<std::string>& titles, int n)
{
    std::vector<TokenList> lists;
    std::set<Ngram, NgramOrder> distinct;
    double total = 0;
    for (const std::string& title : titles)
        lists.push_back(withoutSpaces(tokensOf(title)));
    for (const TokenList& tokens : lists) {
        for (const auto& [ngram, count] : countNgrams(tokens, static_cast<std::size_t>(n))) {
            distinct.insert(ngram);
            total += count;
        }
    }
    if (total == 0)
        return std::nullopt;
    return 100.0 * static_cast<double>(distinct.size()) / total;
}

} // namespace adtailor
