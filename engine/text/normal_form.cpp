// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/normal_form.h"

#include "core/utf8.h"
#include "text/unicode.h"

#include <algorithm>
#include <array>
#include <unordered_map>

namespace adtailor {

namespace {

// Unicode 3.12: Hangul syllables are computed from their letters.
constexpr char32_t firstSyllable = 0xAC00, lastSyllable = 0xD7A3;
constexpr char32_t firstLead = 0x1100, firstVowel = 0x1161, beforeTails = 0x11A7;
constexpr char32_t leadCount = 19, vowelCount = 21, tailCount = 28;

struct CanonicalTables
{
    CanonicalTables()
    {
        for (std::size_t i = 0; i < unicode::compositions.size(); i += 3) {
            const char32_t whole = unicode::compositions[i];
            parts[whole] = { unicode::compositions[i + 1], unicode::compositions[i + 2] };
            wholes[key(unicode::compositions[i + 1], unicode::compositions[i + 2])] = whole;
            unsettled.add(unicode::compositions[i + 2], unicode::compositions[i + 2]);
        }
        for (std::size_t i = 0; i < unicode::decompositions.size(); i += 3) {
            const char32_t c = unicode::decompositions[i];
            parts[c] = { unicode::decompositions[i + 1], unicode::decompositions[i + 2] };
            unsettled.add(c, c);
        }
        for (std::size_t i = 0; i < unicode::combiningClasses.size(); i += 3) {
            const char32_t last = unicode::combiningClasses[i + 1];
            for (char32_t c = unicode::combiningClasses[i]; c <= last; ++c)
                classes[c] = static_cast<int>(unicode::combiningClasses[i + 2]);
            unsettled.add(unicode::combiningClasses[i], last);
        }
        unsettled.add(firstVowel, firstVowel + vowelCount - 1);
        unsettled.add(beforeTails + 1, beforeTails + tailCount - 1);
    }

    static std::uint64_t key(char32_t first, char32_t second)
    {
        return std::uint64_t{ first } << 32U | second;
    }

    int classOf(char32_t c) const
    {
        const auto found = unsettled.contains(c) ? classes.find(c) : classes.end();
        return found == classes.end() ? 0 : found->second;
    }

    std::unordered_map<char32_t, std::array<char32_t, 2>> parts;
    std::unordered_map<std::uint64_t, char32_t> wholes;
    std::unordered_map<char32_t, int> classes;
    CharacterSet unsettled{ {} }; // a text without any of these is composed already
};

const CanonicalTables& tables()
{
    static const CanonicalTables all;
    return all;
}

void appendParts(char32_t c, std::u32string& out)
{
    if (c >= firstSyllable && c <= lastSyllable) {
        const char32_t index = c - firstSyllable;
        out += firstLead + index / (vowelCount * tailCount);
        out += firstVowel + index % (vowelCount * tailCount) / tailCount;
        if (index % tailCount != 0)
            out += beforeTails + index % tailCount;
        return;
    }
    const auto found = tables().parts.find(c);
    if (found == tables().parts.end()) {
        out += c;
        return;
    }
    for (const char32_t part : found->second) {
        if (part != 0)
            appendParts(part, out);
    }
}

// Marks behind a base go into the order of their classes.
void sortMarks(std::u32string& text)
{
    const auto classOf = [](char32_t c) { return tables().classOf(c); };
    for (std::size_t i = 0; i < text.size(); ++i) {
        std::size_t end = i;
        while (end < text.size() && classOf(text[end]) != 0)
            ++end;
        std::stable_sort(text.begin() + static_cast<std::ptrdiff_t>(i),
                         text.begin() + static_cast<std::ptrdiff_t>(end),
                         [&](char32_t a, char32_t b) { return classOf(a) < classOf(b); });
        i = end;
    }
}

// The character that two become; 0: none.
char32_t joined(char32_t first, char32_t second)
{
    if (first >= firstLead && first < firstLead + leadCount && second >= firstVowel
        && second < firstVowel + vowelCount)
        return firstSyllable + ((first - firstLead) * vowelCount + second - firstVowel) * tailCount;
    if (first >= firstSyllable && first <= lastSyllable && (first - firstSyllable) % tailCount == 0
        && second > beforeTails && second < beforeTails + tailCount)
        return first + (second - beforeTails);
    const auto found = tables().wholes.find(CanonicalTables::key(first, second));
    return found == tables().wholes.end() ? 0 : found->second;
}

// Each mark joins its base unless one of its own class or a higher one stands between.
void compose(std::u32string& text)
{
    std::size_t base = text.size(); // none yet
    std::size_t kept = 0;
    int previous = 0; // class of what was kept last behind the base
    for (const char32_t c : text) {
        const int own = tables().classOf(c);
        const bool isNext = base < text.size() && kept == base + 1;
        const bool reaches = base < text.size() && (isNext || (previous != 0 && previous < own));
        const char32_t whole = reaches ? joined(text[base], c) : 0;
        if (whole != 0) {
            text[base] = whole;
            continue;
        }
        if (own == 0)
            base = kept;
        previous = own;
        text[kept++] = c;
    }
    text.resize(kept);
}

bool isSettled(std::string_view text)
{
    while (!text.empty()) {
        const Utf8Char next = firstUtf8(text);
        if (next.codePoint >= 0x300 && tables().unsettled.contains(next.codePoint))
            return false;
        text.remove_prefix(next.bytes);
    }
    return true;
}

} // namespace

std::string composedForm(std::string_view text)
{
    if (isSettled(text))
        return std::string(text);
    std::u32string characters;
    while (!text.empty()) {
        const Utf8Char next = firstUtf8(text);
        appendParts(next.codePoint, characters);
        text.remove_prefix(next.bytes);
    }
    sortMarks(characters);
    compose(characters);
    std::string result;
    for (const char32_t c : characters)
        appendUtf8(result, c);
    return result;
}

std::string joinedSpaces(std::string_view text)
{
    std::string result;
    bool isInside = false; // of white space
    while (!text.empty()) {
        const Utf8Char next = firstUtf8(text);
        const bool isSpace = unicode::spaces().contains(next.codePoint);
        if (!isSpace)
            result += text.substr(0, next.bytes);
        else if (!isInside)
            result += ' ';
        isInside = isSpace;
        text.remove_prefix(next.bytes);
    }
    return result;
}

std::string lowerCase(std::string_view text)
{
    std::string result;
    while (!text.empty()) {
        const Utf8Char next = firstUtf8(text);
        appendUtf8(result, unicode::lowercaseOf(next.codePoint));
        if (next.codePoint == U'\u0130')
            appendUtf8(result, U'\u0307');
        text.remove_prefix(next.bytes);
    }
    return result;
}

} // namespace adtailor
