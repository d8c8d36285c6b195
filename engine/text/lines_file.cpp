// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/lines_file.h"

#include "core/failure.h"
#include "core/input_file.h"
#include "core/strict_json.h"

#include <nlohmann/json.hpp>

namespace adtailor {

namespace {

constexpr std::size_t linesFileBytes = 1U << 30U;

} // namespace

std::vector<std::string> readLinesFile(const std::filesystem::path& path)
{
    const std::string content = readTextFile(path, linesFileBytes);
    std::vector<std::string> lines;
    for (std::size_t start = 0; start < content.size();) {
        const std::size_t end = std::min(content.find('\n', start), content.size());
        const std::string where
            = "Line " + std::to_string(lines.size() + 1) + " of " + path.string();
        const auto line = parseStrictJson(std::string_view(content).substr(start, end - start),
                                          where, { .depth = 1 });
        if (!line.is_string())
            throw Failure(ErrorCode::InvalidInput, where + " is not a JSON text.");
        lines.push_back(line.get<std::string>());
        start = end + 1;
    }
    return lines;
}

} // namespace adtailor
