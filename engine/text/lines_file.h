// A file with one JSON text on each line.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace adtailor {

// InvalidInput or FileCorrupt, with the number of the line.
std::vector<std::string> readLinesFile(const std::filesystem::path& path);

} // namespace adtailor
