// SPDX-License-Identifier: GPL-3.0-or-later
#include "generation/title_decoder.h"

#include "core/counter_rng.h"
#include "core/failure.h"
#include "core/utf8.h"
#include "generation/prefill.h"
#include "generation/sampler.h"
#include "text/prompt.h"

#include <algorithm>
#include <limits>
#include <string_view>

namespace adtailor {

namespace {

std::string stripped(std::string_view text)
{
    constexpr std::string_view blanks = " \t\r\n";
    const std::size_t first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos)
        return {};
    std::string title = repairedUtf8(text.substr(first, text.find_last_not_of(blanks) - first + 1));
    // A title is one line, and must not speak to the terminal that it is printed on.
    std::replace_if(
        title.begin(), title.end(), [](unsigned char byte) { return byte < 0x20 || byte == 0x7F; },
        ' ');
    return title;
}

// Bytes at the end that are the start of a UTF-8 character whose rest has not come yet.
std::size_t unfinishedCharacter(std::string_view text)
{
    for (std::size_t back = 1; back <= std::min<std::size_t>(3, text.size()); ++back) {
        const auto byte = static_cast<unsigned char>(text[text.size() - back]);
        if ((byte & 0xC0U) == 0x80U)
            continue; // a continuation byte: the lead is farther back
        const std::size_t length = byte >= 0xF0U ? 4 : byte >= 0xE0U ? 3 : byte >= 0xC0U ? 2 : 1;
        return length > back ? back : 0;
    }
    return 0;
}

std::size_t unfinishedTag(std::string_view text)
{
    for (std::size_t length = std::min(titleClose.size() - 1, text.size()); length > 0; --length)
        if (text.ends_with(titleClose.substr(0, length)))
            return length;
    return 0;
}

class TitleDecoder
{
public:
    TitleDecoder(UniAdGen& network, const TitleTask& task, const JobControl& job)
        : m_network(network)
        , m_task(task)
        , m_job(job)
        , m_titles(task.seeds.size())
        , m_readings(task.seeds.size(), task.constraint.start())
    {
    }

    std::vector<WrittenTitle>
    run(const std::function<void(const std::vector<WrittenTitle>&)>& written)
    {
        torch::Tensor hidden = readPrompt();
        for (int index = 0; index < m_task.maxTokens; ++index) {
            const auto last = sample(hidden, index);
            written(m_titles);
            if (std::all_of(m_titles.begin(), m_titles.end(),
                            [](const WrittenTitle& title) { return title.finished; }))
                break;
            throwIfCancelled(m_job);
            if (index + 1 < m_task.maxTokens)
                hidden = step(last);
        }
        return m_titles;
    }

private:
    // All ads of the batch have the same prompt: it is read once.
    torch::Tensor readPrompt()
    {
        LanguageModel& model = m_network->language_model;
        const std::int64_t length = m_task.prompt.size(1);
        KvCache prompt = model->makeCache(1, length);
        const auto hidden = prefill(model, { .embeddings = m_task.prompt }, prompt, m_job);
        const auto rows = torch::zeros({ static_cast<std::int64_t>(m_titles.size()) },
                                       torch::dtype(torch::kInt64).device(m_network->device()));
        m_cache = std::move(prompt).gathered(rows, length + m_task.maxTokens);
        return hidden.index_select(0, rows);
    }

    torch::Tensor step(const std::vector<std::int64_t>& last)
    {
        const auto ids = torch::tensor(last, torch::kInt64).to(m_network->device()).unsqueeze(1);
        DecoderInput input{ .embeddings = m_network->embedText(ids), .cache = &*m_cache };
        return m_network->language_model(input).select(1, 0);
    }

    // Draws the next token of every row. A finished row goes on with the end token.
    std::vector<std::int64_t> sample(const torch::Tensor& hidden, int index)
    {
        const auto logits
            = m_network->language_model->textLogits(hidden).to(torch::kCPU).contiguous();
        const auto vocabulary = static_cast<std::size_t>(logits.size(1));
        std::vector<std::int64_t> last;
        for (std::size_t row = 0; row < m_titles.size(); ++row) {
            const float* values = logits.const_data_ptr<float>() + row * vocabulary;
            last.push_back(m_titles[row].finished
                               ? m_task.endToken
                               : draw(row, { values, values + vocabulary }, index));
        }
        return last;
    }

    std::int32_t draw(std::size_t row, std::vector<float> logits, int index)
    {
        for (const std::int32_t token : m_task.forbidden)
            logits.at(token) = std::numeric_limits<float>::lowest();
        if (m_task.constraint.isActive())
            forbidImpossible(row, logits);
        const CounterRng random(m_task.seeds[row], RandomStream::Title);
        const std::int32_t token = sampleToken(logits, m_task.sampling,
                                               random.uniformAt(static_cast<std::uint64_t>(index)));
        WrittenTitle& title = m_titles[row];
        if (token != m_task.endToken)
            title.tokens.push_back(token);
        if (m_task.constraint.isActive())
            m_readings[row] = m_task.constraint.advance(m_readings[row], m_task.decode({ token }));
        const TitleText text = readTitle(m_task.decode(title.tokens));
        title.finished = token == m_task.endToken || text.closed;
        title.text = text.text;
        return token;
    }

    // A large negative logit, not minus infinity: whatever is left after these still adds up to 1.
    void forbidImpossible(std::size_t row, std::vector<float>& logits) const
    {
        for (std::size_t token = 0; token < logits.size(); ++token) {
            if (logits[token] == std::numeric_limits<float>::lowest())
                continue;
            const std::string bytes = m_task.decode({ static_cast<std::int32_t>(token) });
            if (bytes.empty() || m_task.constraint.advance(m_readings[row], bytes).empty())
                logits[token] = std::numeric_limits<float>::lowest();
        }
    }

    UniAdGen& m_network;
    const TitleTask& m_task;
    const JobControl& m_job;
    std::vector<WrittenTitle> m_titles;
    std::vector<TitleConstraint::State> m_readings; // of each row, while a constraint is active
    std::optional<KvCache> m_cache;
};

} // namespace

std::vector<WrittenTitle>
writeTitles(UniAdGen& network, const TitleTask& task, const JobControl& job,
            const std::function<void(const std::vector<WrittenTitle>&)>& written)
{
    return TitleDecoder(network, task, job).run(written);
}

TitleText readTitle(const std::string& bytes)
{
    const std::size_t close = bytes.find(titleClose);
    if (close != std::string::npos)
        return { stripped(std::string_view(bytes).substr(0, close)), true };
    std::string_view open = bytes;
    open.remove_suffix(unfinishedCharacter(open));
    open.remove_suffix(unfinishedTag(open));
    return { stripped(open), false };
}

} // namespace adtailor
