// SPDX-License-Identifier: GPL-3.0-or-later
#include "picture_folder.h"

#include "core/failure.h"

#include <algorithm>
#include <array>

namespace adtailor::cli {

namespace {

namespace fs = std::filesystem;

constexpr std::array pictureExtensions = { ".png", ".jpg", ".jpeg", ".webp" };
constexpr std::size_t namesShown = 3;

bool isPictureName(const fs::path& path)
{
    std::string extension = path.extension().string();
    std::ranges::transform(extension, extension.begin(), [](unsigned char c) {
        return static_cast<char>(c < 0x80 ? std::tolower(c) : c);
    });
    return std::ranges::find(pictureExtensions, extension) != pictureExtensions.end();
}

} // namespace

PictureFolder listPictures(const fs::path& folder)
{
    std::error_code error;
    fs::directory_iterator files(folder, error);
    if (error)
        throw Failure(ErrorCode::FileNotFound,
                      "The folder " + folder.string() + " cannot be read (" + error.message()
                          + "). Name a folder of pictures.");
    PictureFolder pictures;
    for (const auto& item : files) {
        if (!item.is_regular_file(error) || !isPictureName(item.path()))
            continue;
        const auto [place, isNew] = pictures.emplace(item.path().stem().string(), item.path());
        if (!isNew)
            throw Failure(ErrorCode::InvalidInput,
                          folder.string() + " has two pictures called " + place->first + " ("
                              + place->second.filename().string() + " and "
                              + item.path().filename().string() + "). Keep one of them there.");
    }
    if (pictures.empty())
        throw Failure(ErrorCode::InvalidInput,
                      "The folder " + folder.string()
                          + " has no PNG, JPEG or WebP picture. Name another one.");
    return pictures;
}

std::string someNames(const std::vector<std::string>& names)
{
    std::string text;
    for (std::size_t i = 0; i < std::min(namesShown, names.size()); ++i)
        text += (i > 0 ? ", " : "") + names[i].substr(0, 60);
    return names.size() > namesShown ? text + ", ... (" + std::to_string(names.size()) + ")" : text;
}

} // namespace adtailor::cli
