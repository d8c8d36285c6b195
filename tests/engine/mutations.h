// Mutations: seeded damage to sound bytes, for tests that a parser takes or refuses anything.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>

namespace adtailor {

class Mutations
{
public:
    Mutations(std::string sound, std::uint32_t seed)
        : m_sound(std::move(sound))
        , m_random(seed)
    {
    }

    // The sound bytes with one to four faults.
    std::string next()
    {
        std::string bytes = m_sound;
        for (std::size_t fault = 0; fault < 1 + below(4) && !bytes.empty(); ++fault)
            spoil(bytes);
        return bytes;
    }

private:
    // What parsers stumble over: ends of range, syntax, ill-formed UTF-8.
    static constexpr std::array<std::string_view, 26> tokens
        = { "0",
            "-1",
            "1e999",
            "18446744073709551615",
            "-9223372036854775808",
            "4294967295",
            "0.5",
            "null",
            "true",
            "{",
            "}",
            "[",
            "]",
            "\"",
            "\\",
            ",",
            ":",
            "\n",
            "\xFF",
            "\xC0\x80",
            "\xED\xA0\x80",
            "\\u0000",
            "\\ud800",
            "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
            "/../../etc/passwd",
            "{\"a\":1,\"a\":2}" };

    std::size_t below(std::size_t limit) { return m_random() % limit; }

    void spoil(std::string& bytes)
    {
        const std::size_t at = below(bytes.size());
        const std::size_t length = 1 + below(std::min<std::size_t>(bytes.size() - at, 24));
        switch (below(8)) {
        case 0:
            bytes[at] = static_cast<char>(m_random());
            break;
        case 1:
            bytes[at] = static_cast<char>(bytes[at] ^ (1 << below(8)));
            break;
        case 2:
            bytes.erase(at, length);
            break;
        case 3:
            bytes.insert(at, std::string(bytes, below(bytes.size()), length));
            break;
        case 4:
            bytes.insert(at, tokens[below(tokens.size())]);
            break;
        case 5:
            bytes.replace(at, length, tokens[below(tokens.size())]);
            break;
        case 6:
            replaceNumber(bytes, at);
            break;
        default:
            if (below(4) == 0) // a cut hides the faults behind it
                bytes.resize(at);
            else
                std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(at),
                            std::min<std::size_t>(length, 4), below(2) == 0 ? '\xFF' : '\0');
        }
    }

    // The next run of digits becomes another number, which leaves the syntax whole.
    void replaceNumber(std::string& bytes, std::size_t from)
    {
        constexpr const char* digits = "0123456789";
        const std::size_t begin = bytes.find_first_of(digits, from);
        if (begin == std::string::npos)
            return;
        const std::size_t end = std::min(bytes.find_first_not_of(digits, begin), bytes.size());
        bytes.replace(begin, end - begin, tokens[below(7)]);
    }

    std::string m_sound;
    std::mt19937 m_random;
};

} // namespace adtailor
