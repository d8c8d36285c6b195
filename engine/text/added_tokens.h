// AddedTokens: texts that are one token each wherever they stand, found before anything else.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adtailor {

struct AddedToken
{
    std::string text;
    std::int32_t id = 0;
    bool normalized = false; // searched for in normalised text, after all tokens that are not
    bool takesLeftSpaces = false, takesRightSpaces = false; // "lstrip", "rstrip"
    bool isSingleWord = false; // not beside a letter, digit or underscore
};

class AddedTokens
{
public:
    struct Match
    {
        std::size_t begin = 0, length = 0;
        std::size_t token = 0; // of those added, in order
    };

    void add(AddedToken token);

    // The leftmost occurrence at or after `from`, and there the longest token. Flags are not looked
    // at.
    std::optional<Match> find(std::string_view text, std::size_t from) const;

    // Calls onText for what lies between the tokens and onToken with the id of each.
    template<typename OnText, typename OnToken>
    void split(std::string_view text, OnText&& onText, OnToken&& onToken) const
    {
        std::size_t start = 0; // of the text that no token has taken yet
        std::size_t from = 0;
        while (const auto match = find(text, from)) {
            from = match->begin + match->length;
            const AddedToken& token = m_tokens[match->token];
            std::size_t begin = match->begin, end = from;
            if (!takeSurroundings(token, text, begin, end))
                continue;
            if (start < begin)
                onText(text.substr(start, begin - start));
            onToken(token.id);
            start = end;
        }
        if (start < text.size())
            onText(text.substr(start));
    }

private:
    // False when the token may not stand there; else widens the range by the spaces it takes.
    static bool takeSurroundings(const AddedToken& token, std::string_view text, std::size_t& begin,
                                 std::size_t& end);

    struct Node // of a tree of bytes; the root is the first
    {
        std::map<char, std::size_t> children;
        std::optional<std::size_t> token;
    };
    std::vector<AddedToken> m_tokens;
    std::vector<Node> m_nodes{ 1 };
    std::array<bool, 256> m_starts{}; // bytes that a token starts with
};

} // namespace adtailor
