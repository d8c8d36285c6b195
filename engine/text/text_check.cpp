// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/failure.h"
#include "core/input_file.h"
#include "core/limits.h"
#include "text/bpe_tokenizer.h"
#include "text/lines_file.h"
#include "text/wordpiece_file.h"
#include "text/wordpiece_tokenizer.h"

#include <adtailor/text_check.h>

#include <ctime>

namespace adtailor {

namespace {

template<typename Tokenizer>
TokenizedLines tokenized(const Tokenizer& tokenizer, const std::vector<std::string>& texts)
{
    TokenizedLines result;
    result.lines.resize(texts.size());
    const std::clock_t start = std::clock();
    for (std::size_t i = 0; i < texts.size(); ++i)
        result.lines[i].ids = tokenizer.encode(texts[i]);
    result.encodeSeconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    for (auto& line : result.lines)
        line.decoded = tokenizer.decode(line.ids);
    return result;
}

bool isWordPieceFile(const std::filesystem::path& path)
{
    return path.extension() == ".txt"
        || isWordPiece(readTextFile(path, limits::tokenizerFileBytes), path.string());
}

} // namespace

Result<TokenizedLines> tokenizeLines(const std::filesystem::path& tokenizer,
                                     const std::filesystem::path& lines)
{
    return guarded([&] {
        const auto texts = readLinesFile(lines);
        return isWordPieceFile(tokenizer) ? tokenized(WordPieceTokenizer::load(tokenizer), texts)
                                          : tokenized(BpeTokenizer::load(tokenizer), texts);
    });
}

} // namespace adtailor
