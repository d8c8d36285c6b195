// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/added_tokens.h"

#include "core/utf8.h"
#include "text/unicode.h"

#include <utility>

namespace adtailor {

namespace {

// Start of the last character of a well-formed text that is not empty.
std::size_t lastCharacter(std::string_view text)
{
    std::size_t start = text.size() - 1;
    while (start > 0 && (static_cast<unsigned char>(text[start]) & 0xC0U) == 0x80)
        --start;
    return start;
}

bool startsWith(const CharacterSet& set, std::string_view text)
{
    return !text.empty() && set.contains(firstUtf8(text).codePoint);
}

bool endsWith(const CharacterSet& set, std::string_view text)
{
    return !text.empty() && startsWith(set, text.substr(lastCharacter(text)));
}

} // namespace

void AddedTokens::add(AddedToken token)
{
    std::size_t node = 0;
    for (const char byte : token.text) {
        const auto [child, isNew] = m_nodes[node].children.try_emplace(byte, m_nodes.size());
        node = child->second;
        if (isNew)
            m_nodes.emplace_back();
    }
    m_nodes[node].token = m_tokens.size();
    m_starts[static_cast<unsigned char>(token.text[0])] = true;
    m_tokens.push_back(std::move(token));
}

std::optional<AddedTokens::Match> AddedTokens::find(std::string_view text, std::size_t from) const
{
    for (std::size_t begin = from; begin < text.size(); ++begin) {
        if (!m_starts[static_cast<unsigned char>(text[begin])])
            continue;
        std::optional<Match> longest;
        std::size_t node = 0;
        for (std::size_t i = begin; i < text.size(); ++i) {
            const auto child = m_nodes[node].children.find(text[i]);
            if (child == m_nodes[node].children.end())
                break;
            node = child->second;
            if (m_nodes[node].token)
                longest = Match{ begin, i + 1 - begin, *m_nodes[node].token };
        }
        if (longest)
            return longest;
    }
    return std::nullopt;
}

bool AddedTokens::takeSurroundings(const AddedToken& token, std::string_view text,
                                   std::size_t& begin, std::size_t& end)
{
    const auto before = [&] { return text.substr(0, begin); };
    const auto after = [&] { return text.substr(end); };
    const CharacterSet& word = unicode::wordCharacters();
    if (token.isSingleWord && (endsWith(word, before()) || startsWith(word, after())))
        return false;
    while (token.takesLeftSpaces && endsWith(unicode::spaces(), before()))
        begin = lastCharacter(before());
    while (token.takesRightSpaces && startsWith(unicode::spaces(), after()))
        end += firstUtf8(after()).bytes;
    return true;
}

} // namespace adtailor
