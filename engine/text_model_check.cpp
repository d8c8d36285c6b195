// SPDX-License-Identifier: GPL-3.0-or-later
#include "text_model_check.h"

#include "engine_model.h"
#include "generation/answer.h"
#include "models/text_model.h"

namespace adtailor {

namespace {

std::vector<std::int32_t> listOf(const torch::Tensor& ids)
{
    const auto flat = ids.flatten().to(torch::kCPU, torch::kInt32).contiguous();
    const auto* values = flat.const_data_ptr<std::int32_t>();
    return { values, values + flat.numel() };
}

} // namespace

void checkTextModel(const std::filesystem::path& model, const EngineOptions& options,
                    const ExpectedValues& expected, SelfTestReport& report, const JobControl& job)
{
    auto network = loadTextModel(TextModelSource::open(model), scalarType(options.precision),
                                 expected.device(), job);
    const auto prompt = expected[answerPrompt], tokens = expected["answer_tokens"];
    DecoderInput input;
    input.embeddings = network->model->embed_tokens(torch::cat({ prompt, tokens }, 1));
    report.compare("answer_logits", network->textLogits(network(input)), expected["answer_logits"]);
    const Answer answer = writeAnswer(network,
                                      { .prompt = listOf(prompt),
                                        .sampling = { .temperature = 0 },
                                        .maxTokens = static_cast<int>(tokens.numel()) },
                                      job);
    report.compare(
        "answer_tokens",
        torch::tensor(std::vector<std::int64_t>(answer.tokens.begin(), answer.tokens.end())),
        tokens[0].to(torch::kCPU));
}

} // namespace adtailor
