// Pictures in and out: load, cut out, place, compose, save. Pure functions, safe on any thread.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/error.h>
#include <adtailor/image.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace adtailor::imaging {

// Refused from the header alone, before any pixel is decoded (robustness T10).
inline constexpr std::int64_t maximumPixels = 64'000'000;
inline constexpr int maximumSide = 16'384;
inline constexpr std::size_t maximumFileBytes = 64U << 20U;

// PNG, JPEG or WebP, told by content and never by name; EXIF rotation applied.
Result<Image> load(const std::filesystem::path& path);
Result<Image> decode(std::span<const std::byte> bytes, const std::string& name);
// text: keyword/value pairs written as iTXt chunks. Atomic: the old file stays on any failure.
Result<void> savePng(const Image& image, const std::filesystem::path& path,
                     const std::vector<std::pair<std::string, std::string>>& text = {});
Result<std::vector<std::byte>> encodePng(const Image& image);

struct Cutout
{
    Image image; // RGBA
    std::array<int, 4> box{}; // x, y, width, height of alpha > 50
    double coverage = 0; // share of the canvas that is product
    bool touchesEdge = false; // part of the product may be missing
    bool wasOpaque = false; // the file had no alpha
    bool mattedFromBackground = false; // plain white background removed
};

// Takes any picture as a cutout. A fully transparent one is InvalidInput. An opaque one gets a
// matte when its border is plain white, and otherwise stays a full rectangle with wasOpaque set.
Result<Cutout> extractCutout(const Image& image);

// Crops to the product, with `margin` (share of the longer side) around it, on a square canvas.
Image trimToSquare(const Cutout& cutout, double margin = 0.0);

enum class PlacementMode {
    Exact, // keeps every row, column and soft edge; one rounding (our default)
    Reference // to the last bit Uni-AdGen's: crop without last row and column, PIL bicubic in 8 bit
};
// Shrinks (never enlarges) the product so that it fills at most maxRatio of the canvas, about its
// own centre. Input and output have the same size. maxRatio is clamped to 0.01 ... 1.
Image place(const Image& cutout, double maxRatio, PlacementMode mode = PlacementMode::Exact);

// The cutout over white, RGB.
Image onWhite(const Image& cutout);

// `background` scaled to size x size, `placed` (RGBA, any square size) scaled to size x size and
// laid over it: where the placed product is opaque the result is bit-identical to it.
Image compose(const Image& background, const Image& placed, int size = 1024);

// Longest side at most `side`; area-averaged, premultiplied; never enlarges.
Image thumbnail(const Image& image, int side);
Image resize(const Image& image, int width, int height);

} // namespace adtailor::imaging
