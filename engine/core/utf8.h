// UTF-8 code points: reading, writing and repairing.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace adtailor {

struct Utf8Char
{
    char32_t codePoint = 0xFFFD;
    std::size_t bytes = 1; // how far to go on; an ill-formed part is never longer than 3
    bool valid = false;
};

// The first code point of a text that is not empty. Surrogates, overlong forms and values above
// U+10FFFF are ill-formed; an ill-formed part ends where no valid character can go on (Unicode
// 3.9, "maximal subpart"), as in Rust and in browsers.
inline Utf8Char firstUtf8(std::string_view text)
{
    const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
    const std::uint8_t lead = byte(0);
    if (lead < 0x80)
        return { lead, 1, true };
    const std::size_t length = lead < 0xC2 ? 0
        : lead < 0xE0                      ? 2
        : lead < 0xF0                      ? 3
        : lead < 0xF5                      ? 4
                                           : 0;
    if (length == 0)
        return {};
    char32_t value = lead & (0x7FU >> length);
    for (std::size_t i = 1; i < length; ++i) {
        const std::uint8_t low = i > 1 ? 0x80 : lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
        const std::uint8_t high = i > 1 ? 0xBF : lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
        if (i >= text.size() || byte(i) < low || byte(i) > high)
            return { .bytes = i };
        value = (value << 6U) | (byte(i) & 0x3FU);
    }
    return { value, length, true };
}

inline void appendUtf8(std::string& text, char32_t codePoint)
{
    const auto add = [&](char32_t byte) { text += static_cast<char>(byte); };
    if (codePoint < 0x80) {
        add(codePoint);
    } else if (codePoint < 0x800) {
        add(0xC0 | codePoint >> 6U);
        add(0x80 | (codePoint & 0x3FU));
    } else if (codePoint < 0x10000) {
        add(0xE0 | codePoint >> 12U);
        add(0x80 | (codePoint >> 6U & 0x3FU));
        add(0x80 | (codePoint & 0x3FU));
    } else {
        add(0xF0 | codePoint >> 18U);
        add(0x80 | (codePoint >> 12U & 0x3FU));
        add(0x80 | (codePoint >> 6U & 0x3FU));
        add(0x80 | (codePoint & 0x3FU));
    }
}

// Every ill-formed part becomes U+FFFD; well-formed text comes back unchanged.
inline std::string repairedUtf8(std::string_view text)
{
    std::string repaired;
    repaired.reserve(text.size());
    while (!text.empty()) {
        const Utf8Char next = firstUtf8(text);
        if (next.valid)
            repaired += text.substr(0, next.bytes);
        else
            repaired += "\uFFFD";
        text.remove_prefix(next.bytes);
    }
    return repaired;
}

} // namespace adtailor
