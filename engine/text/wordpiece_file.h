// WordPieceFile: what a tokenizer.json or a vocab.txt says of a BERT tokenizer, checked.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "text/added_tokens.h"
#include "text/bert_normalizer.h"
#include "text/tokenizer_json.h"

#include <string>
#include <string_view>
#include <vector>

namespace adtailor {

struct WordPieceFile
{
    Vocabulary vocabulary;
    std::vector<AddedToken> addedTokens;
    BertNormalizerOptions normalizer;
    std::string unknownToken = "[UNK]";
    std::string continuation = "##"; // in front of every piece of a word but the first
    std::size_t longestWord = 100; // in characters; a longer one is unknown
    bool tidiesDecoded = true; // no blank before a full stop, "do n't" to "don't"
    std::vector<std::string> before{ "[CLS]" }, after{ "[SEP]" }; // around a sentence
};

// FileCorrupt when the file is damaged or contradicts itself, ModelMismatch for a kind of tokenizer
// that is not supported.
WordPieceFile parseWordPieceFile(std::string_view json, const std::string& file);

// vocabulary: the text of a vocab.txt, one token on each line. config: of tokenizer_config.json, or
// empty. Files are named in the sentences.
WordPieceFile parseVocabulary(std::string_view vocabulary, const std::string& file,
                              std::string_view config, const std::string& configFile);

// True when a tokenizer.json says that it is of this kind.
bool isWordPiece(std::string_view json, const std::string& file);

} // namespace adtailor
