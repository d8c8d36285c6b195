// TextVector: how alike two short texts are, in any language, without a model.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace adtailor {

// Stands in for a sentence encoder when none is installed (PSS). Half of it compares letters: words
// and letter triples inside words (so that "armchair" is near "chair"), characters and character
// pairs in Chinese, Japanese and Korean. The other half compares departments of a shop, so that a
// sofa is nearer to a chair than to a cake, in English and Chinese alike. Function words count
// nothing. Same text, same vector, everywhere.
class TextVector
{
public:
    explicit TextVector(std::string_view utf8);

    // Cosine, [0, 1]; 0 when either text has no words.
    float similarity(const TextVector& other) const;

private:
    std::vector<std::pair<std::uint64_t, float>> m_features; // sorted by hash; unit length
};

float textSimilarity(std::string_view left, std::string_view right);

} // namespace adtailor
