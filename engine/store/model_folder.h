// The files of a model's folder, wherever a model may lie.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace adtailor {

struct ModelFile
{
    std::string name; // relative to the folder, with '/'
    std::uint64_t bytes = 0;
    std::int64_t modified = 0; // nanoseconds since the clock's epoch
};

// The folder of a file; an entry of a Hugging Face cache stands for its current snapshot.
std::filesystem::path modelFolder(const std::filesystem::path& path);

// It holds a config, an adapter's config or weights.
bool isModelFolder(const std::filesystem::path& folder);

// `place` itself, or the models directly inside it. Sorted.
std::vector<std::filesystem::path> modelsIn(const std::filesystem::path& place);

// Plain files (links are followed, as caches need), without hidden ones; sorted by name.
// InvalidInput when there are more than a model can have.
std::vector<ModelFile> modelFiles(const std::filesystem::path& folder);

} // namespace adtailor
