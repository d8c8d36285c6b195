// BpeModel: byte-pair merges within one word.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "text/text_map.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace adtailor {

class BpeModel
{
public:
    struct Merge
    {
        std::int32_t left = 0, right = 0, merged = 0;
    };

    using ByteIds = std::array<std::int32_t, 256>;

    // byteIds: the token of every single byte; lastIds: of a word's last one, where these are
    // tokens of their own. merges: the first is the strongest.
    // wholeWords: words (as bytes) that are taken as they are, without merging; may be empty.
    BpeModel(const ByteIds& byteIds, const ByteIds& lastIds, const std::vector<Merge>& merges,
             std::unordered_map<std::string, std::int32_t> wholeWords);

    // Appends the ids of one word. Short words are remembered, so one thread at a time.
    void encode(std::string_view word, std::vector<std::int32_t>& ids) const;

private:
    struct Rule
    {
        std::uint32_t rank = 0;
        std::int32_t merged = 0;
    };
    const Rule* ruleFor(std::int32_t left, std::int32_t right) const;
    void merge(std::string_view word, std::vector<std::int32_t>& ids) const;

    ByteIds m_byteIds, m_lastIds;
    std::unordered_map<std::uint64_t, Rule> m_rules; // left in the upper half of the key
    TextMap<std::int32_t> m_wholeWords;
    mutable TextMap<std::vector<std::int32_t>> m_known; // ids of words met before
};

} // namespace adtailor
