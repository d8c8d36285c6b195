// PictureFolder: the pictures of a folder by their names without extension, which pair them.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace adtailor::cli {

using PictureFolder = std::map<std::string, std::filesystem::path>; // id -> file

// PNG, JPEG and WebP files; others are not looked at. Throws Failure for a folder that is missing
// or has no picture, and for two pictures of one id.
PictureFolder listPictures(const std::filesystem::path& folder);

// The first names of a list, for a sentence: "a, b, c, ... (12)".
std::string someNames(const std::vector<std::string>& names);

} // namespace adtailor::cli
