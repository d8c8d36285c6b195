// Unicode's classes and mappings as the `tokenizers` library knows them, so that ids come out
// equal. SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "text/character_set.h"

#include <string>
#include <string_view>

namespace adtailor::unicode {

const CharacterSet& letters(); // \p{L}
const CharacterSet& numbers(); // \p{N}
const CharacterSet& punctuation(); // \p{P}
const CharacterSet& spaces(); // \s
const CharacterSet& wordCharacters(); // \w

// The BERT normaliser and pre-tokenizer know an older Unicode.
const CharacterSet& bertPunctuation(); // each becomes a word of its own
const CharacterSet& bertRemoved(); // by clean_text
const CharacterSet& bertMarks(); // removed by strip_accents
// What strip_accents leaves of a character that is no mark: its base, or itself.
std::u32string bertBasesOf(char32_t c);

char32_t lowercaseOf(char32_t c); // 'i' for U+0130, which the full mapping gives a dot as well

// unicode_sets.cpp: pairs of first and last.
extern const std::u32string_view letterRanges, numberRanges, punctuationRanges, spaceRanges,
    otherWordRanges, bertPunctuationRanges, bertRemovedRanges, bertMarkRanges;
// unicode_mappings.cpp; the forms are described there.
extern const std::u32string_view bertBases, bertLongBases, lowercaseRuns;
// unicode_forms.cpp, likewise.
extern const std::u32string_view compositions, decompositions, combiningClasses;

} // namespace adtailor::unicode
