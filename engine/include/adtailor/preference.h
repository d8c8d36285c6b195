// PreferenceProfile: what PSS chose from a history and what MPE kept of it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace adtailor {

enum class HistorySelection {
    Pss, // weighted draw by product similarity (paper; preference.md 2.2)
    TopK, // the most similar items, most similar first
    Random, // uniform draw
    InOrder // the first K as given
};

enum class MaskSampling {
    Sampled, // Gumbel noise from the request's generator
    Deterministic, // no noise: the same mask for every seed
    KeepAll, // no mask: everything that was chosen is read (the ablation without MPE's choice)
};

struct PreferenceOptions
{
    HistorySelection selection = HistorySelection::Pss;
    MaskSampling masks = MaskSampling::Sampled;
    int count = 0; // K; 0 = the model's own history length
    std::uint32_t seed = 42; // of the draw; the reference uses 42 for every sample
    // Of the mask's noise; the request's own seed when not given. One ad of a batch is made again
    // with the batch's first seed here.
    std::optional<std::uint64_t> maskSeed;
};

struct PreferenceProfile
{
    struct Item
    {
        int historyIndex = 0;
        float similarity = 0; // cosine of product description and item title, [-1, 1]
        // Per token: 0 = dropped by the mask, else the softmax weight divided by the largest.
        std::vector<float> patches; // square grid, row-major (8x8 at the reference size)
        std::vector<float> words; // one per title token, padding left out
        // Empty where a token ends inside a character: the token that completes it has all of it.
        std::vector<std::string> wordTexts;
    };
    std::vector<Item> items; // in the order the model reads them; may repeat an index
    std::vector<float> similarities; // of every history item, in history order
    std::string similarityMethod; // the sentence encoder's name, or "words and letters"
};

} // namespace adtailor
