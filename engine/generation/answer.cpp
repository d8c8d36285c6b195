// SPDX-License-Identifier: GPL-3.0-or-later
#include "generation/answer.h"

#include "core/counter_rng.h"
#include "core/failure.h"
#include "generation/prefill.h"
#include "generation/sampler.h"

#include <algorithm>

namespace adtailor {

namespace {

torch::Tensor embeddingsOf(LanguageModel& model, const std::vector<std::int32_t>& tokens)
{
    const std::vector<std::int64_t> ids(tokens.begin(), tokens.end());
    const auto& table = model->model->embed_tokens;
    for (const std::int64_t id : ids) {
        if (id < 0 || id >= table->weight.size(0))
            throw Failure(ErrorCode::ModelMismatch,
                          "The tokenizer has tokens that the model does not know: use files that "
                          "belong together.");
    }
    return model->model->embed_tokens(torch::tensor(ids).unsqueeze(0).to(table->weight.device()));
}

// One position -> its hidden state [1, D]
torch::Tensor readToken(LanguageModel& model, const std::vector<std::int32_t>& token,
                        KvCache& cache)
{
    DecoderInput input;
    input.embeddings = embeddingsOf(model, token);
    input.cache = &cache;
    return model(input).select(1, 0);
}

} // namespace

Answer writeAnswer(LanguageModel& model, const AnswerTask& task, const JobControl& job)
{
    const auto length = static_cast<std::int64_t>(task.prompt.size());
    KvCache cache = model->makeCache(1, length + task.maxTokens);
    const CounterRng random(task.seed, RandomStream::Title);
    Answer answer;
    auto hidden = prefill(model, { .embeddings = embeddingsOf(model, task.prompt) }, cache, job);
    for (int index = 0; index < task.maxTokens; ++index) {
        throwIfCancelled(job);
        const auto logits = model->textLogits(hidden).flatten().to(torch::kCPU).contiguous();
        const std::span<const float> row(logits.const_data_ptr<float>(),
                                         static_cast<std::size_t>(logits.numel()));
        const std::int32_t token
            = sampleToken(row, task.sampling, random.uniformAt(static_cast<std::uint64_t>(index)));
        if (std::ranges::find(task.endTokens, token) != task.endTokens.end()) {
            answer.finished = true;
            break;
        }
        answer.tokens.push_back(token);
        if (index + 1 < task.maxTokens)
            hidden = readToken(model, { token }, cache);
    }
    return answer;
}

} // namespace adtailor
