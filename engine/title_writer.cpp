// TitleWriter: the public door of the text models that titles are compared with.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/failure.h"
#include "core/sha256.h"
#include "engine_error.h"
#include "engine_model.h"
#include "generation/answer.h"
#include "generation/sampler.h"
#include "models/text_model.h"
#include "text/chat_prompt.h"

#include <adtailor/title_writer.h>

#include <c10/core/InferenceMode.h>

namespace adtailor {

namespace {

constexpr std::size_t longestQuestion = 16'384; // tokens; beyond it attention takes minutes
constexpr int longestAnswer = 32'768;

ChatTemplate templateOf(TextModelKind kind, const BpeTokenizer& tokenizer)
{
    if (tokenizer.idOf("<\uFF5CAssistant\uFF5C>"))
        return ChatTemplate::DeepSeekR1;
    if (kind == TextModelKind::Llama)
        throw Failure(ErrorCode::ModelMismatch,
                      "This LLaMA model is no DeepSeek-R1-Distill: its tokenizer does not know "
                      "DeepSeek's turns. Use Qwen2.5, Qwen3 or a DeepSeek-R1-Distill model.");
    return kind == TextModelKind::Qwen3 ? ChatTemplate::Qwen3 : ChatTemplate::Qwen25;
}

BpeTokenizer textTokenizer(const TextModelSource& source)
{
    BpeTokenizer tokenizer = BpeTokenizer::load(source.folder / "tokenizer.json");
    if (tokenizer.vocabularySize() > static_cast<std::size_t>(source.config.vocabularySize))
        throw Failure(ErrorCode::ModelMismatch,
                      "The tokenizer of " + source.folder.string()
                          + " has more tokens than its model: use files that belong together.");
    return tokenizer;
}

} // namespace

struct TitleWriter::Impl
{
    std::string hash;
    BpeTokenizer tokenizer;
    ChatTemplate chat;
    std::vector<std::int32_t> endTokens;
    LanguageModel network;
};

Result<TitleWriter> TitleWriter::load(const std::filesystem::path& folder,
                                      const EngineOptions& options, const JobControl& job)
{
    return guarded(
        [&] {
            makeDeterministic(options);
            const TextModelSource source = TextModelSource::open(folder);
            BpeTokenizer tokenizer = textTokenizer(source);
            const ChatTemplate chat = templateOf(source.kind, tokenizer);
            auto network = loadTextModel(source, scalarType(options.precision),
                                         parseDevice(options.device), job);
            return TitleWriter(std::make_unique<Impl>(
                Impl{ sha256HexOfFile(source.weights.front(), job), std::move(tokenizer), chat,
                      source.endTokens, std::move(network) }));
        },
        engineError);
}

TitleWriter::TitleWriter(std::unique_ptr<Impl> impl)
    : m_impl(std::move(impl))
{
}
TitleWriter::TitleWriter(TitleWriter&&) noexcept = default;
TitleWriter& TitleWriter::operator=(TitleWriter&&) noexcept = default;
TitleWriter::~TitleWriter() = default;

const std::string& TitleWriter::hash() const
{
    return m_impl->hash;
}

bool TitleWriter::alwaysThinks() const
{
    return m_impl->chat == ChatTemplate::DeepSeekR1;
}

Result<std::string> TitleWriter::write(const TitleTaskInWords& task,
                                       const TitleWriterOptions& options,
                                       const JobControl& job) const
{
    return guarded(
        [&] {
            const c10::InferenceMode inference;
            checkSampling(options.sampling, "text");
            if (options.maxTokens < 1 || options.maxTokens > longestAnswer)
                throw Failure(ErrorCode::InvalidInput,
                              "An answer may have 1 to 32768 tokens, not "
                                  + std::to_string(options.maxTokens) + ".");
            AnswerTask answerTask{ .prompt
                                   = chatTokens(m_impl->tokenizer, m_impl->chat,
                                                questionText({ task.description, task.sellingPoints,
                                                               task.historyTitles }),
                                                options.thinks),
                                   .sampling = options.sampling,
                                   .seed = options.seed,
                                   .maxTokens = options.maxTokens,
                                   .endTokens = m_impl->endTokens };
            if (answerTask.prompt.size() > longestQuestion)
                throw Failure(ErrorCode::InvalidInput,
                              "Product and history are too long to be put into one question; "
                              "shorten the history.");
            const Answer answer = writeAnswer(m_impl->network, answerTask, job);
            std::string title
                = titleInAnswer(m_impl->tokenizer.decode(answer.tokens), alwaysThinks());
            if (title.empty())
                throw Failure(ErrorCode::InvalidInput,
                              answer.finished ? "The text model answered without a title."
                                              : "The text model had written no title after "
                                      + std::to_string(options.maxTokens)
                                      + " tokens; allow more with --answer-tokens.");
            return title;
        },
        engineError);
}

} // namespace adtailor
