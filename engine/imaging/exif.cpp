// SPDX-License-Identifier: GPL-3.0-or-later
#include "imaging/exif.h"

#include "imaging/byte_view.h"

#include <algorithm>

namespace adtailor::imaging {

int exifOrientation(std::span<const std::byte> tiff)
{
    ByteView bytes(tiff);
    if (bytes.matches(0, std::string_view("Exif\0\0", 6)))
        bytes = ByteView(tiff.subspan(6));
    const bool little = bytes.matches(0, "II");
    if (!little && !bytes.matches(0, "MM"))
        return 1;
    const auto read16 = [&](std::size_t i) { return little ? bytes.little16(i) : bytes.big16(i); };
    const auto read32 = [&](std::size_t i) { return little ? bytes.little32(i) : bytes.big32(i); };

    constexpr std::uint32_t orientationTag = 0x0112;
    constexpr std::uint32_t maximumEntries = 512;
    const std::size_t directory = read32(4);
    const std::uint32_t entries = std::min(read16(directory), maximumEntries);
    for (std::uint32_t i = 0; i < entries; ++i) {
        const std::size_t entry = directory + 2 + std::size_t(i) * 12;
        if (read16(entry) != orientationTag)
            continue;
        const std::uint32_t value = read16(entry + 8);
        return value >= 1 && value <= 8 ? static_cast<int>(value) : 1;
    }
    return 1;
}

Image oriented(const Image& image, int orientation)
{
    if (orientation <= 1 || orientation > 8 || image.isEmpty())
        return image;
    const bool swapped = orientation >= 5; // rows become columns
    const bool mirrorX
        = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
    const bool mirrorY
        = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
    const int width = swapped ? image.height() : image.width();
    const int height = swapped ? image.width() : image.height();
    const int channels = image.channels();

    std::vector<std::uint8_t> pixels(image.byteCount());
    std::uint8_t* out = pixels.data();
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x, out += channels) {
            int sourceX = swapped ? y : x;
            int sourceY = swapped ? x : y;
            if (mirrorX)
                sourceX = image.width() - 1 - sourceX;
            if (mirrorY)
                sourceY = image.height() - 1 - sourceY;
            std::copy_n(image.row(sourceY) + std::size_t(sourceX) * channels, channels, out);
        }
    }
    return Image(width, height, channels, std::move(pixels));
}

} // namespace adtailor::imaging
