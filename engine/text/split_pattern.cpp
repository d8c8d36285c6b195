// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/split_pattern.h"

#include "core/failure.h"

#include <array>
#include <string>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

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

#define IDEOGRAPHS "[\u4E00-\u9FA5\u0800-\u4E00\uAC00-\uD7FF]+"
#define ASCII_PUNCTUATION "[!-/:-~\uFF01-\uFF0F\uFF1A-\uFF5E\u2018-\u201F\u3000-\u3002]+"

// What Unicode calls White_Space. PCRE's own \s counts U+180E as well.
#define SPACES                                                                                     \
    "\\x09-\\x0D "                                                                                 \
    "\\x85\\xA0\\x{1680}\\x{2000}-\\x{200A}\\x{2028}\\x{2029}\\x{202F}\\x{205F}\\x{3000}"
#define SPACE "[" SPACES "]"

struct PatternRow
{
    SplitPattern pattern;
    std::string_view spelling; // in tokenizer.json; empty: has another form there
    const char* expression; // the same language for PCRE2
};

constexpr std::array patternTable = {
    PatternRow{ SplitPattern::Gpt2,
                R"('s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+)",
                "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^" SPACES "\\p{L}\\p{N}]+|" SPACE
                "+(?![^" SPACES "])|" SPACE "+" },
    PatternRow{ SplitPattern::Newline, "[\r\n]", "[\\r\\n]" },
    PatternRow{ SplitPattern::Newline, R"([\r\n])", "[\\r\\n]" },
    PatternRow{ SplitPattern::CasedWord, "\\s?[" CASED_LETTERS "]+",
                SPACE "?[" CASED_LETTERS "]+" },
    PatternRow{ SplitPattern::AsciiPunctuation, "\\s?" ASCII_PUNCTUATION,
                SPACE "?" ASCII_PUNCTUATION },
    // Oniguruma's $ also stands before every newline. A match that fails at the start of a run of
    // spaces fails inside it as well; saying so keeps the time linear.
    PatternRow{ SplitPattern::TrailingSpace, R"(\s+$)",
                "(?:\\G|(?<!" SPACE "))" SPACE "+(?:(?=\\n)|\\z)" },
    PatternRow{ SplitPattern::Ideographs, IDEOGRAPHS, IDEOGRAPHS },
    PatternRow{ SplitPattern::Word, R"(\s?\p{L}+)", SPACE "?\\p{L}+" },
    PatternRow{ SplitPattern::Punctuation, R"(\s?\p{P}+)", SPACE "?\\p{P}+" },
    PatternRow{ SplitPattern::Digit, R"(\p{N})", "\\p{N}" },
    PatternRow{ SplitPattern::Digits, R"(\p{N}+)", "\\p{N}+" },
};

constexpr std::uint32_t matchLimit = 10'000'000;

const char* expressionOf(SplitPattern pattern)
{
    for (const PatternRow& row : patternTable) {
        if (row.pattern == pattern)
            return row.expression;
    }
    throw Failure(ErrorCode::Internal, "A split pattern has no expression.");
}

} // namespace

struct TextSplitter::Code
{
    explicit Code(const char* expression)
    {
        int error = 0;
        PCRE2_SIZE offset = 0;
        regex.reset(pcre2_compile(reinterpret_cast<PCRE2_SPTR>(expression), PCRE2_ZERO_TERMINATED,
                                  PCRE2_UTF | PCRE2_UCP, &error, &offset, nullptr));
        context.reset(pcre2_match_context_create(nullptr));
        if (!regex || !context)
            throw Failure(ErrorCode::Internal, "A split pattern does not compile.");
        pcre2_jit_compile(regex.get(), PCRE2_JIT_COMPLETE); // without it only slower
        pcre2_set_match_limit(context.get(), matchLimit);
    }

    std::unique_ptr<pcre2_code, void (*)(pcre2_code*)> regex{ nullptr, pcre2_code_free };
    std::unique_ptr<pcre2_match_context, void (*)(pcre2_match_context*)> context{
        nullptr, pcre2_match_context_free
    };
};

std::optional<SplitPattern> splitPattern(std::string_view spelling)
{
    for (const PatternRow& row : patternTable) {
        if (row.spelling == spelling)
            return row.pattern;
    }
    return std::nullopt;
}

TextSplitter::TextSplitter(SplitPattern pattern)
    : m_code(std::make_shared<const Code>(expressionOf(pattern)))
{
}

void TextSplitter::split(std::string_view text,
                         const std::function<void(std::string_view)>& piece) const
{
    const std::unique_ptr<pcre2_match_data, void (*)(pcre2_match_data*)> data(
        pcre2_match_data_create(1, nullptr), pcre2_match_data_free);
    const auto subject = reinterpret_cast<PCRE2_SPTR>(text.data());
    std::size_t start = 0;
    while (start < text.size()) {
        const int count
            = pcre2_match(m_code->regex.get(), subject, text.size(), start,
                          PCRE2_NO_UTF_CHECK | PCRE2_NOTEMPTY, data.get(), m_code->context.get());
        if (count == PCRE2_ERROR_NOMATCH)
            break;
        if (count < 0)
            throw Failure(ErrorCode::Internal,
                          "Splitting a text failed (PCRE2 error " + std::to_string(count) + ").");
        const PCRE2_SIZE* range = pcre2_get_ovector_pointer(data.get());
        if (range[0] > start)
            piece(text.substr(start, range[0] - start));
        piece(text.substr(range[0], range[1] - range[0]));
        start = range[1];
    }
    if (start < text.size())
        piece(text.substr(start));
}

} // namespace adtailor
