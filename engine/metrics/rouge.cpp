// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/title_tokens.h"

#include <adtailor/text_metrics.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <set>

namespace adtailor {

namespace {

using Words = std::vector<std::u32string>;

// Lengths of the longest common subsequences of every two beginnings, row-major.
class LcsTable
{
public:
    LcsTable(const Words& x, const Words& y)
        : m_columns(y.size() + 1)
        , m_lengths((x.size() + 1) * m_columns)
    {
        for (std::size_t i = 1; i <= x.size(); ++i)
            for (std::size_t j = 1; j <= y.size(); ++j)
                m_lengths[i * m_columns + j] = x[i - 1] == y[j - 1]
                    ? at(i - 1, j - 1) + 1
                    : std::max(at(i - 1, j), at(i, j - 1));
    }

    std::uint32_t at(std::size_t i, std::size_t j) const { return m_lengths[i * m_columns + j]; }

private:
    std::size_t m_columns;
    std::vector<std::uint32_t> m_lengths;
};

void collectCommon(const Words& x, const Words& y, std::set<std::u32string>& common)
{
    const LcsTable table(x, y);
    for (std::size_t i = x.size(), j = y.size(); i > 0 && j > 0;) {
        if (x[i - 1] == y[j - 1]) {
            common.insert(x[i - 1]);
            --i;
            --j;
        } else if (table.at(i - 1, j) > table.at(i, j - 1)) {
            --i;
        } else {
            --j;
        }
    }
}

// The words of a part; a part of spaces only is one empty word.
Words wordsOf(std::u32string_view part)
{
    Words words(1);
    for (const char32_t c : part) {
        if (!isPythonSpace(c))
            words.back() += c;
        else if (!words.back().empty())
            words.emplace_back();
    }
    if (words.size() > 1 && words.back().empty())
        words.pop_back();
    return words;
}

// Tokens joined by spaces, split at every full stop; empty parts are dropped.
std::vector<Words> partsOf(std::string_view text)
{
    std::u32string joined;
    for (const std::u32string& token : tokensOf(text))
        joined += (joined.empty() ? U"" : U" ") + token;
    std::vector<Words> parts;
    for (std::size_t from = 0; from <= joined.size();) {
        const std::size_t stop = std::min(joined.find(U'.', from), joined.size());
        if (stop > from)
            parts.push_back(wordsOf(std::u32string_view(joined).substr(from, stop - from)));
        from = stop + 1;
    }
    return parts;
}

std::size_t distinctWords(const std::vector<Words>& parts)
{
    std::set<std::u32string> words;
    for (const Words& part : parts)
        words.insert(part.begin(), part.end());
    return words.size();
}

// epsilon: rouge 1.0.1 adds it to stay away from 0 / 0, and so never reaches 1.
double harmonicMean(double recall, double precision, double epsilon)
{
    return recall + precision == 0 ? 0 : 2 * recall * precision / (recall + precision + epsilon);
}

double summaryScore(const std::vector<Words>& candidate, const std::vector<Words>& reference)
{
    if (candidate.empty() || reference.empty())
        return 0;
    std::set<std::u32string> common;
    for (const Words& x : candidate)
        for (const Words& y : reference)
            collectCommon(x, y, common);
    const auto matched = static_cast<double>(common.size());
    return harmonicMean(matched / static_cast<double>(distinctWords(candidate)),
                        matched / static_cast<double>(distinctWords(reference)), 1e-8);
}

double sequenceScore(const Words& candidate, const Words& reference)
{
    if (candidate.empty() || reference.empty())
        return 0;
    const double matched = LcsTable(candidate, reference).at(candidate.size(), reference.size());
    return harmonicMean(matched / static_cast<double>(candidate.size()),
                        matched / static_cast<double>(reference.size()), 0);
}

double percent(double share)
{
    return std::round(share * 1e8) / 1e6;
}

} // namespace

double rougeL(std::string_view candidate, const std::vector<std::string>& references)
{
    const auto parts = partsOf(candidate);
    double best = 0;
    for (const std::string& reference : references)
        best = std::max(best, summaryScore(parts, partsOf(reference)));
    return percent(best);
}

double plainRougeL(std::string_view candidate, const std::vector<std::string>& references)
{
    const Words words = withoutSpaces(tokensOf(candidate));
    double best = 0;
    for (const std::string& reference : references)
        best = std::max(best, sequenceScore(words, withoutSpaces(tokensOf(reference))));
    return percent(best);
}

} // namespace adtailor
