// hub_cache: models as the Hugging Face cache keeps them, "models--org--name/snapshots/REVISION".
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

namespace adtailor {

// The entry "models--org--name" that a folder is, or is a snapshot of; empty: it is in no cache.
std::filesystem::path hubEntry(const std::filesystem::path& folder);

// The snapshot that an entry stands for: the revision that "main" points at, or the only one;
// FileNotFound when that leaves a choice. Any other folder stands for itself.
std::filesystem::path hubSnapshot(const std::filesystem::path& folder);

// "org/name" in a cache, else the folder's own name.
std::string hubName(const std::filesystem::path& folder);

} // namespace adtailor
