// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/wordpiece_tokenizer.h"

#include "core/failure.h"
#include "core/input_file.h"
#include "core/limits.h"
#include "core/utf8.h"
#include "text/wordpiece_file.h"

#include <algorithm>
#include <array>

namespace adtailor {

namespace {

namespace fs = std::filesystem;

bool isContinuationByte(char byte)
{
    return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80;
}

void replaceAll(std::string& text, std::string_view from, std::string_view to)
{
    for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
        text.replace(at, from.size(), to);
}

// The `tokenizers` library's "cleanup", in its order.
void tidy(std::string& text)
{
    constexpr std::array<std::pair<std::string_view, std::string_view>, 11> replacements{
        { { " .", "." },
          { " ?", "?" },
          { " !", "!" },
          { " ,", "," },
          { " ' ", "'" },
          { " n't", "n't" },
          { " 'm", "'m" },
          { " do not", " don't" },
          { " 's", "'s" },
          { " 've", "'ve" },
          { " 're", "'re" } }
    };
    for (const auto& [from, to] : replacements)
        replaceAll(text, from, to);
}

WordPieceFile readVocabularyFile(const fs::path& path)
{
    const fs::path config = path.parent_path() / "tokenizer_config.json";
    return parseVocabulary(readTextFile(path, limits::tokenizerFileBytes), path.string(),
                           fs::is_regular_file(config)
                               ? readTextFile(config, limits::tokenizerFileBytes)
                               : std::string(),
                           config.string());
}

WordPieceFile readFileOf(const fs::path& path)
{
    if (fs::is_directory(path)) {
        for (const char* name : { "tokenizer.json", "vocab.txt" }) {
            if (fs::is_regular_file(path / name))
                return readFileOf(path / name);
        }
        throw Failure(ErrorCode::FileNotFound,
                      path.string()
                          + " has neither a tokenizer.json nor a vocab.txt: copy all "
                            "files of the model.");
    }
    if (path.extension() == ".txt")
        return readVocabularyFile(path);
    return parseWordPieceFile(readTextFile(path, limits::tokenizerFileBytes), path.string());
}

} // namespace

WordPieceTokenizer WordPieceTokenizer::load(const fs::path& path)
{
    return WordPieceTokenizer(readFileOf(path));
}

WordPieceTokenizer::WordPieceTokenizer(const WordPieceFile& file)
    : m_normalizer(file.normalizer)
    , m_continuation(file.continuation)
    , m_longestWord(file.longestWord)
    , m_unknownId(file.vocabulary.at(file.unknownToken))
    , m_tidiesDecoded(file.tidiesDecoded)
{
    m_texts.resize(file.vocabulary.size());
    for (const auto& [text, id] : file.vocabulary) {
        m_texts[static_cast<std::size_t>(id)] = text;
        m_starts.emplace(text, id);
        if (text.starts_with(m_continuation))
            m_continuations.emplace(text.substr(m_continuation.size()), id);
        m_longestPiece = std::max(m_longestPiece, text.size());
    }
    for (AddedToken token : file.addedTokens) {
        m_texts.resize(std::max(m_texts.size(), static_cast<std::size_t>(token.id) + 1));
        if (token.normalized)
            token.text = m_normalizer.normalize(token.text);
        m_texts[static_cast<std::size_t>(token.id)] = token.text; // as the library decodes it
        if (!token.text.empty())
            (token.normalized ? m_normalizedAdded : m_added).add(token);
    }
    for (const std::string& token : file.before)
        m_before.push_back(file.vocabulary.at(token));
    for (const std::string& token : file.after)
        m_after.push_back(file.vocabulary.at(token));
}

std::vector<std::int32_t> WordPieceTokenizer::encode(std::string_view text) const
{
    if (text.size() > limits::tokenizedTextBytes)
        throw Failure(ErrorCode::InvalidInput, "A text is too long to be read: shorten it.");
    std::vector<std::int32_t> ids;
    const auto onToken = [&](std::int32_t id) { ids.push_back(id); };
    const auto onWords = [&](std::string_view words) {
        for (const std::string_view word : bertWords(words))
            encodeWord(word, ids);
    };
    m_added.split(
        repairedUtf8(text),
        [&](std::string_view part) {
            m_normalizedAdded.split(m_normalizer.normalize(part), onWords, onToken);
        },
        onToken);
    return ids;
}

// The longest piece that fits, again and again; a word with a part that nothing fits is unknown.
void WordPieceTokenizer::encodeWord(std::string_view word, std::vector<std::int32_t>& ids) const
{
    const std::size_t before = ids.size();
    const auto giveUp = [&] {
        ids.resize(before);
        ids.push_back(m_unknownId);
    };
    const auto characters = word.size()
        - static_cast<std::size_t>(std::count_if(word.begin(), word.end(), isContinuationByte));
    if (characters > m_longestWord)
        return giveUp();
    for (std::size_t start = 0; start < word.size();) {
        const auto& pieces = start == 0 ? m_starts : m_continuations;
        auto found = pieces.end();
        std::size_t end = std::min(word.size(), start + m_longestPiece);
        for (; end > start; --end) {
            if (end < word.size() && isContinuationByte(word[end]))
                continue; // not between two characters
            found = pieces.find(word.substr(start, end - start));
            if (found != pieces.end())
                break;
        }
        if (found == pieces.end())
            return giveUp();
        ids.push_back(found->second);
        start = end;
    }
}

std::vector<std::int32_t> WordPieceTokenizer::encodeSentence(std::string_view text,
                                                             std::size_t most) const
{
    const auto content = encode(text);
    const std::size_t around = m_before.size() + m_after.size();
    const std::size_t kept = std::min(content.size(), most > around ? most - around : 0);
    std::vector<std::int32_t> ids = m_before;
    ids.insert(ids.end(), content.begin(), content.begin() + static_cast<std::ptrdiff_t>(kept));
    ids.insert(ids.end(), m_after.begin(), m_after.end());
    return ids;
}

std::string WordPieceTokenizer::decode(std::span<const std::int32_t> ids) const
{
    std::string text;
    bool isFirst = true;
    for (const std::int32_t id : ids) {
        if (id < 0 || static_cast<std::size_t>(id) >= m_texts.size())
            continue;
        std::string piece = m_texts[static_cast<std::size_t>(id)];
        if (!isFirst && piece.starts_with(m_continuation))
            piece.erase(0, m_continuation.size());
        else if (!isFirst)
            piece.insert(0, 1, ' ');
        if (m_tidiesDecoded)
            tidy(piece);
        text += piece;
        isFirst = false;
    }
    return text;
}

} // namespace adtailor
