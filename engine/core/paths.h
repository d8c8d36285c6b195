// isBeneath, userDataFolder: where files may lie.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

namespace adtailor {

// Both canonical; a folder is beneath itself.
bool isBeneath(const std::filesystem::path& path, const std::filesystem::path& root);

// adtailor in the user's data folder (XDG base directory specification).
std::filesystem::path userDataFolder();

} // namespace adtailor
