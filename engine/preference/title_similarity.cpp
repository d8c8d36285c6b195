// SPDX-License-Identifier: GPL-3.0-or-later
#include "preference/title_similarity.h"

#include "preference/sentence_encoder.h"
#include "text/text_similarity.h"

namespace adtailor {

namespace {

// A brand or an odd sign in every tenth place still leaves a sentence understood.
constexpr double mostUnknown = 0.1;

std::vector<float> compareWords(const std::vector<std::string>& texts)
{
    const TextVector product(texts.front());
    std::vector<float> values;
    for (std::size_t i = 1; i < texts.size(); ++i)
        values.push_back(product.similarity(TextVector(texts[i])));
    return values;
}

std::vector<float> compareVectors(SentenceEncoder& encoder, const std::vector<std::string>& texts)
{
    const auto vectors = encoder.embed(texts);
    const auto cosines = torch::cosine_similarity(
        vectors.narrow(0, 0, 1), vectors.narrow(0, 1, vectors.size(0) - 1), 1, 1e-8);
    const auto* data = cosines.const_data_ptr<float>();
    return { data, data + cosines.numel() };
}

} // namespace

TitleSimilarity::Scores TitleSimilarity::compare(const Brief& brief) const
{
    std::vector<std::string> texts{ brief.product.title };
    for (const HistoryItem& item : brief.history)
        texts.push_back(item.title);
    if (m_encoder && m_encoder->unknownShare(texts) <= mostUnknown)
        return { compareVectors(*m_encoder, texts), m_encoder->name() };
    return { compareWords(texts), "words and letters" };
}

} // namespace adtailor
