// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/tokenizer_json.h"

#include "core/failure.h"
#include "core/limits.h"
#include "core/strict_json.h"

#include <unordered_set>

namespace adtailor {

namespace {

constexpr std::size_t addedTokenBytes = 256;

} // namespace

nlohmann::json parseTokenizerJson(std::string_view text, const std::string& file)
{
    if (text.size() > limits::tokenizerFileBytes)
        throw Failure(ErrorCode::InvalidInput, file + " is larger than 64 MiB.");
    // A vocabulary entry and a merge of three values each.
    return parseStrictJson(text, file, { .values = 4 * limits::tokenizerVocabulary });
}

TokenizerJson::TokenizerJson(std::string file, std::string remedy)
    : m_file(std::move(file))
    , m_remedy(std::move(remedy))
{
}

void TokenizerJson::damaged(const std::string& reason) const
{
    throw Failure(ErrorCode::FileCorrupt,
                  m_file + " is damaged: " + reason + ". Get the file again.");
}

void TokenizerJson::unsupported(const std::string& what) const
{
    throw Failure(ErrorCode::ModelMismatch,
                  m_file + " needs " + what + ", which is not supported: " + m_remedy + '.');
}

const nlohmann::json& TokenizerJson::member(const json& parent, const char* name)
{
    static const json null;
    const auto found = parent.find(name);
    return found == parent.end() ? null : *found;
}

const nlohmann::json& TokenizerJson::object(const json& parent, const char* name) const
{
    const json& value = member(parent, name);
    if (!value.is_object())
        damaged(std::string("\"") + name + "\" is missing or not an object");
    return value;
}

const std::string& TokenizerJson::text(const json& parent, const char* name) const
{
    const json& value = member(parent, name);
    if (!value.is_string())
        damaged(std::string("\"") + name + "\" is missing or not a text");
    return value.get_ref<const std::string&>();
}

bool TokenizerJson::flag(const json& parent, const char* name, bool fallback) const
{
    const json& value = member(parent, name);
    if (value.is_null())
        return fallback;
    if (!value.is_boolean())
        damaged(std::string("\"") + name + "\" is not true or false");
    return value.get<bool>();
}

std::int32_t TokenizerJson::id(const json& value, const std::string& token) const
{
    if (!value.is_number_unsigned() || value.get<std::uint64_t>() >= limits::tokenizerVocabulary)
        damaged("the id of \"" + token.substr(0, 80) + "\" is not a small whole number");
    return value.get<std::int32_t>();
}

Vocabulary TokenizerJson::vocabulary(const json& model) const
{
    const json& entries = object(model, "vocab");
    if (entries.size() > limits::tokenizerVocabulary)
        damaged("its vocabulary is too large");
    Vocabulary result;
    result.reserve(entries.size());
    for (const auto& [token, value] : entries.items())
        result.emplace(token, id(value, token));
    return result;
}

AddedToken TokenizerJson::addedToken(const json& token, const json& number) const
{
    if (!token.is_object())
        damaged("an added token is not an object");
    const std::string& content = text(token, "content");
    if (content.empty() || content.size() > addedTokenBytes)
        damaged("an added token is empty or too long");
    return { .text = content,
             .id = id(number, content),
             .normalized = flag(token, "normalized", !flag(token, "special", false)),
             .takesLeftSpaces = flag(token, "lstrip", false),
             .takesRightSpaces = flag(token, "rstrip", false),
             .isSingleWord = flag(token, "single_word", false) };
}

std::vector<AddedToken> TokenizerJson::addedTokens(const json& tokens) const
{
    if (tokens.is_null())
        return {};
    if (!tokens.is_array() || tokens.size() > limits::tokenizerVocabulary)
        damaged("\"added_tokens\" is not a list, or too long");
    std::vector<AddedToken> result;
    for (const json& token : tokens)
        result.push_back(addedToken(token, token.is_object() ? member(token, "id") : json()));
    return result;
}

void TokenizerJson::checkIds(const Vocabulary& vocabulary,
                             const std::vector<AddedToken>& added) const
{
    std::unordered_map<std::int32_t, std::string> texts;
    std::unordered_set<std::string> addedTexts;
    std::int32_t largest = -1;
    const auto add = [&](const std::string& token, std::int32_t number) {
        const auto [known, isNew] = texts.try_emplace(number, token);
        if (!isNew && known->second != token)
            damaged("the id " + std::to_string(number) + " is given twice");
        largest = std::max(largest, number);
    };
    for (const auto& [token, number] : vocabulary)
        add(token, number);
    for (const AddedToken& token : added) {
        if (!addedTexts.insert(token.text).second)
            damaged("an added token appears twice");
        const auto known = vocabulary.find(token.text);
        if (known != vocabulary.end() && known->second != token.id)
            damaged("the token \"" + token.text + "\" has two ids");
        add(token.text, token.id);
    }
    if (texts.size() != static_cast<std::size_t>(largest) + 1)
        damaged("its ids have gaps");
}

} // namespace adtailor
