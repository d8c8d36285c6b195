// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/failure.h"
#include "core/input_file.h"
#include "core/strict_json.h"
#include "text/bpe_tokenizer.h"
#include "text/wordpiece_file.h"
#include "text/wordpiece_tokenizer.h"

#include <adtailor/text_check.h>

#include <nlohmann/json.hpp>

#include <ctime>

namespace adtailor {

namespace {

constexpr std::size_t linesFileBytes = 1U << 30U;

std::vector<std::string> readLines(const std::filesystem::path& path)
{
    const std::string content = readTextFile(path, linesFileBytes);
    std::vector<std::string> lines;
    for (std::size_t start = 0; start < content.size();) {
        const std::size_t end = std::min(content.find('\n', start), content.size());
        const std::string where
            = "Line " + std::to_string(lines.size() + 1) + " of " + path.string();
        const auto line = parseStrictJson(std::string_view(content).substr(start, end - start),
                                          where, { .depth = 1 });
        if (!line.is_string())
            throw Failure(ErrorCode::InvalidInput, where + " is not a JSON text.");
        lines.push_back(line.get<std::string>());
        start = end + 1;
    }
    return lines;
}

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
        const auto texts = readLines(lines);
        return isWordPieceFile(tokenizer) ? tokenized(WordPieceTokenizer::load(tokenizer), texts)
                                          : tokenized(BpeTokenizer::load(tokenizer), texts);
    });
}

} // namespace adtailor
