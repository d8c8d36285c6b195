// Models on disk as they are published: names and shapes of the oracle's lists, without real data.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace adtailor {

using ShapeList = std::map<std::string, std::vector<std::int64_t>>;

// tests/fixtures/janus_names.json
nlohmann::json janusNames();
// size: "1b" or "7b"; layout: "deepseek" or "transformers".
ShapeList publishedShapes(const std::string& size, const std::string& layout);
// The config.json of these, in their published form.
nlohmann::json publishedConfig(const std::string& size, const std::string& layout);

// A safetensors file of bfloat16 zeros that takes no room on the disk.
void writeHollow(const std::filesystem::path& path, const ShapeList& shapes);
// Splits the tensors over two files and writes the index.
void writeHollowShards(const std::filesystem::path& folder, const ShapeList& shapes);

} // namespace adtailor
