// SplitPattern: the regular expressions we accept in a tokenizer.json, and nothing else.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string_view>

namespace adtailor {

// A foreign expression could take exponential time, so a file only chooses from this list.
enum class SplitPattern {
    Gpt2, // words with their leading space, contractions, numbers, punctuation, white space
    Newline,
    CasedWord, // DeepSeek-LLM: letters of scripts with upper and lower case
    AsciiPunctuation, // DeepSeek-LLM: with the full-width forms
    TrailingSpace, // DeepSeek-LLM
    Ideographs, // DeepSeek-LLM and DeepSeek-Coder
    Word, // DeepSeek-Coder
    Punctuation, // DeepSeek-Coder
    Digit, // each one by itself
    Digits,
};

// The pattern that a file spells like this; nullopt = unknown.
std::optional<SplitPattern> splitPattern(std::string_view spelling);

// Cuts text into matches and what lies between them; every byte is in exactly one piece.
class TextSplitter
{
public:
    explicit TextSplitter(SplitPattern pattern);

    // text: well-formed UTF-8. Takes linear time.
    void split(std::string_view text, const std::function<void(std::string_view)>& piece) const;

private:
    struct Code;
    std::shared_ptr<const Code> m_code;
};

} // namespace adtailor
