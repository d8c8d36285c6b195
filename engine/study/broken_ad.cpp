// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/broken_ad.h"

#include "core/counter_rng.h"

#include <algorithm>
#include <numeric>

namespace adtailor {

namespace {

constexpr int tilesPerSide = 6;
constexpr std::uint64_t tileStream = 0x201;

} // namespace

Image brokenPicture(const Image& picture, std::uint64_t seed)
{
    const int width = picture.width() / tilesPerSide, height = picture.height() / tilesPerSide;
    std::vector<std::uint8_t> pixels(picture.data(), picture.data() + picture.byteCount());
    std::vector<int> from(tilesPerSide * tilesPerSide);
    std::iota(from.begin(), from.end(), 0);
    CounterRng rng(seed, tileStream);
    for (std::size_t i = from.size(); i > 1; --i) // Sattolo: no tile stays where it was
        std::swap(from[i - 1], from[rng.below(i - 1)]);
    const auto bytes = static_cast<std::ptrdiff_t>(width) * picture.channels();
    const auto stride = static_cast<std::ptrdiff_t>(picture.width()) * picture.channels();
    for (int tile = 0; tile < tilesPerSide * tilesPerSide; ++tile) {
        const int source = from[static_cast<std::size_t>(tile)];
        for (int y = 0; y < height; ++y) {
            const std::uint8_t* line
                = picture.row(source / tilesPerSide * height + y) + source % tilesPerSide * bytes;
            std::copy_n(line, bytes,
                        pixels.begin() + (tile / tilesPerSide * height + y) * stride
                            + tile % tilesPerSide * bytes);
        }
    }
    return { picture.width(), picture.height(), picture.channels(), std::move(pixels) };
}

} // namespace adtailor
