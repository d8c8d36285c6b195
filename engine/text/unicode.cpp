// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/unicode.h"

#include <unordered_map>

namespace adtailor::unicode {

namespace {

template<typename Value> struct Mapping
{
    void add(char32_t c, Value value)
    {
        keys.add(c, c);
        values.emplace(c, std::move(value));
    }
    const Value* find(char32_t c) const { return keys.contains(c) ? &values.at(c) : nullptr; }

    CharacterSet keys{ {} }; // most characters are no key, which this tells fast
    std::unordered_map<char32_t, Value> values;
};

Mapping<std::u32string> makeBases()
{
    Mapping<std::u32string> bases;
    for (std::size_t i = 0; i < bertBases.size(); i += 2)
        bases.add(bertBases[i], std::u32string(1, bertBases[i + 1]));
    for (std::size_t i = 0; i < bertLongBases.size();) {
        const std::size_t count = bertLongBases[i + 1];
        bases.add(bertLongBases[i], std::u32string(bertLongBases.substr(i + 2, count)));
        i += 2 + count;
    }
    return bases;
}

Mapping<char32_t> makeLowercase()
{
    Mapping<char32_t> lowercase;
    for (std::size_t i = 0; i < lowercaseRuns.size(); i += 4) {
        const char32_t first = lowercaseRuns[i], step = lowercaseRuns[i + 2];
        for (char32_t c = first; c <= lowercaseRuns[i + 1]; c += step)
            lowercase.add(c, lowercaseRuns[i + 3] + (c - first));
    }
    lowercase.add(U'\u0130', U'i');
    return lowercase;
}

// Unicode 3.12: a Hangul syllable is made of two or three letters.
std::u32string hangulLetters(char32_t syllable)
{
    const char32_t index = syllable - 0xAC00;
    std::u32string letters{ 0x1100 + index / 588, 0x1161 + index % 588 / 28 };
    if (index % 28 != 0)
        letters += 0x11A7 + index % 28;
    return letters;
}

} // namespace

const CharacterSet& letters()
{
    static const CharacterSet set(letterRanges);
    return set;
}

const CharacterSet& numbers()
{
    static const CharacterSet set(numberRanges);
    return set;
}

const CharacterSet& punctuation()
{
    static const CharacterSet set(punctuationRanges);
    return set;
}

const CharacterSet& spaces()
{
    static const CharacterSet set(spaceRanges);
    return set;
}

const CharacterSet& wordCharacters()
{
    static const CharacterSet set = [] {
        CharacterSet all(otherWordRanges);
        all.add(letterRanges);
        return all;
    }();
    return set;
}

const CharacterSet& bertPunctuation()
{
    static const CharacterSet set(bertPunctuationRanges);
    return set;
}

const CharacterSet& bertRemoved()
{
    static const CharacterSet set(bertRemovedRanges);
    return set;
}

const CharacterSet& bertMarks()
{
    static const CharacterSet set(bertMarkRanges);
    return set;
}

std::u32string bertBasesOf(char32_t c)
{
    static const auto bases = makeBases();
    if (c >= 0xAC00 && c <= 0xD7A3)
        return hangulLetters(c);
    const std::u32string* found = bases.find(c);
    return found != nullptr ? *found : std::u32string(1, c);
}

char32_t lowercaseOf(char32_t c)
{
    static const auto lowercase = makeLowercase();
    const char32_t* found = lowercase.find(c);
    return found != nullptr ? *found : c;
}

} // namespace adtailor::unicode
