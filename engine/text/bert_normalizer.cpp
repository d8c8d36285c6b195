// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/bert_normalizer.h"

#include "core/utf8.h"
#include "text/unicode.h"

namespace adtailor {

namespace {

// The ranges of BERT's own code, with its slip (U+2B820 to U+2B91F are left out).
const CharacterSet& chinese()
{
    static const CharacterSet set(U"\u3400\u4DBF\u4E00\u9FFF\uF900\uFAFF\U00020000\U0002A6DF"
                                  U"\U0002A700\U0002B81F\U0002B920\U0002CEAF\U0002F800\U0002FA1F");
    return set;
}

} // namespace

std::string BertNormalizer::normalize(std::string_view text) const
{
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const Utf8Char next = firstUtf8(text);
        clean(next.codePoint, out);
        text.remove_prefix(next.bytes);
    }
    return out;
}

void BertNormalizer::clean(char32_t c, std::string& out) const
{
    if (!m_options.cleansText)
        separate(c, out);
    else if (unicode::bertRemoved().contains(c))
        return;
    else
        separate(unicode::spaces().contains(c) ? U' ' : c, out);
}

void BertNormalizer::separate(char32_t c, std::string& out) const
{
    const bool isChinese = m_options.separatesChinese && chinese().contains(c);
    if (isChinese)
        out += ' ';
    strip(c, out);
    if (isChinese)
        out += ' ';
}

void BertNormalizer::strip(char32_t c, std::string& out) const
{
    if (!m_options.stripsAccents || c < 0x80) {
        lower(c, out);
    } else if (!unicode::bertMarks().contains(c)) {
        for (const char32_t base : unicode::bertBasesOf(c))
            lower(base, out);
    }
}

void BertNormalizer::lower(char32_t c, std::string& out) const
{
    if (!m_options.lowersCase) {
        appendUtf8(out, c);
        return;
    }
    appendUtf8(out, unicode::lowercaseOf(c));
    if (c == U'\u0130') // the only letter whose lower case is two characters
        appendUtf8(out, U'\u0307');
}

std::vector<std::string_view> bertWords(std::string_view text)
{
    std::vector<std::string_view> words;
    std::size_t start = 0; // of the word that is being read
    const auto finish = [&](std::size_t end) {
        if (start < end)
            words.push_back(text.substr(start, end - start));
    };
    for (std::size_t i = 0; i < text.size();) {
        const Utf8Char next = firstUtf8(text.substr(i));
        const bool isMark = unicode::bertPunctuation().contains(next.codePoint);
        if (isMark || unicode::spaces().contains(next.codePoint)) {
            finish(i);
            if (isMark)
                words.push_back(text.substr(i, next.bytes));
            start = i + next.bytes;
        }
        i += next.bytes;
    }
    finish(text.size());
    return words;
}

} // namespace adtailor
