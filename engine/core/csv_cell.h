// Cells of the CSV files that we write (RFC 4180).
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace adtailor {

// A spreadsheet runs what begins like a formula: such a text gets an apostrophe in front.
inline std::string withoutFormula(std::string text)
{
    if (!text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos)
        text.insert(text.begin(), '\'');
    return text;
}

inline std::string csvQuoted(std::string_view text)
{
    std::string cell = "\"";
    for (const char letter : text) {
        if (letter == '"')
            cell += '"';
        cell += letter;
    }
    return cell + '"';
}

// In quotes where the text would not be one cell without them.
inline std::string csvQuotedIfNeeded(const std::string& text)
{
    return text.find_first_of(",\"\r\n") == std::string::npos ? text : csvQuoted(text);
}

} // namespace adtailor
