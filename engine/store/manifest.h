// Manifest: the SHA-256 of every file of a model, kept apart from the model.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/model_folder.h"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace adtailor {

struct FileDigest
{
    std::uint64_t bytes = 0;
    std::int64_t modified = 0; // of ModelFile, when it was hashed
    std::string sha256;
    bool operator==(const FileDigest&) const = default;
};

struct Manifest
{
    std::string folder; // whose files these are, for people who read the file
    std::int64_t checked = 0; // seconds since 1970 of the last whole check; 0: none was finished
    std::map<std::string, FileDigest> files; // by name

    bool knows(const ModelFile& file) const; // with the same size and time
};

// Names of the manifest that are not among the files.
std::vector<std::string> absentFiles(const Manifest& manifest, const std::vector<ModelFile>& files);

// Empty when there is none yet. FileCorrupt when it was damaged.
Manifest loadManifest(const std::filesystem::path& path);
void saveManifest(const Manifest& manifest, const std::filesystem::path& path);

} // namespace adtailor
