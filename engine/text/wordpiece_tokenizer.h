// WordPieceTokenizer: text to BERT's token ids and back, as a tokenizer.json or vocab.txt says.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "text/added_tokens.h"
#include "text/bert_normalizer.h"
#include "text/text_map.h"

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace adtailor {

struct WordPieceFile;

class WordPieceTokenizer
{
public:
    // A tokenizer.json, a vocab.txt (with the tokenizer_config.json beside it, if any), or a folder
    // that has one of them. Throws Failure.
    static WordPieceTokenizer load(const std::filesystem::path& path);
    explicit WordPieceTokenizer(const WordPieceFile& file);

    // No token is put before or after. Ill-formed UTF-8 is read as U+FFFD, which BERT drops.
    std::vector<std::int32_t> encode(std::string_view text) const;
    // [CLS] text [SEP], cut at the end of the text to at most `most` tokens.
    std::vector<std::int32_t> encodeSentence(std::string_view text, std::size_t most) const;
    // Words with blanks between them; ids that do not exist are left out.
    std::string decode(std::span<const std::int32_t> ids) const;

    std::int32_t unknownId() const { return m_unknownId; }
    std::size_t vocabularySize() const { return m_texts.size(); }

private:
    void encodeWord(std::string_view word, std::vector<std::int32_t>& ids) const;

    AddedTokens m_added, m_normalizedAdded; // searched for in this order
    BertNormalizer m_normalizer;
    TextMap<std::int32_t> m_starts, m_continuations; // pieces; the latter without their prefix
    std::size_t m_longestPiece = 0; // bytes
    std::vector<std::string> m_texts; // by id
    std::vector<std::int32_t> m_before, m_after;
    std::string m_continuation;
    std::size_t m_longestWord = 0; // characters
    std::int32_t m_unknownId = 0;
    bool m_tidiesDecoded = true;
};

} // namespace adtailor
