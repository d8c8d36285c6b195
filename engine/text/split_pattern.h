// SplitPattern: the regular expressions we accept in a tokenizer.json, and nothing else.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace adtailor {

// A foreign expression could take exponential time, so a file only chooses from this list, and each
// is written out as code that takes linear time.
enum class SplitPattern {
    Gpt2, // words with their leading space, contractions, numbers, punctuation, white space
    Llama3, // the same with any one sign before a word, and numbers of up to three digits
    Qwen2, // the same with single digits
    Clip, // contractions, words, single digits, signs; what lies between is dropped
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

// Cuts text into matches and what lies between them; every byte is in exactly one piece, but Clip
// leaves out what lies between.
class TextSplitter
{
public:
    // What comes first in a text: a match of so many bytes, or bytes that no match starts in.
    struct Step
    {
        std::size_t bytes = 0;
        bool matches = false;
    };

    explicit TextSplitter(SplitPattern pattern);

    // text: well-formed UTF-8.
    template<typename Piece> void split(std::string_view text, Piece&& piece) const
    {
        std::size_t start = 0; // of what no match has taken yet
        for (std::size_t i = 0; i < text.size();) {
            const Step step = m_first(text.substr(i));
            if (step.matches) {
                if (start < i && !m_dropsRest)
                    piece(text.substr(start, i - start));
                piece(text.substr(i, step.bytes));
                start = i + step.bytes;
            }
            i += step.bytes;
        }
        if (start < text.size() && !m_dropsRest)
            piece(text.substr(start));
    }

private:
    Step (*m_first)(std::string_view text);
    bool m_dropsRest;
};

} // namespace adtailor
