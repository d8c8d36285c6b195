// TokenizerJson: checked reading of what all kinds of tokenizer.json have in common.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "text/added_tokens.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace adtailor {

using Vocabulary = std::unordered_map<std::string, std::int32_t>;

// The tree of a file within the limits for tokenizers.
nlohmann::json parseTokenizerJson(std::string_view text, const std::string& file);

class TokenizerJson
{
protected:
    using json = nlohmann::json;

    // file: named in the sentences. remedy: what to do about an unsupported kind.
    TokenizerJson(std::string file, std::string remedy);

    [[noreturn]] void damaged(const std::string& reason) const; // FileCorrupt
    [[noreturn]] void unsupported(const std::string& what) const; // ModelMismatch

    // Missing members read as null.
    static const json& member(const json& parent, const char* name);
    const json& object(const json& parent, const char* name) const;
    const std::string& text(const json& parent, const char* name) const;
    bool flag(const json& parent, const char* name, bool fallback) const;
    std::int32_t id(const json& value, const std::string& token) const;

    Vocabulary vocabulary(const json& model) const;
    AddedToken addedToken(const json& token, const json& id) const;
    std::vector<AddedToken> addedTokens(const json& tokens) const;
    // Every id from 0 to the largest names exactly one text.
    void checkIds(const Vocabulary& vocabulary, const std::vector<AddedToken>& added) const;

private:
    std::string m_file, m_remedy;
};

} // namespace adtailor
