// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/picture_view.h"

#include "core/failure.h"
#include "nn/pixels.h"

#include <cmath>

namespace adtailor {

namespace {

Image opaquePicture(const Image& picture)
{
    return picture.hasAlpha() ? toImage(toTensor(picture)) : picture;
}

// Columns x ... x+side-1 and rows y ... y+side-1.
Image squareOf(const Image& image, int x, int y, int side)
{
    std::vector<std::uint8_t> pixels;
    pixels.reserve(static_cast<std::size_t>(side) * side * 3);
    for (int row = y; row < y + side; ++row) {
        const std::uint8_t* first = image.row(row) + static_cast<std::size_t>(x) * 3;
        pixels.insert(pixels.end(), first, first + static_cast<std::size_t>(side) * 3);
    }
    return { side, side, 3, std::move(pixels) };
}

int cropStart(int size, int side, CropRounding rounding)
{
    return rounding == CropRounding::Down
        ? (size - side) / 2
        : static_cast<int>(std::nearbyint((size - side) / 2.0)); // ties to even, as Python rounds
}

// The longer side of a picture whose shorter one becomes `shorter`.
int resizedLength(int longer, int shorter, int to)
{
    return static_cast<int>(static_cast<std::int64_t>(to) * longer / shorter);
}

// One that is extremely long loses its ends: they lie far outside the centre.
Image centreOfLong(const Image& picture)
{
    constexpr int longestRatio = 8;
    const int width = picture.width(), height = picture.height();
    const int shorter = std::min(width, height), longer = std::max(width, height);
    if (longer / shorter < longestRatio)
        return picture;
    const int kept = shorter * 4;
    const int start = (longer - kept) / 2;
    const auto pixels = toTensor(picture);
    return toImage(pixels.narrow(width > height ? 2 : 1, start, kept));
}

} // namespace

Image pictureView(const Image& given, const PictureView& view)
{
    if (given.isEmpty())
        throw Failure(ErrorCode::InvalidInput, "A picture is missing; two or more are compared.");
    const Image picture = centreOfLong(opaquePicture(given));
    const int width = picture.width(), height = picture.height();
    const Image resized = imaging::pilResize(
        picture,
        width <= height ? view.resizedSide : resizedLength(width, height, view.resizedSide),
        height <= width ? view.resizedSide : resizedLength(height, width, view.resizedSide),
        view.filter);
    return squareOf(resized, cropStart(resized.width(), view.side, view.rounding),
                    cropStart(resized.height(), view.side, view.rounding), view.side);
}

torch::Tensor standardized(const torch::Tensor& pixels, const PixelStatistics& statistics)
{
    const auto row = [&](const std::array<float, 3>& values) {
        return torch::tensor({ values[0], values[1], values[2] })
            .view({ 3, 1, 1 })
            .to(pixels.device());
    };
    return pixels.to(torch::kFloat32)
        .div_(255)
        .sub_(row(statistics.mean))
        .div_(row(statistics.spread));
}

} // namespace adtailor
