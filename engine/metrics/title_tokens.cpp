// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/title_tokens.h"

#include "core/utf8.h"
#include "text/unicode.h"

#include <adtailor/text_metrics.h>

#include <algorithm>

namespace adtailor {

namespace {

// Words of jieba's dictionary (MIT licence) that hold Latin letters: the only ones that change
// where a text is cut once Chinese words are split into characters. In each first character's order
// of length, longest first.
constexpr std::u32string_view mixedWords[] = {
    U"1号店", U"4S店",   U"4s店",    U"AA制",      U"AB型",      U"AT&T",   U"A型",    U"A座",
    U"A股",   U"A轮",    U"BB机",    U"BP机",      U"B型",       U"B座",    U"B股",    U"B超",
    U"B轮",   U"CALL机", U"CD机",    U"CD盒",      U"C语言",     U"C++",    U"C#",     U"C座",
    U"C盘",   U"D座",    U"D版",     U"D盘",       U"E化",       U"E座",    U"E盘",    U"E通",
    U"F座",   U"F盘",    U"G盘",     U"H盘",       U"H股",       U"IP地址", U"IP电话", U"IC卡",
    U"IP卡",  U"I盘",    U"K歌之王", U"K党",       U"N年",       U"O型",    U"PC机",   U"PH值",
    U"QQ号",  U"Q版",    U"RSS订阅", U"SIM卡",     U"T型台",     U"T恤衫",  U"T台",    U"T恤",
    U"T盘",   U"U盘",    U"VISA卡",  U"X光线",     U"X射线",     U"X光",    U"Z盘",    U"c++",
    U"c#",    U"大S",    U"小S",     U"江南Style", U"江南style", U"阿Q",
};

bool isHan(char32_t c)
{
    return c >= 0x4E00 && c <= 0x9FD5;
}

bool isLatin(char32_t c)
{
    return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z') || (c >= U'0' && c <= U'9');
}

bool isDigit(char32_t c)
{
    return c >= U'0' && c <= U'9';
}

// A character that jieba cuts together with its neighbours.
bool isBlock(char32_t c)
{
    return isHan(c) || isLatin(c)
        || std::u32string_view(U"+#&._%-").find(c) != std::u32string::npos;
}

std::u32string decoded(std::string_view utf8)
{
    std::u32string text;
    while (!utf8.empty()) {
        const Utf8Char next = firstUtf8(utf8);
        text += next.codePoint;
        utf8.remove_prefix(next.bytes);
    }
    return text;
}

// As Python's str.lower, of one character at a time.
std::u32string lowered(std::u32string_view text)
{
    std::u32string lower;
    for (const char32_t c : text) {
        lower += unicode::lowercaseOf(c);
        if (c == U'\u0130')
            lower += U'\u0307';
    }
    return lower;
}

std::u32string_view mixedWordAt(std::u32string_view text)
{
    for (const std::u32string_view word : mixedWords) {
        if (text.starts_with(word))
            return word;
    }
    return {};
}

// Letters and digits, then a fraction, then a percent sign: jieba's ([a-zA-Z0-9]+(?:\.\d+)?%?).
std::size_t wordLength(std::u32string_view text)
{
    const auto skip = [&](std::size_t at, bool (*belongs)(char32_t)) {
        while (at < text.size() && belongs(text[at]))
            ++at;
        return at;
    };
    std::size_t length = skip(0, isLatin);
    if (length + 1 < text.size() && text[length] == U'.' && isDigit(text[length + 1]))
        length = skip(length + 1, isDigit);
    return length + (length < text.size() && text[length] == U'%' ? 1 : 0);
}

// Characters of a block without Chinese: words, and each stretch between two of them.
void cutStretch(std::u32string_view text, TokenList& tokens)
{
    while (!text.empty()) {
        std::size_t length = 0;
        if (isLatin(text.front()))
            length = wordLength(text);
        else
            while (length < text.size() && !isLatin(text[length]))
                ++length;
        tokens.push_back(lowered(text.substr(0, length)));
        text.remove_prefix(length);
    }
}

// A word of the list: its Chinese characters one by one, or all of it.
void cutMixedWord(std::u32string_view word, TokenList& tokens)
{
    if (std::none_of(word.begin(), word.end(), isHan)) {
        tokens.push_back(lowered(word));
        return;
    }
    for (const char32_t c : word)
        tokens.push_back(lowered({ &c, 1 }));
}

void cutBlock(std::u32string_view text, TokenList& tokens)
{
    std::size_t stretch = 0; // begins here; ends before i
    for (std::size_t i = 0; i < text.size();) {
        const std::u32string_view word = mixedWordAt(text.substr(i));
        if (word.empty() && !isHan(text[i])) {
            ++i;
            continue;
        }
        cutStretch(text.substr(stretch, i - stretch), tokens);
        if (word.empty())
            tokens.emplace_back(1, text[i]);
        else
            cutMixedWord(word, tokens);
        i += std::max<std::size_t>(word.size(), 1);
        stretch = i;
    }
    cutStretch(text.substr(stretch), tokens);
}

} // namespace

TokenList tokensOf(std::string_view utf8)
{
    const std::u32string all = decoded(utf8);
    std::u32string_view text = all;
    TokenList tokens;
    while (!text.empty()) {
        std::size_t length = 0;
        while (length < text.size() && isBlock(text[length]))
            ++length;
        if (length > 0) {
            cutBlock(text.substr(0, length), tokens);
        } else {
            length = text.starts_with(U"\r\n") ? 2 : 1;
            tokens.push_back(lowered(text.substr(0, length)));
        }
        text.remove_prefix(length);
    }
    return tokens;
}

std::string utf8Of(std::u32string_view text)
{
    std::string utf8;
    for (const char32_t c : text)
        appendUtf8(utf8, c);
    return utf8;
}

bool isPythonSpace(char32_t c)
{
    return (c >= 0x09 && c <= 0x0D) || (c >= 0x1C && c <= 0x20) || c == 0x85 || c == 0xA0
        || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F
        || c == 0x205F || c == 0x3000;
}

TokenList withoutSpaces(const TokenList& tokens)
{
    TokenList kept;
    for (const std::u32string& token : tokens) {
        if (!isPythonSpace(token.front()))
            kept.push_back(token);
    }
    return kept;
}

std::vector<std::string> titleTokens(std::string_view text)
{
    std::vector<std::string> tokens;
    for (const std::u32string& token : tokensOf(text))
        tokens.push_back(utf8Of(token));
    return tokens;
}

} // namespace adtailor
