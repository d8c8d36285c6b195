// What a tokenizer or a sentence encoder makes of lines of text, to compare with other programs.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/error.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace adtailor {

struct TokenizedLines
{
    struct Line
    {
        std::vector<std::int32_t> ids; // with no token put before or after
        std::string decoded;
    };
    std::vector<Line> lines;
    double encodeSeconds = 0; // of the processor, for all lines, without files
};

// tokenizer: a tokenizer.json, or a vocab.txt. lines: a file with one JSON text on each line, so
// that a text may hold line breaks and control characters.
Result<TokenizedLines> tokenizeLines(const std::filesystem::path& tokenizer,
                                     const std::filesystem::path& lines);

// A vector for each line, from the BERT sentence encoder in a folder. device: torch's name.
Result<std::vector<std::vector<float>>> embedLines(const std::filesystem::path& encoder,
                                                   const std::filesystem::path& lines,
                                                   const std::string& device);

} // namespace adtailor
