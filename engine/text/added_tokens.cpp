// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/added_tokens.h"

namespace adtailor {

void AddedTokens::add(std::string_view text, std::int32_t id)
{
    std::size_t node = 0;
    for (const char byte : text) {
        const auto [child, isNew] = m_nodes[node].children.try_emplace(byte, m_nodes.size());
        node = child->second;
        if (isNew)
            m_nodes.emplace_back();
    }
    m_nodes[node].id = id;
}

std::optional<AddedTokens::Match> AddedTokens::find(std::string_view text, std::size_t from) const
{
    for (std::size_t begin = from; begin < text.size(); ++begin) {
        std::optional<Match> longest;
        std::size_t node = 0;
        for (std::size_t i = begin; i < text.size(); ++i) {
            const auto child = m_nodes[node].children.find(text[i]);
            if (child == m_nodes[node].children.end())
                break;
            node = child->second;
            if (m_nodes[node].id)
                longest = Match{ begin, i + 1 - begin, *m_nodes[node].id };
        }
        if (longest)
            return longest;
    }
    return std::nullopt;
}

} // namespace adtailor
