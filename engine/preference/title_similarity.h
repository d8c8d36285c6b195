// TitleSimilarity: how alike a product and the titles of a history are (the scores of PSS).
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/brief.h>

#include <memory>
#include <string>
#include <vector>

namespace adtailor {

class SentenceEncoder;

class TitleSimilarity
{
public:
    struct Scores
    {
        std::vector<float> values; // cosines, one for each history item
        std::string method; // the encoder's name, or "words and letters"
    };

    // Without an encoder, and for texts that the encoder's vocabulary does not know (Chinese for an
    // English one), words and letters are compared.
    explicit TitleSimilarity(std::shared_ptr<SentenceEncoder> encoder = {})
        : m_encoder(std::move(encoder))
    {
    }

    // The product's description against each title.
    Scores compare(const Brief& brief) const;

private:
    std::shared_ptr<SentenceEncoder> m_encoder;
};

} // namespace adtailor
