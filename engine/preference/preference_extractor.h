// PreferenceExtractor: a person's history becomes preference tokens, and a profile people can read.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/uni_adgen.h"
#include "preference/title_similarity.h"
#include "text/bpe_tokenizer.h"

#include <adtailor/brief.h>
#include <adtailor/job.h>
#include <adtailor/preference.h>

namespace adtailor {

struct ExtractedPreferences
{
    PreferenceProfile profile;
    PreferenceTokens tokens; // B = 1; empty tensors when the history is empty
};

class PreferenceExtractor
{
public:
    // The tokenizer must outlive the extractor. padToken fills short titles. encoder may be null.
    PreferenceExtractor(UniAdGen network, const BpeTokenizer& tokenizer, std::int32_t padToken,
                        std::shared_ptr<SentenceEncoder> encoder = {});

    // PSS, then MPE. seed: of the mask noise. Titles are compared with the product's description.
    ExtractedPreferences extract(const Brief& brief, const PreferenceOptions& options,
                                 std::uint64_t seed, const JobControl& job) const;

    // int64 [titleTokens]: cut, or padded at the right. length: how many are not padding.
    torch::Tensor titleIds(std::string_view title, std::int64_t& length) const;

private:
    torch::Tensor imageIds(const Image& image) const; // int64 [imageTokens]

    mutable UniAdGen m_network;
    const BpeTokenizer& m_tokenizer;
    std::int32_t m_padToken;
    TitleSimilarity m_similarity;
};

// Gumbel(0, 1) noise [1, count] from the request's generator; `offset` keeps draws apart.
torch::Tensor gumbelNoise(std::uint64_t seed, std::int64_t offset, std::int64_t count);

// A history picture as the image tokenizer reads it: squeezed to 512 x 512, then to `side`, both
// bicubic as PIL does (the public code's two steps). -> uint8 [3, side, side]
torch::Tensor historyPicture(const Image& image, std::int64_t side);

} // namespace adtailor
