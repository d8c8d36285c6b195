// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/split_pattern.h"

#include "core/failure.h"
#include "core/utf8.h"
#include "text/unicode.h"

#include <array>
#include <string>

namespace adtailor {

namespace {

// Letters of DeepSeek-LLM's expression. Escaped, because normalising it (K for the Kelvin sign)
// would change its meaning.
#define CASED_LETTERS                                                                              \
    "A-Za-z\u00B5\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u01BA\u01BC-\u01BF\u01C4-\u0293"                \
    "\u0295-\u02AF\u0370-\u0373\u0376\u0377\u037B-\u037D\u037F\u0386\u0388-\u038A\u038C"           \
    "\u038E-\u03A1\u03A3-\u03F5\u03F7-\u0481\u048A-\u052F\u0531-\u0556\u10A0-\u10C5"               \
    "\u13A0-\u13F5\u13F8-\u13FD\u1C90-\u1CBA\u1CBD-\u1CBF\u1D00-\u1D2B\u1D6B-\u1D77"               \
    "\u1D79-\u1D9A\u1E00-\u1F15\u1F18-\u1F1D\u1F20-\u1F45\u1F48-\u1F4D\u1F50-\u1F57\u1F59"         \
    "\u1F5B\u1F5D\u1F5F-\u1F7D\u1F80-\u1FB4\u1FB6-\u1FBC\u1FBE\u1FC2-\u1FC4\u1FC6-\u1FCC"          \
    "\u1FD0-\u1FD3\u1FD6-\u1FDB\u1FE0-\u1FEC\u1FF2-\u1FF4\u1FF6-\u1FFC\u2102\u2107"                \
    "\u210A-\u2113\u2115\u2119-\u211D\u2124\u2126\u2128\u212A-\u212D\u212F-\u2134\u2139"           \
    "\u213C-\u213F\u2145-\u2149\u214E\u2183\u2184\u2C00-\u2C7B\u2C7E-\u2CE4\u2CEB-\u2CEE"          \
    "\u2CF2\u2CF3\uA640-\uA66D\uA680-\uA69B\uA722-\uA76F\uA771-\uA787\uA78B-\uA78E"                \
    "\uAB70-\uABBF\uFB00-\uFB06\uFB13-\uFB17\uFF21-\uFF3A\uFF41-\uFF5A"                            \
    "\U00010400-\U0001044F\U000104B0-\U000104D3\U000104D8-\U000104FB\U00010C80-\U00010CB2"         \
    "\U00010CC0-\U00010CF2\U000118A0-\U000118DF\U0001E900-\U0001E943"
#define IDEOGRAPHS "\u4E00-\u9FA5\u0800-\u4E00\uAC00-\uD7FF"
#define ASCII_PUNCTUATION "!-/:-~\uFF01-\uFF0F\uFF1A-\uFF5E\u2018-\u201F\u3000-\u3002"

using Step = TextSplitter::Step;

// The inside of a bracket expression: characters and ranges "a-z".
CharacterSet bracketSet(std::u32string_view inside)
{
    CharacterSet set({});
    for (std::size_t i = 0; i < inside.size(); ++i) {
        const bool isRange = i + 2 < inside.size() && inside[i + 1] == '-';
        set.add(inside[i], inside[isRange ? i + 2 : i]);
        i += isRange ? 2 : 0;
    }
    return set;
}

const CharacterSet& casedLetters()
{
    static const CharacterSet set = bracketSet(U"" CASED_LETTERS);
    return set;
}

const CharacterSet& asciiPunctuation()
{
    static const CharacterSet set = bracketSet(U"" ASCII_PUNCTUATION);
    return set;
}

const CharacterSet& ideographs()
{
    static const CharacterSet set = bracketSet(U"" IDEOGRAPHS);
    return set;
}

bool isLineBreak(char32_t c)
{
    return c == '\n' || c == '\r';
}

// [^\s\p{L}\p{N}]
bool isSign(char32_t c)
{
    return !unicode::spaces().contains(c) && !unicode::letters().contains(c)
        && !unicode::numbers().contains(c);
}

auto in(const CharacterSet& set)
{
    return [&set](char32_t c) { return set.contains(c); };
}

// Bytes of the characters that `belongs` holds for, at the start of the text; `most` of them.
template<typename Belongs>
std::size_t runOf(const Belongs& belongs, std::string_view text, std::size_t most = SIZE_MAX)
{
    std::size_t bytes = 0;
    while (bytes < text.size() && most-- > 0) {
        const Utf8Char next = firstUtf8(text.substr(bytes));
        if (!belongs(next.codePoint))
            break;
        bytes += next.bytes;
    }
    return bytes;
}

Step matched(std::size_t bytes)
{
    return { bytes, true };
}

// A match of `bytes`, or the first character is passed over when that is 0.
Step matchedOrPassed(std::size_t bytes, std::string_view text)
{
    return bytes > 0 ? matched(bytes) : Step{ firstUtf8(text).bytes, false };
}

// [...]+
template<typename Belongs> Step run(const Belongs& belongs, std::string_view text)
{
    return matchedOrPassed(runOf(belongs, text), text);
}

// LEAD?[...]+, where a character may be in both.
template<typename Leads, typename Belongs>
std::size_t ledRunOf(const Leads& leads, const Belongs& belongs, std::string_view text)
{
    const Utf8Char first = firstUtf8(text);
    if (leads(first.codePoint)) {
        if (const std::size_t rest = runOf(belongs, text.substr(first.bytes)))
            return first.bytes + rest;
    }
    return runOf(belongs, text);
}

bool isBlank(char32_t c)
{
    return c == ' ';
}

// \s+(?!\S)|\s+ : white space, but its last character goes to the word behind it.
std::size_t spacesBeforeWord(std::string_view text)
{
    const std::size_t all = runOf(in(unicode::spaces()), text);
    if (all == text.size())
        return all;
    std::size_t last = all; // start of the last character
    while (last > 0 && (static_cast<unsigned char>(text[--last]) & 0xC0U) == 0x80) { }
    return last > 0 ? last : all;
}

// 's|'t|'re|'ve|'m|'ll|'d, in lower case or, with `anyCase`, in any (the long s is an s).
std::size_t contraction(std::string_view text, bool anyCase)
{
    if (!text.starts_with('\''))
        return 0;
    if (anyCase && text.substr(1).starts_with("\u017F"))
        return 3;
    const auto letter = [&](std::size_t i) {
        const char c = i < text.size() ? text[i] : '\0';
        return anyCase && c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    };
    const std::array<char, 2> two{ letter(1), letter(2) };
    for (const std::string_view ending : { "re", "ve", "ll" }) {
        if (two[0] == ending[0] && two[1] == ending[1])
            return 3;
    }
    return std::string_view("stmd").find(two[0]) != std::string_view::npos ? 2 : 0;
}

Step gpt2(std::string_view text)
{
    if (const std::size_t bytes = contraction(text, false))
        return matched(bytes);
    if (const std::size_t bytes = ledRunOf(isBlank, in(unicode::letters()), text))
        return matched(bytes);
    if (const std::size_t bytes = ledRunOf(isBlank, in(unicode::numbers()), text))
        return matched(bytes);
    if (const std::size_t bytes = ledRunOf(isBlank, isSign, text))
        return matched(bytes);
    return matched(spacesBeforeWord(text));
}

Step clip(std::string_view text)
{
    if (const std::size_t bytes = contraction(text, false))
        return matched(bytes);
    if (const std::size_t bytes = runOf(in(unicode::letters()), text))
        return matched(bytes);
    if (const std::size_t bytes = runOf(in(unicode::numbers()), text, 1))
        return matched(bytes);
    return run(isSign, text);
}

// \s*[\r\n]+ : white space up to its last line break.
std::size_t spacesAndLineBreaks(std::string_view text)
{
    const std::string_view all = text.substr(0, runOf(in(unicode::spaces()), text));
    const std::size_t last = all.find_last_of("\r\n");
    return last == std::string_view::npos ? 0 : last + 1;
}

Step afterGpt2(std::string_view text, std::size_t digits)
{
    const auto leads = [](char32_t c) {
        return !isLineBreak(c) && !unicode::letters().contains(c)
            && !unicode::numbers().contains(c);
    };
    if (const std::size_t bytes = contraction(text, true))
        return matched(bytes);
    if (const std::size_t bytes = ledRunOf(leads, in(unicode::letters()), text))
        return matched(bytes);
    if (const std::size_t bytes = runOf(in(unicode::numbers()), text, digits))
        return matched(bytes);
    if (const std::size_t bytes = ledRunOf(isBlank, isSign, text))
        return matched(bytes + runOf(isLineBreak, text.substr(bytes)));
    if (const std::size_t bytes = spacesAndLineBreaks(text))
        return matched(bytes);
    return matched(spacesBeforeWord(text));
}

// \s+$ : Oniguruma's $ also stands before every line feed. A match that fails at the start of a run
// of spaces fails inside it as well.
Step trailingSpace(std::string_view text)
{
    const std::size_t all = runOf(in(unicode::spaces()), text);
    if (all == 0 || all == text.size())
        return matchedOrPassed(all, text);
    const std::size_t lineFeed = text.substr(0, all).rfind('\n');
    if (lineFeed != std::string_view::npos && lineFeed > 0)
        return matched(lineFeed);
    return { all, false };
}

template<const CharacterSet& set()> Step setRun(std::string_view text)
{
    return run(in(set()), text);
}

// \s?[...]+
template<const CharacterSet& set()> Step spacedRun(std::string_view text)
{
    return matchedOrPassed(ledRunOf(in(unicode::spaces()), in(set()), text), text);
}

Step lineBreak(std::string_view text)
{
    return matchedOrPassed(runOf(isLineBreak, text, 1), text);
}

Step digit(std::string_view text)
{
    return matchedOrPassed(runOf(in(unicode::numbers()), text, 1), text);
}

struct PatternRow
{
    SplitPattern pattern;
    std::string_view spelling; // in tokenizer.json; empty: has another form there
    Step (*first)(std::string_view text);
};

#define AFTER_GPT2(DIGITS)                                                                         \
    "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|" DIGITS                           \
    "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"

constexpr std::array patternTable = {
    PatternRow{ SplitPattern::Gpt2,
                R"('s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+)",
                gpt2 },
    PatternRow{ SplitPattern::Llama3, AFTER_GPT2("\\p{N}{1,3}"),
                [](std::string_view text) { return afterGpt2(text, 3); } },
    PatternRow{ SplitPattern::Qwen2, AFTER_GPT2("\\p{N}"),
                [](std::string_view text) { return afterGpt2(text, 1); } },
    PatternRow{ SplitPattern::Clip,
                R"('s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+)", clip },
    PatternRow{ SplitPattern::Newline, "[\r\n]", lineBreak },
    PatternRow{ SplitPattern::Newline, R"([\r\n])", lineBreak },
    PatternRow{ SplitPattern::CasedWord, "\\s?[" CASED_LETTERS "]+", spacedRun<casedLetters> },
    PatternRow{ SplitPattern::AsciiPunctuation, "\\s?[" ASCII_PUNCTUATION "]+",
                spacedRun<asciiPunctuation> },
    PatternRow{ SplitPattern::TrailingSpace, R"(\s+$)", trailingSpace },
    PatternRow{ SplitPattern::Ideographs, "[" IDEOGRAPHS "]+", setRun<ideographs> },
    PatternRow{ SplitPattern::Word, R"(\s?\p{L}+)", spacedRun<unicode::letters> },
    PatternRow{ SplitPattern::Punctuation, R"(\s?\p{P}+)", spacedRun<unicode::punctuation> },
    PatternRow{ SplitPattern::Digit, R"(\p{N})", digit },
    PatternRow{ SplitPattern::Digits, R"(\p{N}+)", setRun<unicode::numbers> },
};

const PatternRow& rowOf(SplitPattern pattern)
{
    for (const PatternRow& row : patternTable) {
        if (row.pattern == pattern)
            return row;
    }
    throw Failure(ErrorCode::Internal, "A split pattern has no code.");
}

} // namespace

std::optional<SplitPattern> splitPattern(std::string_view spelling)
{
    for (const PatternRow& row : patternTable) {
        if (row.spelling == spelling)
            return row.pattern;
    }
    return std::nullopt;
}

TextSplitter::TextSplitter(SplitPattern pattern)
    : m_first(rowOf(pattern).first)
    , m_dropsRest(pattern == SplitPattern::Clip)
{
}

} // namespace adtailor
