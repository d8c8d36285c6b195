// Text metrics: how close an ad title is to what people wrote: BLEU, ROUGE-L, distinct-n, coverage.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/error.h>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adtailor {

// What both metrics count: Chinese characters one by one, Latin words and numbers whole, every
// space and every punctuation mark; lower case. Equal to jieba's accurate mode with its Chinese
// words split into characters.
std::vector<std::string> titleTokens(std::string_view text);

enum class BleuSmoothing {
    None, // 0 when any order has no match, so below four tokens always
    AddOne, // to orders above 1 (Lin and Och 2004; NLTK's method2)
};

struct BleuOptions
{
    int order = 4; // equal weights for n = 1 ... order
    BleuSmoothing smoothing = BleuSmoothing::None;
};

// All scores: 0 ... 100, rounded to 6 decimals; 0 for an empty text. Several references: BLEU clips
// and measures length over all of them, ROUGE takes the best.

// NLTK's corpus_bleu of this one sentence.
double bleu(std::string_view candidate, const std::vector<std::string>& references,
            const BleuOptions& options = {});
// F1 as the PyPI package rouge 1.0.1 computes it: distinct words, parts between full stops.
double rougeL(std::string_view candidate, const std::vector<std::string>& references);
// F1 of the longest common subsequence of tokens without spaces (Lin 2004), as rouge-score has it.
double plainRougeL(std::string_view candidate, const std::vector<std::string>& references);

// Distinct n-grams of tokens over all n-grams of a set of titles (Li et al. 2016), 0 ... 100;
// empty when no title has n tokens.
std::optional<double> distinctShare(const std::vector<std::string>& titles, int n);
// Share of the selling points that stand in the title, whatever their case and spaces, 0 ... 100;
// empty when there are none.
std::optional<double> pointCoverage(std::string_view title, const std::vector<std::string>& points);

struct ScoredTitle
{
    std::vector<std::string> tokens; // of the candidate
    double bleu = 0, smoothedBleu = 0, bleu1 = 0, rougeL = 0, plainRougeL = 0;
};

// lines: a file with {"candidate": text, "references": [text, ...]} on each line.
Result<std::vector<ScoredTitle>> scoreTitles(const std::filesystem::path& lines);

} // namespace adtailor
