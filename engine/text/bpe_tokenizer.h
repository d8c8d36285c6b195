// BpeTokenizer: text to token ids and back, as a Hugging Face tokenizer.json describes it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "text/added_tokens.h"
#include "text/bpe_model.h"
#include "text/pretokenizer.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace adtailor {

struct BpeFile;

// One thread at a time: words are remembered.
class BpeTokenizer
{
public:
    // Throws Failure; see parseBpeFile.
    static BpeTokenizer load(const std::filesystem::path& path);
    static BpeTokenizer fromJson(std::string_view text, const std::string& name = "tokenizer.json");

    // No token is put before or after. Ill-formed UTF-8 is read as U+FFFD.
    std::vector<std::int32_t> encode(std::string_view text) const;
    // Added tokens are written out as well. Bytes that form no character become U+FFFD, and ids
    // that do not exist are left out.
    std::string decode(std::span<const std::int32_t> ids) const;

    // token: as people write it ("<image_placeholder>", " the").
    std::optional<std::int32_t> idOf(std::string_view token) const;
    // The bytes of one token; empty for an id that does not exist.
    std::string_view bytesOf(std::int32_t id) const;
    std::size_t vocabularySize() const { return m_bytes.size(); }
    // What the file's post-processor puts before a text, usually the begin-of-sentence token.
    const std::vector<std::int32_t>& prefixIds() const { return m_prefixIds; }

    // Makes `token` one token wherever it stands: the id it has, or the next free one.
    std::int32_t addToken(const std::string& token);
    // The same text with a space inside everything longer than a letter that would become an added
    // token: for foreign text, which must not play the part of a special token.
    std::string withoutAddedTokens(std::string_view text) const;

private:
    explicit BpeTokenizer(const BpeFile& file);
    std::string normalized(std::string_view text) const;

    AddedTokens m_added, m_normalizedAdded; // searched for in this order
    Pretokenizer m_pretokenizer;
    BpeModel m_model;
    bool m_composes = false, m_joinsSpaces = false, m_lowersCase = false; // see BpeFile
    std::vector<std::string> m_bytes; // by id
    std::unordered_map<std::string, std::int32_t> m_ids; // by bytes
    std::vector<std::int32_t> m_prefixIds;
};

} // namespace adtailor
