// PictureFolder: pictures as files that are named by their content, so that none is stored twice.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/image.h>

#include <cstddef>
#include <filesystem>
#include <set>
#include <span>
#include <string>
#include <string_view>

namespace adtailor {

class PictureFolder
{
public:
    explicit PictureFolder(std::filesystem::path folder);

    // On the disk when it returns. The name is the SHA-256 of the file.
    std::string add(std::span<const std::byte> bytes);
    std::string addPng(const Image& image);
    std::string addJpeg(const Image& image); // for thumbnails
    Image read(const std::string& name) const;
    // Empty for what is no name, so that text from a file never becomes a path.
    std::filesystem::path path(std::string_view name) const;
    void removeAllBut(const std::set<std::string>& names);

private:
    std::filesystem::path m_folder;
};

// Made with its parents when it is not there; only its owner may look inside. Answers it.
std::filesystem::path madePrivateFolder(const std::filesystem::path& folder);

bool isPictureName(std::string_view text);

} // namespace adtailor
