// The byte-level alphabet of GPT-2: one printable code point for each of the 256 bytes.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/utf8.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace adtailor {

// Bytes that Latin-1 prints stand for themselves; the other 68 follow from U+0100 on, in order.
inline const std::array<char32_t, 256>& byteAlphabet()
{
    static const auto alphabet = [] {
        std::array<char32_t, 256> table{};
        char32_t next = 256;
        for (char32_t byte = 0; byte < 256; ++byte) {
            const bool prints
                = (byte >= '!' && byte <= '~') || (byte >= 0xA1 && byte <= 0xAC) || byte >= 0xAE;
            table[byte] = prints ? byte : next++;
        }
        return table;
    }();
    return alphabet;
}

inline std::string toByteAlphabet(std::string_view bytes)
{
    std::string text;
    for (const char byte : bytes)
        appendUtf8(text, byteAlphabet()[static_cast<std::uint8_t>(byte)]);
    return text;
}

// nullopt when a character stands for no byte.
inline std::optional<std::string> fromByteAlphabet(std::string_view text)
{
    static const auto inverse = [] {
        std::array<std::int16_t, 256 + 68> table{};
        table.fill(-1);
        for (std::int16_t byte = 0; byte < 256; ++byte)
            table[byteAlphabet()[static_cast<std::size_t>(byte)]] = byte;
        return table;
    }();
    std::string bytes;
    while (!text.empty()) {
        const Utf8Char next = firstUtf8(text);
        if (!next.valid || next.codePoint >= inverse.size() || inverse[next.codePoint] < 0)
            return std::nullopt;
        bytes += static_cast<char>(inverse[next.codePoint]);
        text.remove_prefix(next.bytes);
    }
    return bytes;
}

} // namespace adtailor
