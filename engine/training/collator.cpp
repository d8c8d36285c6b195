// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/collator.h"

#include "models/control_image.h"

#include <adtailor/history_selector.h>

#include <map>
#include <set>

namespace adtailor {

struct Collator::History
{
    std::vector<std::int64_t> pictures; // rows of historyCodes
    std::vector<std::vector<std::int32_t>> titles; // padded
    std::vector<std::int64_t> lengths; // without padding
};

struct Collator::Row
{
    Prompt prompt;
    std::optional<History> history;
    bool labelled = true; // false: the negative prompt, which has no title
};

namespace {

constexpr std::size_t singleBytes = 256; // the first ids of a byte-level vocabulary

torch::Tensor gumbel(std::int64_t rows, std::int64_t columns, CounterRng& random)
{
    std::vector<float> values(static_cast<std::size_t>(rows * columns));
    random.fillGumbel(values);
    return torch::tensor(values).view({ rows, columns });
}

// Each row gets its own rate: a third of them `most`, the others mostly a low one. Where nothing of
// the picture can be trusted, every token has to be told from the prompt and its history.
torch::Tensor withNoise(const torch::Tensor& ids, double most, std::int64_t codes)
{
    const auto rate = (1.5 * torch::rand({ ids.size(0), 1 })).pow(3).clamp_max(1) * most;
    const auto swapped = torch::rand(ids.sizes()) < rate;
    return torch::where(swapped, torch::randint(codes, ids.sizes(), ids.options()), ids);
}

void exchange(HistoryInput& history)
{
    for (torch::Tensor* part : { &history.imageIds, &history.titleIds, &history.titleReal,
                                 &history.imageNoise, &history.titleNoise }) {
        if (part->defined())
            *part = part->roll(1, 0);
    }
}

} // namespace

Collator::Collator(const AdSamples& samples, const UniAdGenConfig& config,
                   const BpeTokenizer& tokenizer, const PromptBuilder& prompts)
    : m_samples(samples)
    , m_config(config)
    , m_tokenizer(tokenizer)
    , m_prompts(prompts)
    , m_isWord(tokenizer.vocabularySize(), true)
{
    for (const std::int32_t token : prompts.special().neverInTitles)
        m_isWord[static_cast<std::size_t>(token)] = false;
    for (const std::int32_t token : prompts.image({}, "").ids)
        m_isWord[static_cast<std::size_t>(token)] = false;
    for (std::size_t token = singleBytes; token < m_isWord.size(); ++token) {
        if (m_isWord[token])
            m_words.push_back(static_cast<std::int32_t>(token));
    }
}

Collator::History Collator::makeHistory(const AdSample& sample, const std::string& title,
                                        CounterRng& random) const
{
    const auto& config = *m_config.preference;
    const PreferenceOptions options{ .seed = static_cast<std::uint32_t>(random.bits()) };
    History history;
    for (const int index : selectHistory(sample.similarities, sample.historyTitles, options,
                                         static_cast<int>(config.historyLength), title)) {
        const auto place = static_cast<std::size_t>(index);
        auto ids = m_tokenizer.encode(m_tokenizer.withoutAddedTokens(sample.historyTitles[place]));
        history.pictures.push_back(sample.historyPictures[place]);
        history.lengths.push_back(
            std::min(static_cast<std::int64_t>(ids.size()), config.titleTokens));
        ids.resize(static_cast<std::size_t>(config.titleTokens), m_prompts.special().pad);
        history.titles.push_back(std::move(ids));
    }
    return history;
}

Collator::Row Collator::makeRow(const AdSample& sample, const CollatorOptions& options,
                                CounterRng& random) const
{
    Row row;
    const std::string& title = sample.titles[random.below(sample.titles.size())];
    if (random.uniform() < options.promptDropout) {
        row.prompt = m_prompts.negative();
        row.labelled = false;
        return row;
    }
    PromptParts parts{ .wordList = sample.wordList, .description = sample.description };
    if (options.history && random.uniform() >= options.historyDropout) {
        auto history = makeHistory(sample, title, random);
        // The leak guard may leave too few items; the model always reads a full set or none.
        if (static_cast<std::int64_t>(history.pictures.size())
            == m_config.preference->historyLength) {
            parts.historyItems = static_cast<int>(history.pictures.size());
            row.history = std::move(history);
        }
    }
    row.prompt = m_prompts.image(parts, title);
    if (random.uniform() < options.wordSubstitution)
        substituteWords(row.prompt, random);
    return row;
}

void Collator::substituteWords(Prompt& prompt, CounterRng& random) const
{
    const auto title = prompt.ids.begin() + static_cast<std::ptrdiff_t>(prompt.titleStart);
    const std::set<std::int32_t> listed(prompt.ids.begin(), title);
    std::map<std::int32_t, std::int32_t> swaps;
    for (auto token = title; token != prompt.ids.end(); ++token) {
        if (m_isWord[static_cast<std::size_t>(*token)] && listed.contains(*token))
            swaps.try_emplace(*token, m_words[random.below(m_words.size())]);
    }
    for (std::int32_t& token : prompt.ids) {
        if (const auto swap = swaps.find(token); swap != swaps.end())
            token = swap->second;
    }
}

void Collator::addHistory(const std::vector<Row>& rows, TrainingBatch& batch,
                          CounterRng& random) const
{
    const auto& config = *m_config.preference;
    std::vector<torch::Tensor> images, titles, real;
    for (const Row& row : rows) {
        if (!row.history)
            continue;
        images.push_back(
            m_samples.historyCodes.index_select(0, torch::tensor(row.history->pictures)));
        std::vector<torch::Tensor> ids;
        for (const auto& title : row.history->titles)
            ids.push_back(torch::tensor(title, torch::kInt64));
        titles.push_back(torch::stack(ids));
        const auto lengths = torch::tensor(row.history->lengths).unsqueeze(1);
        real.push_back((torch::arange(config.titleTokens).unsqueeze(0) < lengths).flatten());
    }
    if (images.empty())
        return;
    batch.history.imageIds = torch::stack(images);
    batch.history.titleIds = torch::stack(titles);
    if (config.maskPadding)
        batch.history.titleReal = torch::stack(real);
    const std::int64_t count = batch.history.imageIds.size(0);
    batch.history.imageNoise = gumbel(count, batch.history.imageIds[0].numel(), random);
    batch.history.titleNoise = gumbel(count, batch.history.titleIds[0].numel(), random);
}

void Collator::addPictures(const std::vector<std::int64_t>& indices, const CollatorOptions& options,
                           TrainingBatch& batch, CounterRng& random) const
{
    std::vector<std::int64_t> pictures, controls;
    std::vector<float> kept;
    for (const std::int64_t index : indices) {
        const AdSample& sample = m_samples.samples[static_cast<std::size_t>(index)];
        pictures.push_back(sample.picture);
        controls.push_back(sample.control);
        kept.push_back(random.uniform() < options.conditionDropout ? 0.0F : 1.0F);
    }
    batch.imageIds = m_samples.imageCodes.index_select(0, torch::tensor(pictures));
    if (m_samples.controls.defined()) {
        batch.control
            = controlPixels(m_samples.controls.index_select(0, torch::tensor(controls)), m_config);
        batch.controlKept = torch::tensor(kept);
    }
    if (options.imageNoise > 0)
        batch.imageInput = withNoise(batch.imageIds, options.imageNoise, m_config.vq.codebookSize);
}

TrainingBatch Collator::collate(const std::vector<std::int64_t>& indices,
                                const CollatorOptions& options, CounterRng& random) const
{
    std::vector<Row> rows;
    std::int64_t longest = 0;
    for (const std::int64_t index : indices) {
        rows.push_back(
            makeRow(m_samples.samples[static_cast<std::size_t>(index)], options, random));
        longest = std::max(longest, static_cast<std::int64_t>(rows.back().prompt.ids.size()));
    }
    const auto& special = m_prompts.special();
    const auto count = static_cast<std::int64_t>(rows.size());
    TrainingBatch batch;
    batch.ids
        = torch::full({ count, longest }, static_cast<std::int64_t>(special.pad), torch::kInt64);
    batch.real = torch::zeros({ count, longest }, torch::kBool);
    batch.textLabels = torch::full({ count, longest }, ignoredLabel, torch::kInt64);
    batch.imagePlaceholder = special.imagePlaceholder;
    batch.titlePlaceholder = special.titlePlaceholder;
    for (std::int64_t b = 0; b < count; ++b) {
        const Prompt& prompt = rows[static_cast<std::size_t>(b)].prompt;
        const auto length = static_cast<std::int64_t>(prompt.ids.size());
        const auto ids = torch::tensor(prompt.ids, torch::kInt64);
        const std::int64_t start = longest - length;
        batch.ids[b].slice(0, start).copy_(ids);
        batch.real[b].slice(0, start).fill_(true);
        const std::int64_t first
            = options.lossOnPrompt ? 1 : static_cast<std::int64_t>(prompt.titleStart);
        if (rows[static_cast<std::size_t>(b)].labelled && first < length)
            batch.textLabels[b].slice(0, start + first - 1, longest - 1).copy_(ids.slice(0, first));
    }
    const auto isPlaceholder = (batch.textLabels == batch.imagePlaceholder)
                                   .logical_or(batch.textLabels == batch.titlePlaceholder);
    batch.textLabels.masked_fill_(isPlaceholder, ignoredLabel);
    if (options.history)
        addHistory(rows, batch, random);
    if (options.otherHistory && batch.history.imageIds.defined())
        exchange(batch.history);
    if (options.pictures)
        addPictures(indices, options, batch, random);
    return batch;
}

} // namespace adtailor
