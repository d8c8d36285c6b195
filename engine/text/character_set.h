// CharacterSet: one bit for each code point, for classes that are asked about at every character.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace adtailor {

class CharacterSet
{
public:
    // ranges: pairs of first and last.
    explicit CharacterSet(std::u32string_view ranges) { add(ranges); }

    void add(std::u32string_view ranges)
    {
        for (std::size_t i = 0; i + 1 < ranges.size(); i += 2)
            add(ranges[i], ranges[i + 1]);
    }

    void add(char32_t first, char32_t last)
    {
        for (char32_t c = first; c <= last; ++c)
            m_bits[c / 64] |= std::uint64_t{ 1 } << (c % 64);
    }

    // c: at most U+10FFFF.
    bool contains(char32_t c) const { return (m_bits[c / 64] >> (c % 64) & 1U) != 0; }

private:
    std::vector<std::uint64_t> m_bits = std::vector<std::uint64_t>(0x110000 / 64);
};

} // namespace adtailor
