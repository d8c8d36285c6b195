// The fields of PAd1M records as a streaming JSON parser delivers them, before any judgement.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <streambuf>
#include <string>
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
    std::string problem; // the first field of a wrong type, as a sentence

    const std::string& text(std::string_view field) const;
};

// Hands over every element of the file's array; one that is not an object has a problem. A visitor
// that answers false ends the parse. Throws Failure(FileCorrupt) for anything but a JSON array,
// with the number of the record where it breaks.
void parsePad1m(std::streambuf& stream, const std::string& name,
                const std::function<bool(RawRecord&&)>& visit);

} // namespace adtailor
