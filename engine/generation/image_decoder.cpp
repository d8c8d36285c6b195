// SPDX-License-Identifier: GPL-3.0-or-later
#include "generation/image_decoder.h"

#include "core/counter_rng.h"
#include "core/failure.h"
#include "core/free_memory.h"
#include "generation/guidance.h"
#include "generation/prefill.h"
#include "generation/sampler.h"

namespace adtailor {

namespace {

class ImageDecoder
{
public:
    ImageDecoder(UniAdGen& network, const ImageTask& task, const JobControl& job)
        : m_network(network)
        , m_task(task)
        , m_job(job)
        , m_ads(static_cast<std::int64_t>(task.seeds.size()))
        , m_total(network->config.imageTokens())
        , m_promptLength(task.prompts.size(1))
        , m_interval(network->control ? network->control->interval : 1)
        , m_shift(network->control ? network->control->shift : 0)
        , m_tokens(task.seeds.size(), task.prefix)
    {
    }

    ImageTokens run(const std::function<void(const ImageTokens&)>& drawn)
    {
        torch::Tensor hidden = readPrompts();
        while (true) {
            sample(hidden);
            drawn(m_tokens);
            if (position() == m_total)
                return m_tokens;
            throwIfCancelled(m_job);
            hidden = step();
        }
    }

private:
    std::int64_t position() const { return static_cast<std::int64_t>(m_tokens.front().size()); }

    torch::Tensor int64Tensor(const std::vector<std::int64_t>& values) const
    {
        return torch::tensor(values, torch::kInt64).to(m_network->device());
    }

    // Which distinct prompt each row of the batch continues; with guidance two rows an ad.
    torch::Tensor rowsOfBatch() const
    {
        std::vector<std::int64_t> rows;
        for (const std::int64_t prompt : m_task.promptOfAd) {
            rows.push_back(prompt);
            if (m_task.negativePrompt)
                rows.push_back(*m_task.negativePrompt);
        }
        return int64Tensor(rows);
    }

    // Map entry k meets image position k - shift, so the first position of the sequence that meets
    // any is T - shift: the first image token, or with ControlAR's shift the end of the prompt.
    std::vector<torch::Tensor> injectionsFor(std::int64_t end, std::int64_t length) const
    {
        const std::int64_t firstEntry = end - length - m_promptLength + m_shift;
        const std::int64_t skipped = std::max<std::int64_t>(0, -firstEntry);
        std::vector<torch::Tensor> injections;
        if (skipped < length)
            for (const torch::Tensor& map : m_task.control)
                injections.push_back(map.narrow(1, firstEntry + skipped, length - skipped));
        return injections;
    }

    // Reads each distinct prompt once, copies the caches to the rows of the batch, then reads the
    // given first tokens. -> hidden states of the last position [rows, D]
    torch::Tensor readPrompts()
    {
        const bool padded = !m_task.mask.all().item<bool>();
        const torch::Tensor rows = rowsOfBatch();
        KvCache prompts
            = m_network->language_model->makeCache(m_task.prompts.size(0), m_promptLength);
        Prefill input{ .embeddings = m_task.prompts,
                       .mask = padded ? m_task.mask : torch::Tensor(),
                       .injections = injectionSource(),
                       .injectionInterval = m_interval };
        const auto hidden = prefill(m_network->language_model, input, prompts, m_job);
        m_cache = std::move(prompts).gathered(rows, m_promptLength + m_total);
        giveBackFreeMemory(); // of reading many positions at once
        if (padded)
            m_mask = torch::cat({ m_task.mask.index_select(0, rows),
                                  torch::ones({ rows.size(0), m_total }, m_task.mask.options()) },
                                1);
        return m_task.prefix.empty() ? hidden.index_select(0, rows) : readPrefix(rows.size(0));
    }

    torch::Tensor readPrefix(std::int64_t rows)
    {
        const std::vector<std::int64_t> ids(m_task.prefix.begin(), m_task.prefix.end());
        const auto embeddings = m_network->embedImage(int64Tensor(ids).unsqueeze(0));
        torch::Tensor hidden;
        constexpr std::int64_t piece = 64; // a stop is heard between two of them
        for (std::int64_t start = 0; start < embeddings.size(1); start += piece) {
            throwIfCancelled(m_job);
            const std::int64_t length = std::min(piece, embeddings.size(1) - start);
            hidden = advance(embeddings.narrow(1, start, length).expand({ rows, -1, -1 }));
        }
        return hidden;
    }

    InjectionSource injectionSource() const
    {
        return [this](std::int64_t end, std::int64_t length) { return injectionsFor(end, length); };
    }

    // Reads the tokens drawn last. -> [rows, D]
    torch::Tensor step()
    {
        std::vector<std::int64_t> last;
        for (const auto& tokens : m_tokens)
            last.push_back(tokens.back());
        auto embeddings = m_network->embedImage(int64Tensor(last).unsqueeze(1));
        return advance(m_task.negativePrompt ? paired(embeddings) : embeddings);
    }

    torch::Tensor advance(const torch::Tensor& embeddings)
    {
        const std::int64_t length = embeddings.size(1);
        const std::int64_t end = m_cache->length() + length;
        DecoderInput input{ .embeddings = embeddings, .cache = &*m_cache };
        if (m_mask.defined())
            input.keyMask = m_mask.narrow(1, 0, end);
        input.injections = injectionsFor(end, length);
        input.injectionInterval = m_interval;
        return m_network->language_model(input).select(1, length - 1);
    }

    void sample(const torch::Tensor& hidden)
    {
        torch::Tensor logits = m_network->imageLogits(hidden);
        if (m_task.negativePrompt)
            logits = guided(logits, m_task.guidanceScale);
        logits = logits.to(torch::kCPU).contiguous();
        const std::size_t codes = static_cast<std::size_t>(logits.size(1));
        const auto index = static_cast<std::uint64_t>(position());
        for (std::int64_t ad = 0; ad < m_ads; ++ad) {
            const CounterRng random(m_task.seeds[ad], RandomStream::Picture);
            m_tokens[ad].push_back(
                sampleToken({ logits.const_data_ptr<float>() + ad * codes, codes }, m_task.sampling,
                            random.uniformAt(index)));
        }
    }

    UniAdGen& m_network;
    const ImageTask& m_task;
    const JobControl& m_job;
    std::int64_t m_ads, m_total, m_promptLength;
    std::int64_t m_interval, m_shift;
    ImageTokens m_tokens;
    std::optional<KvCache> m_cache; // of all rows of the batch
    torch::Tensor m_mask; // bool [rows, T + total]; undefined: no padding
};

} // namespace

ImageTokens drawImages(UniAdGen& network, const ImageTask& task, const JobControl& job,
                       const std::function<void(const ImageTokens&)>& drawn)
{
    return ImageDecoder(network, task, job).run(drawn);
}

} // namespace adtailor
