// AddedTokens: texts that are one token each wherever they stand, found before anything else.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

namespace adtailor {

class AddedTokens
{
public:
    struct Match
    {
        std::size_t begin = 0, length = 0;
        std::int32_t id = 0;
    };

    void add(std::string_view text, std::int32_t id);

    // The leftmost occurrence at or after `from`, and there the longest token.
    std::optional<Match> find(std::string_view text, std::size_t from) const;

private:
    struct Node // of a tree of bytes; the root is the first
    {
        std::map<char, std::size_t> children;
        std::optional<std::int32_t> id;
    };
    std::vector<Node> m_nodes{ 1 };
};

} // namespace adtailor
