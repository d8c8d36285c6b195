// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/bpe_tokenizer.h"

#include "core/failure.h"
#include "core/input_file.h"
#include "core/limits.h"
#include "core/utf8.h"
#include "text/bpe_file.h"
#include "text/byte_alphabet.h"
#include "text/normal_form.h"

#include <utility>

namespace adtailor {

namespace {

// UTF-8 never holds these bytes, and DeepSeek's vocabulary lacks them.
bool isImpossible(std::size_t byte)
{
    return byte == 0xC0 || byte == 0xC1 || byte >= 0xF5;
}

// wordEnd: of the tokens that are a word's last byte.
BpeModel::ByteIds byteIds(const BpeFile& file, const std::string& wordEnd = {})
{
    BpeModel::ByteIds ids{};
    for (std::size_t byte = 0; byte < ids.size(); ++byte) {
        std::string token;
        appendUtf8(token, byteAlphabet()[byte]);
        const auto found = file.vocabulary.find(token + wordEnd);
        if (found == file.vocabulary.end() && isImpossible(byte))
            continue;
        if (found == file.vocabulary.end())
            throw Failure(ErrorCode::ModelMismatch,
                          "The tokenizer is not byte-level: it has no token for the byte "
                              + std::to_string(byte) + ". Use the tokenizer.json of the model.");
        ids[byte] = found->second;
    }
    return ids;
}

std::unordered_map<std::string, std::int32_t> wholeWords(const BpeFile& file)
{
    std::unordered_map<std::string, std::int32_t> words;
    if (file.wordsBeforeMerges) {
        for (const auto& [token, id] : file.vocabulary) {
            if (const auto bytes = fromByteAlphabet(token))
                words.emplace(*bytes, id);
        }
    }
    return words;
}

} // namespace

BpeTokenizer BpeTokenizer::load(const std::filesystem::path& path)
{
    return fromJson(readTextFile(path, limits::tokenizerFileBytes), path.string());
}

BpeTokenizer BpeTokenizer::fromJson(std::string_view text, const std::string& name)
{
    return BpeTokenizer(parseBpeFile(text, name));
}

BpeTokenizer::BpeTokenizer(const BpeFile& file)
    : m_pretokenizer(file.pretokenizer)
    , m_model(byteIds(file), byteIds(file, file.wordEnd), file.merges, wholeWords(file))
    , m_composes(file.composes)
    , m_joinsSpaces(file.joinsSpaces)
    , m_lowersCase(file.lowersCase)
{
    std::size_t size = file.vocabulary.size();
    for (const auto& token : file.addedTokens)
        size = std::max(size, static_cast<std::size_t>(token.id) + 1);
    for (const auto& [token, id] : file.vocabulary)
        size = std::max(size, static_cast<std::size_t>(id) + 1);
    m_bytes.resize(size);
    for (const auto& [token, id] : file.vocabulary)
        m_bytes[id] = fromByteAlphabet(token).value_or(token);
    for (const auto& token : file.addedTokens) {
        m_bytes[token.id] = token.text;
        AddedToken searched = token;
        if (token.normalized)
            searched.text = normalized(token.text);
        (token.normalized ? m_normalizedAdded : m_added).add(searched);
    }
    for (std::size_t id = 0; id < m_bytes.size(); ++id)
        m_ids.emplace(m_bytes[id], static_cast<std::int32_t>(id));
    for (const auto& token : file.addedTokens) // wins over ordinary tokens of the same bytes
        m_ids[token.text] = token.id;
    for (const std::string& token : file.prefixTokens) {
        const auto id = idOf(token);
        if (!id)
            throw Failure(ErrorCode::FileCorrupt,
                          "The tokenizer's template uses \"" + token + "\", which is no token.");
        m_prefixIds.push_back(*id);
    }
}

std::vector<std::int32_t> BpeTokenizer::encode(std::string_view text) const
{
    if (text.size() > limits::tokenizedTextBytes)
        throw Failure(ErrorCode::InvalidInput, "A text is too long to be read: shorten it.");
    std::vector<std::int32_t> ids;
    const auto onToken = [&](std::int32_t id) { ids.push_back(id); };
    const auto onWord = [&](std::string_view word) { m_model.encode(word, ids); };
    const auto onWords = [&](std::string_view words) { m_pretokenizer.split(words, onWord); };
    m_added.split(
        repairedUtf8(text),
        [&](std::string_view part) { m_normalizedAdded.split(normalized(part), onWords, onToken); },
        onToken);
    return ids;
}

std::string BpeTokenizer::normalized(std::string_view text) const
{
    std::string result = m_composes ? composedForm(text) : std::string(text);
    if (m_joinsSpaces)
        result = joinedSpaces(result);
    return m_lowersCase ? lowerCase(result) : result;
}

std::string BpeTokenizer::decode(std::span<const std::int32_t> ids) const
{
    std::string bytes;
    for (const std::int32_t id : ids)
        bytes += bytesOf(id);
    return repairedUtf8(bytes);
}

std::optional<std::int32_t> BpeTokenizer::idOf(std::string_view token) const
{
    const auto found = m_ids.find(std::string(token));
    return found == m_ids.end() ? std::nullopt : std::optional(found->second);
}

std::string_view BpeTokenizer::bytesOf(std::int32_t id) const
{
    const bool exists = id >= 0 && static_cast<std::size_t>(id) < m_bytes.size();
    return exists ? std::string_view(m_bytes[id]) : std::string_view();
}

std::int32_t BpeTokenizer::addToken(const std::string& token)
{
    const auto next = static_cast<std::int32_t>(m_bytes.size());
    const std::int32_t id = idOf(token).value_or(next);
    if (id == next) {
        m_bytes.push_back(token);
        m_ids.emplace(token, id);
    }
    m_added.add({ .text = token, .id = id });
    return id;
}

std::string BpeTokenizer::withoutAddedTokens(std::string_view text) const
{
    std::string result(text);
    for (const AddedTokens* added : { &m_added, &m_normalizedAdded }) {
        std::size_t start = 0;
        while (const auto match = added->find(result, start)) {
            const auto first = firstUtf8(std::string_view(result).substr(match->begin)).bytes;
            start = match->begin + first;
            if (match->length > first) // DeepSeek's added tokens include plain letters
                result.insert(start, 1, ' ');
        }
    }
    return result;
}

} // namespace adtailor
