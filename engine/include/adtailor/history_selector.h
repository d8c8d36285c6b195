// Product similarity sampling (PSS): which history items the model reads, and in which order.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/preference.h>

#include <span>
#include <string>
#include <vector>

namespace adtailor {

// NumPy's legacy RandomState(seed).choice(n, size, replace=false, p=p), number for number: the
// public code draws with it. p: probabilities that sum to 1, at least `size` of them above 0.
std::vector<int> numpyChoice(std::span<const double> p, int size, std::uint32_t seed);

// Indices of `count` items, in the order the model reads them; may repeat an index.
//
// Pss: weighted draw with p = s / sum(s), all s shifted above 0 when the smallest is not. With
// fewer items than `count`: all in order, then repeats drawn the same way; with fewer than half
// (where the public code fails) the repeats go round the items in order. Empty history: empty.
// excluded: a title that must not be read (the true answer in evaluation); its places are taken
// by other items as in the public code's leak guard. Empty: no guard.
std::vector<int> selectHistory(std::span<const float> similarities,
                               std::span<const std::string> titles,
                               const PreferenceOptions& options, int count,
                               const std::string& excluded = {});

} // namespace adtailor
