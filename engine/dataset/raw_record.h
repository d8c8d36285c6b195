// RawRecord: the PAd1M fields of one record as a parser delivers them, before any judgement.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace adtailor {

struct RawRecord
{
    std::int64_t number = 0; // from 1
    std::map<std::string, std::string, std::less<>> texts;
    std::vector<std::string> historyImages;
    std::vector<std::string> historyTitles;
    std::vector<float> similarities;
    std::optional<double> maxRatio;
    std::string problem; // the first thing that is wrong with its form, as a sentence

    const std::string& text(std::string_view field) const
    {
        static const std::string empty;
        const auto found = texts.find(field);
        return found != texts.end() ? found->second : empty;
    }
};

// Without the white space around it.
inline std::string_view trimmed(std::string_view text)
{
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

// Answers false to end the parse.
using RecordVisitor = std::function<bool(RawRecord&&)>;

} // namespace adtailor
