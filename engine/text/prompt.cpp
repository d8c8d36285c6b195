// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/prompt.h"

#include "core/failure.h"

#include <algorithm>
#include <array>
#include <utility>

namespace adtailor {

namespace {

// DeepSeek's names hold a full-width bar and a lower one-eighth block.
constexpr const char* beginOfSentenceName = "<\uFF5Cbegin\u2581of\u2581sentence\uFF5C>";
constexpr const char* endOfSentenceName = "<\uFF5Cend\u2581of\u2581sentence\uFF5C>";
constexpr const char* padName = "<\uFF5C\u2581pad\u2581\uFF5C>";
constexpr const char* imagePlaceholderName = "<image_placeholder>";
constexpr const char* titlePlaceholderName = "<title_placeholder>";
constexpr std::string_view userTurn = "<|User|>: ";
constexpr std::string_view assistantTurn = "\n\n<|Assistant|>:";

// Registered by the public code, though the ad task never uses them: they take up ids.
constexpr std::array groundingNames
    = { "<grounding>", "</grounding>", "<box>", "</box>", "<ref>", "</ref>" };

// Janus' own tokens; without one of them the ids of all others would be off.
std::int32_t required(BpeTokenizer& tokenizer, const char* name)
{
    if (!tokenizer.idOf(name))
        throw Failure(ErrorCode::ModelMismatch,
                      std::string("The tokenizer has no token ") + name
                          + ": use the tokenizer.json of a Janus or AdTailor model.");
    return tokenizer.addToken(name);
}

std::string repeated(std::string_view text, int count)
{
    std::string result;
    for (int i = 0; i < count; ++i)
        result += text;
    return result;
}

// Both turns up to the place where the title begins.
std::vector<PromptPiece> chatPieces(const Instruction& instruction, const PromptParts& parts)
{
    std::vector<PromptPiece> pieces
        = instruction.fill({ .wordList = parts.wordList,
                             .titles = repeated(titlePlaceholderName, parts.historyItems),
                             .description = parts.description,
                             .images = repeated(imagePlaceholderName, parts.historyItems) });
    pieces.front().text.insert(0, userTurn);
    pieces.back().text.append(assistantTurn).append(" ").append(titleOpen);
    return pieces;
}

} // namespace

SpecialTokens SpecialTokens::registerIn(BpeTokenizer& tokenizer)
{
    SpecialTokens tokens{ .beginOfSentence = required(tokenizer, beginOfSentenceName),
                          .endOfSentence = required(tokenizer, endOfSentenceName),
                          .pad = required(tokenizer, padName),
                          .beginOfImage = required(tokenizer, "<begin_of_image>"),
                          .endOfImage = required(tokenizer, "<end_of_image>"),
                          .imagePlaceholder = required(tokenizer, imagePlaceholderName) };
    tokens.titlePlaceholder = tokenizer.addToken(titlePlaceholderName);
    tokens.beginOfHistoryTitle = tokenizer.addToken("<begin_of_history_title>");
    tokens.endOfHistoryTitle = tokenizer.addToken("<end_of_history_title>");
    tokens.neverInTitles = { tokens.beginOfSentence,     tokens.pad,
                             tokens.beginOfImage,        tokens.endOfImage,
                             tokens.imagePlaceholder,    tokens.titlePlaceholder,
                             tokens.beginOfHistoryTitle, tokens.endOfHistoryTitle };
    for (const char* name : groundingNames)
        tokens.neverInTitles.push_back(tokenizer.addToken(name));
    for (const char* name : { "<|User|>", "<|Assistant|>" }) {
        if (const auto id = tokenizer.idOf(name))
            tokens.neverInTitles.push_back(*id);
    }
    return tokens;
}

std::string joinSellingPoints(const std::vector<std::string>& points)
{
    std::string list;
    for (const std::string& point : points)
        list += (list.empty() ? "" : ", ") + point;
    return list;
}

PromptBuilder::PromptBuilder(const BpeTokenizer& tokenizer, SpecialTokens special,
                             PlaceholderCounts counts, Instruction instruction)
    : m_tokenizer(tokenizer)
    , m_special(std::move(special))
    , m_counts(counts)
    , m_instruction(std::move(instruction))
{
}

Result<std::vector<PromptPiece>> promptPieces(const std::string& instruction,
                                              const Product& product, int historyItems)
{
    return guarded([&] {
        return chatPieces(instruction.empty()
                              ? Instruction::own()
                              : Instruction::fromText(instruction, "The instruction"),
                          { .wordList = joinSellingPoints(product.sellingPoints),
                            .description = product.title,
                            .historyItems = historyItems });
    });
}

// Up to "<prompt>".
std::string PromptBuilder::chat(const PromptParts& parts) const
{
    std::string chat;
    for (const PromptPiece& piece :
         chatPieces(m_instruction,
                    { .wordList = m_tokenizer.withoutAddedTokens(parts.wordList),
                      .description = m_tokenizer.withoutAddedTokens(parts.description),
                      .historyItems = parts.historyItems }))
        chat += piece.text;
    return chat;
}

Prompt PromptBuilder::text(const PromptParts& parts) const
{
    Prompt prompt = build(chat(parts));
    prompt.titleStart = prompt.ids.size();
    return prompt;
}

Prompt PromptBuilder::image(const PromptParts& parts, std::string_view title) const
{
    const Prompt open = text(parts);
    Prompt prompt = build(chat(parts)
                              .append(m_tokenizer.withoutAddedTokens(title))
                              .append(titleClose)
                              .append(endOfSentenceName));
    // A title that begins with punctuation may merge with the tag's last character.
    prompt.titleStart = static_cast<std::size_t>(std::ranges::mismatch(open.ids, prompt.ids).in2
                                                 - prompt.ids.begin());
    prompt.ids.push_back(m_special.beginOfImage);
    return prompt;
}

Prompt PromptBuilder::negative() const
{
    Prompt prompt
        = build(std::string(userTurn).append(m_instruction.negative()).append(assistantTurn));
    prompt.titleStart = prompt.ids.size();
    prompt.ids.push_back(m_special.beginOfImage);
    return prompt;
}

Prompt PromptBuilder::build(const std::string& text) const
{
    Prompt prompt{ .ids = { m_special.beginOfSentence } };
    for (const std::int32_t id : m_tokenizer.encode(text))
        expand(id, prompt);
    return prompt;
}

// One placeholder of the text becomes a framed row of them.
void PromptBuilder::expand(std::int32_t id, Prompt& prompt) const
{
    const bool isImage = id == m_special.imagePlaceholder;
    if (!isImage && id != m_special.titlePlaceholder) {
        prompt.ids.push_back(id);
        return;
    }
    auto& positions = isImage ? prompt.imagePositions : prompt.titlePositions;
    prompt.ids.push_back(isImage ? m_special.beginOfImage : m_special.beginOfHistoryTitle);
    for (int i = 0; i < (isImage ? m_counts.imageTokens : m_counts.titleTokens); ++i) {
        positions.push_back(static_cast<std::int64_t>(prompt.ids.size()));
        prompt.ids.push_back(id);
    }
    prompt.ids.push_back(isImage ? m_special.endOfImage : m_special.endOfHistoryTitle);
}

} // namespace adtailor
