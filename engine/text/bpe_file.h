// BpeFile: what a tokenizer.json says of a byte-level BPE tokenizer, checked.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "text/added_tokens.h"
#include "text/bpe_model.h"
#include "text/pretokenizer.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace adtailor {

struct BpeFile
{
    std::unordered_map<std::string, std::int32_t> vocabulary; // texts in the byte alphabet
    std::vector<BpeModel::Merge> merges;
    bool wordsBeforeMerges = false; // "ignore_merges"
    std::vector<AddedToken> addedTokens;
    // What is done to a text before all else: NFC, one blank for each run of white space, lower
    // case.
    bool composes = false, joinsSpaces = false, lowersCase = false;
    std::string wordEnd; // stands behind the last byte of a word in its token: "</w>"
    PretokenizerConfig pretokenizer;
    std::vector<std::string> prefixTokens; // what the post-processor puts before a text
};

// Byte-level BPE with the known split patterns only. FileCorrupt when the JSON is damaged or
// contradicts itself, ModelMismatch for a kind of tokenizer that is not supported.
BpeFile parseBpeFile(std::string_view json, const std::string& file);

} // namespace adtailor
