// Prompt: the token ids a model reads; the only place that spells special tokens and templates.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "text/bpe_tokenizer.h"
#include "text/instruction.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace adtailor {

// The title stands between them; both are ordinary text, not special tokens.
inline constexpr std::string_view titleOpen = "<prompt>";
inline constexpr std::string_view titleClose = "</prompt>";

struct SpecialTokens
{
    std::int32_t beginOfSentence = -1, endOfSentence = -1, pad = -1;
    std::int32_t beginOfImage = -1, endOfImage = -1, imagePlaceholder = -1;
    std::int32_t titlePlaceholder = -1, beginOfHistoryTitle = -1, endOfHistoryTitle = -1;
    std::vector<std::int32_t> neverInTitles; // all of the tokenizer's but endOfSentence

    // Looks up Janus' tokens and registers the ones of Uni-AdGen, in the public code's order, so
    // that each gets the id the checkpoints know. ModelMismatch when one of Janus' is missing.
    static SpecialTokens registerIn(BpeTokenizer& tokenizer);
};

struct PromptParts
{
    std::string wordList; // selling points; see joinSellingPoints
    std::string description; // of the product
    int historyItems = 0; // of the history that the model reads; 0 leaves these slots out
};

std::string joinSellingPoints(const std::vector<std::string>& points);

struct Prompt
{
    std::vector<std::int32_t> ids; // begins with the begin-of-sentence token
    std::vector<std::int64_t> imagePositions; // of the image placeholders, item after item
    std::vector<std::int64_t> titlePositions; // of the title placeholders
    // First position of the title's text, behind "<prompt>"; ids.size() when there is none.
    std::size_t titleStart = 0;
};

// How many placeholders stand for one item of the history.
struct PlaceholderCounts
{
    int imageTokens = 64;
    int titleTokens = 30;
};

// Foreign text never becomes a special token in it: such a text is broken up by a space.
class PromptBuilder
{
public:
    // The tokenizer must outlive the builder; its special tokens are registered.
    PromptBuilder(const BpeTokenizer& tokenizer, SpecialTokens special, PlaceholderCounts counts,
                  Instruction instruction = Instruction::own());

    // Ends with "<prompt>": the model goes on with the title.
    Prompt text(const PromptParts& parts) const;
    // Ends with "<prompt>title</prompt>", end of sentence, begin of image: the picture follows.
    Prompt image(const PromptParts& parts, std::string_view title) const;
    // The unconditional row: no product, no history, no title; ends with begin of image.
    Prompt negative() const;

    const SpecialTokens& special() const { return m_special; }
    const Instruction& instruction() const { return m_instruction; }

private:
    std::string chat(const PromptParts& parts) const;
    Prompt build(const std::string& text) const;
    void expand(std::int32_t id, Prompt& prompt) const;

    const BpeTokenizer& m_tokenizer;
    SpecialTokens m_special;
    PlaceholderCounts m_counts;
    Instruction m_instruction;
};

} // namespace adtailor
