// parseStrictJson, readJsonFile: a JSON tree from foreign text, with limits and without duplicate
// keys. SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/limits.h"

#include <nlohmann/json_fwd.hpp>

#include <filesystem>
#include <string>
#include <string_view>

namespace adtailor {

struct JsonLimits
{
    int depth = limits::jsonDepth; // deep trees overflow the stack when copied
    std::size_t stringBytes = limits::jsonStringBytes;
    std::size_t values = 1'000'000; // a value costs up to 80 bytes, however short its text
};

// what: named in the sentence, for example a file's path. Throws Failure(FileCorrupt) for anything
// but one valid UTF-8 JSON value within the limits; a key that appears twice is refused as well.
nlohmann::json parseStrictJson(std::string_view text, const std::string& what,
                               const JsonLimits& limits = {});

// A whole file, read as above; FileNotFound when it is not there, InvalidInput when it is larger.
nlohmann::json readJsonFile(const std::filesystem::path& file, std::size_t maximumBytes);

} // namespace adtailor
