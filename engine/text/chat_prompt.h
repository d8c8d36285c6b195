// ChatPrompt: how published text models are asked for a title, and the title in their answers.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "text/bpe_tokenizer.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace adtailor {

enum class ChatTemplate {
    Qwen25, // ChatML with Qwen's own system turn
    Qwen3, // ChatML; without thinking, an empty thought stands before the answer
    DeepSeekR1, // DeepSeek's turns; the model always thinks
};

struct TitleQuestion
{
    std::string description;
    std::vector<std::string> sellingPoints;
    std::vector<std::string> historyTitles; // that the person clicked, oldest first; may be empty
};

// One turn in plain words, with the history's titles in it.
std::string questionText(const TitleQuestion& question);

// The tokens of a user's turn up to where the answer begins. Foreign text never becomes a special
// token. thinks: of Qwen3 alone. ModelMismatch when the tokenizer lacks a token of the template.
std::vector<std::int32_t> chatTokens(const BpeTokenizer& tokenizer, ChatTemplate kind,
                                     std::string_view text, bool thinks);

// The answer without its thoughts: the first line that is not empty, without quotes around it.
// Empty when the model was still thinking or said nothing.
std::string titleInAnswer(std::string_view answer, bool opensInThought);

} // namespace adtailor
