// SPDX-License-Identifier: GPL-3.0-or-later
#include "dataset/title_words.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <set>
#include <string_view>

namespace adtailor {

namespace {

constexpr std::array<std::string_view, 16> englishConnectives{
    "with", "and",  "thanks", "to", "the",   "your",  "say", "hello",
    "oh",   "this", "love",   "at", "first", "sight", "yes", "psst",
};
constexpr std::array<std::string_view, 10> chineseConnectives{
    "的", "就选", "尽在", "有了", "遇见", "来啦", "你好呀", "爱了爱了", "有", "呀",
};
constexpr std::array<std::string_view, 11> chinesePunctuation{
    "，", "。", "：", "；", "！", "？", "、", "｜", "“", "”", "…",
};

bool isWordByte(char c)
{
    const auto byte = static_cast<unsigned char>(c);
    return std::isalnum(byte) != 0 || byte >= 0x80 || c == '-' || c == '\'';
}

std::vector<std::string> lowerWords(std::string_view text)
{
    std::vector<std::string> words(1);
    for (const char c : text) {
        if (isWordByte(c))
            words.back() += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        else if (!words.back().empty())
            words.emplace_back();
    }
    if (words.back().empty())
        words.pop_back();
    return words;
}

// Three-byte characters from E3 on: Chinese as far as our titles go.
bool hasChinese(std::string_view text)
{
    return std::ranges::any_of(text, [](char c) {
        return static_cast<unsigned char>(c) >= 0xE3 && static_cast<unsigned char>(c) <= 0xEF;
    });
}

// Punctuation and spaces become a line break, so that no phrase reaches across them.
std::string withoutPunctuation(std::string text)
{
    for (const std::string_view mark : chinesePunctuation) {
        for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark))
            text.replace(at, mark.size(), "\n");
    }
    std::ranges::replace_if(
        text, [](char c) { return c == ' ' || std::ispunct(static_cast<unsigned char>(c)) != 0; },
        '\n');
    return text;
}

std::vector<std::string> segments(const std::string& text)
{
    std::vector<std::string> parts(1);
    for (const char c : withoutPunctuation(text)) {
        if (c != '\n')
            parts.back() += c;
        else if (!parts.back().empty())
            parts.emplace_back();
    }
    if (parts.back().empty())
        parts.pop_back();
    return parts;
}

// Is the text a chain of pieces? reachable[i]: the first i bytes are.
bool isChain(const std::string& text, const std::set<std::string>& pieces)
{
    std::vector<bool> reachable(text.size() + 1);
    reachable[0] = true;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (!reachable[i])
            continue;
        for (const std::string& piece : pieces) {
            if (text.compare(i, piece.size(), piece) == 0)
                reachable[i + piece.size()] = true;
        }
    }
    return reachable[text.size()];
}

} // namespace

bool usesOnlyWords(const std::string& title, const std::vector<std::string>& phrases)
{
    if (hasChinese(title)) {
        std::set<std::string> pieces(chineseConnectives.begin(), chineseConnectives.end());
        for (const std::string& phrase : phrases) {
            for (std::string& part : segments(phrase))
                pieces.insert(std::move(part));
        }
        return std::ranges::all_of(segments(title),
                                   [&](const std::string& part) { return isChain(part, pieces); });
    }
    std::set<std::string> words(englishConnectives.begin(), englishConnectives.end());
    for (const std::string& phrase : phrases) {
        for (std::string& word : lowerWords(phrase))
            words.insert(std::move(word));
    }
    return std::ranges::all_of(lowerWords(title),
                               [&](const std::string& word) { return words.contains(word); });
}

} // namespace adtailor
