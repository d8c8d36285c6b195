// SPDX-License-Identifier: GPL-3.0-or-later
#include "preference/preference_extractor.h"

#include "core/counter_rng.h"
#include "core/failure.h"
#include "nn/pixels.h"

#include <adtailor/history_selector.h>

#include <string_view>
#include <utility>

namespace adtailor {

namespace {

std::vector<float> toFloats(const torch::Tensor& row)
{
    const auto values = row.to(torch::kFloat32).cpu().contiguous();
    const auto* data = values.const_data_ptr<float>();
    return { data, data + values.numel() };
}

// Weight of each kept token divided by the largest; 0 for a dropped one.
torch::Tensor keptWeights(const MaskedTokens& mask)
{
    const auto kept = mask.weights * (mask.kept > 0.5).to(mask.weights.scalar_type());
    return kept / kept.max().clamp_min(1e-12);
}

// Whether UTF-8 text stops between two characters: a token may hold a part of one.
bool endsWithWholeCharacter(std::string_view text)
{
    std::size_t tail = 0; // continuation bytes
    while (tail < text.size() && tail < 4
           && (static_cast<unsigned char>(text[text.size() - 1 - tail]) & 0xC0U) == 0x80U)
        ++tail;
    if (tail == text.size() || tail == 4)
        return true; // not UTF-8; nothing to wait for
    const auto lead = static_cast<unsigned char>(text[text.size() - 1 - tail]);
    const std::size_t expected = lead >= 0xF0U ? 3 : lead >= 0xE0U ? 2 : lead >= 0xC0U ? 1 : 0;
    return tail >= expected;
}

} // namespace

torch::Tensor gumbelNoise(std::uint64_t seed, std::int64_t offset, std::int64_t count)
{
    CounterRng random(seed,
                      (static_cast<std::uint64_t>(offset) << 8U)
                          | static_cast<std::uint64_t>(RandomStream::Mask));
    std::vector<float> values(static_cast<std::size_t>(count));
    random.fillGumbel(values);
    return torch::tensor(values).unsqueeze(0);
}

torch::Tensor historyPicture(const Image& image, std::int64_t side)
{
    return resizeBicubic(resizeBicubic(toTensor(image), datasetSide, datasetSide), side, side);
}

PreferenceExtractor::PreferenceExtractor(UniAdGen network, const BpeTokenizer& tokenizer,
                                         std::int32_t padToken,
                                         std::shared_ptr<SentenceEncoder> encoder)
    : m_network(std::move(network))
    , m_tokenizer(tokenizer)
    , m_padToken(padToken)
    , m_similarity(std::move(encoder))
{
}

torch::Tensor PreferenceExtractor::titleIds(std::string_view title, std::int64_t& length) const
{
    const auto limit = static_cast<std::size_t>(m_network->config.preference->titleTokens);
    auto ids = m_tokenizer.encode(m_tokenizer.withoutAddedTokens(title));
    length = static_cast<std::int64_t>(std::min(ids.size(), limit));
    ids.resize(limit, m_padToken);
    return torch::tensor(ids, torch::kInt64);
}

torch::Tensor PreferenceExtractor::imageIds(const Image& image) const
{
    const auto side = m_network->config.preference->imageSize;
    const auto pixels = normalizePixels(historyPicture(image, side)).unsqueeze(0);
    const auto& weight = m_network->gen_vision_model->quant_conv->weight;
    return m_network->gen_vision_model->encode(pixels.to(weight.options())).squeeze(0);
}

ExtractedPreferences PreferenceExtractor::extract(const Brief& brief,
                                                  const PreferenceOptions& options,
                                                  std::uint64_t seed, const JobControl& job) const
{
    ExtractedPreferences result;
    auto scores = m_similarity.compare(brief);
    result.profile.similarities = std::move(scores.values);
    result.profile.similarityMethod = std::move(scores.method);
    if (brief.history.empty() || !m_network->config.preference)
        return result;
    const auto& config = *m_network->config.preference;
    const int count = options.count > 0 ? options.count : static_cast<int>(config.historyLength);
    std::vector<std::string> titles;
    for (const HistoryItem& item : brief.history)
        titles.push_back(item.title);
    const auto chosen = selectHistory(result.profile.similarities, titles, options, count);

    HistoryInput input;
    std::vector<torch::Tensor> pictures, texts, real;
    std::vector<std::int64_t> lengths;
    for (const int index : chosen) {
        throwIfCancelled(job);
        const HistoryItem& item = brief.history[static_cast<std::size_t>(index)];
        pictures.push_back(imageIds(item.image));
        texts.push_back(titleIds(item.title, lengths.emplace_back()));
        real.push_back(torch::arange(config.titleTokens) < lengths.back());
        if (job.report)
            job.report({ .stage = Stage::Preference,
                         .done = static_cast<std::int64_t>(pictures.size()),
                         .total = static_cast<std::int64_t>(chosen.size()) });
    }
    const auto device = m_network->device();
    input.imageIds = torch::stack(pictures).unsqueeze(0);
    input.titleIds = torch::stack(texts).unsqueeze(0).to(device);
    if (config.maskPadding)
        input.titleReal = torch::cat(real).unsqueeze(0).to(device);
    input.keepsAll = options.masks == MaskSampling::KeepAll;
    if (options.masks == MaskSampling::Sampled) {
        const std::uint64_t noise = options.maskSeed.value_or(seed);
        input.imageNoise = gumbelNoise(noise, 0, input.imageIds.numel()).to(device);
        input.titleNoise = gumbelNoise(noise, 1, input.titleIds.numel()).to(device);
    }
    result.tokens = m_network->extractPreferences(input);

    const auto patches = keptWeights(result.tokens.imageMask).view({ count, -1 });
    const auto words = keptWeights(result.tokens.titleMask).view({ count, -1 });
    for (int i = 0; i < count; ++i) {
        PreferenceProfile::Item item;
        item.historyIndex = chosen[static_cast<std::size_t>(i)];
        item.similarity = result.profile.similarities[static_cast<std::size_t>(item.historyIndex)];
        item.patches = toFloats(patches[i]);
        item.words = toFloats(words[i].slice(0, 0, lengths[static_cast<std::size_t>(i)]));
        const auto& ids = texts[static_cast<std::size_t>(i)];
        std::string bytes;
        for (std::int64_t t = 0; t < lengths[static_cast<std::size_t>(i)]; ++t) {
            bytes += m_tokenizer.bytesOf(static_cast<std::int32_t>(ids[t].item<std::int64_t>()));
            const bool last = t + 1 == lengths[static_cast<std::size_t>(i)];
            item.wordTexts.push_back(
                last || endsWithWholeCharacter(bytes) ? std::exchange(bytes, {}) : std::string());
        }
        result.profile.items.push_back(std::move(item));
    }
    return result;
}

} // namespace adtailor
