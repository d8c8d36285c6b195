// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/picture_folder.h"

#include "core/atomic_file.h"
#include "core/failure.h"
#include "core/sha256.h"

#include <adtailor/imaging.h>
#include <adtailor/jpeg.h>

#include <algorithm>

namespace fs = std::filesystem;

namespace adtailor {

namespace {

constexpr std::size_t nameLength = 64;
constexpr std::size_t shelfLength = 2; // digits that name the subfolder
constexpr int thumbnailQuality = 88;

} // namespace

fs::path madePrivateFolder(const fs::path& folder)
{
    std::error_code error;
    fs::create_directories(folder, error);
    if (error)
        throw Failure(ErrorCode::InvalidInput,
                      "The folder " + folder.string() + " cannot be made: " + error.message()
                          + ". Check its permissions and the disk.");
    fs::permissions(folder, fs::perms::owner_all, error); // personal data
    return folder;
}

bool isPictureName(std::string_view text)
{
    return text.size() == nameLength && std::all_of(text.begin(), text.end(), [](char letter) {
               return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'f');
           });
}

PictureFolder::PictureFolder(fs::path folder)
    : m_folder(std::move(folder))
{
}

fs::path PictureFolder::path(std::string_view name) const
{
    return isPictureName(name) ? m_folder / name.substr(0, shelfLength) / name : fs::path();
}

std::string PictureFolder::add(std::span<const std::byte> bytes)
{
    std::string name = sha256Hex(bytes);
    const fs::path file = path(name);
    std::error_code error;
    if (fs::file_size(file, error) == bytes.size() && !error)
        return name;
    madePrivateFolder(file.parent_path());
    writeFileAtomically(file, bytes);
    return name;
}

std::string PictureFolder::addPng(const Image& image)
{
    return add(valueOrThrow(imaging::encodePng(image)));
}

std::string PictureFolder::addJpeg(const Image& image)
{
    return image.hasAlpha() ? addPng(image)
                            : add(valueOrThrow(imaging::encodeJpeg(image, thumbnailQuality)));
}

Image PictureFolder::read(const std::string& name) const
{
    if (!isPictureName(name))
        throw Failure(ErrorCode::FileCorrupt,
                      "The project names a picture in a way that AdTailor does not.");
    return valueOrThrow(imaging::load(path(name)));
}

void PictureFolder::removeAllBut(const std::set<std::string>& names)
{
    std::error_code ignored;
    std::vector<fs::path> unused;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(m_folder, ignored))
        if (entry.is_regular_file(ignored) && isPictureName(entry.path().filename().string())
            && !names.contains(entry.path().filename().string()))
            unused.push_back(entry.path());
    for (const fs::path& file : unused)
        fs::remove(file, ignored);
}

} // namespace adtailor
