// TokenizerFile: what a Hugging Face tokenizer.json says, checked.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "text/bpe_model.h"
#include "text/pretokenizer.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace adtailor {

struct TokenizerFile
{
    struct AddedToken
    {
        std::string text;
        std::int32_t id = 0;
        bool normalized = false; // searched for after all tokens that are not
    };

    std::unordered_map<std::string, std::int32_t> vocabulary; // texts in the byte alphabet
    std::vector<BpeModel::Merge> merges;
    bool wordsBeforeMerges = false; // "ignore_merges"
    std::vector<AddedToken> addedTokens;
    PretokenizerConfig pretokenizer;
    std::vector<std::string> prefixTokens; // what the post-processor puts before a text
};

// Byte-level BPE with the known split patterns only. FileCorrupt when the JSON is damaged or
// contradicts itself, ModelMismatch for a kind of tokenizer that is not supported.
TokenizerFile parseTokenizerFile(std::string_view json, const std::string& file);

} // namespace adtailor
