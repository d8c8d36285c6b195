// SPDX-License-Identifier: GPL-3.0-or-later
#include "product_file.h"

#include "core/failure.h"

#include <adtailor/imaging.h>

#include <algorithm>
#include <cmath>
#include <cstring>

namespace adtailor::cli {

namespace {

void warnAbout(const imaging::Cutout& cutout, const std::string& name, Console& console)
{
    if (cutout.mattedFromBackground)
        console.warn(name + " has no transparency; its plain white background was removed.");
    else if (cutout.wasOpaque)
        console.warn(name
                     + " has no transparency, so the whole rectangle counts as the product; "
                       "a PNG with a transparent background gives a better ad.");
    if (cutout.touchesEdge && !cutout.wasOpaque)
        console.warn(name
                     + " touches the edge of its canvas; a part of the product may be missing.");
}

// The square image moved down by `rows` (up when negative); what leaves the canvas is lost.
Image movedDown(const Image& image, int rows)
{
    const int height = image.height();
    const std::size_t stride = static_cast<std::size_t>(image.width()) * image.channels();
    std::vector<std::uint8_t> pixels(stride * height, 0);
    for (int y = std::max(0, rows); y < std::min(height, height + rows); ++y)
        std::memcpy(pixels.data() + y * stride, image.row(y - rows), stride);
    return Image(image.width(), height, image.channels(), std::move(pixels));
}

Image onFrame(const imaging::Cutout& cutout, const ProductPlacement& placement)
{
    const double margin = (1 / placement.maxRatio - 1) / 2;
    const Image centred = imaging::trimToSquare(cutout, margin);
    const auto box = valueOrThrow(imaging::extractCutout(centred)).box;
    const int foot = box[1] + box[3];
    const int wanted = static_cast<int>(std::lround(placement.ground * centred.height()));
    return movedDown(centred, std::max(wanted - foot, -box[1]));
}

// A transparent border that makes the canvas square, so that nothing is stretched.
Image squared(const Image& image)
{
    if (image.width() == image.height())
        return image;
    const int side = std::max(image.width(), image.height());
    const int left = (side - image.width()) / 2;
    const int top = (side - image.height()) / 2;
    std::vector<std::uint8_t> pixels(static_cast<std::size_t>(side) * side * 4, 0);
    for (int y = 0; y < image.height(); ++y)
        std::memcpy(pixels.data() + (static_cast<std::size_t>(top + y) * side + left) * 4,
                    image.row(y), static_cast<std::size_t>(image.width()) * 4);
    return Image(side, side, 4, std::move(pixels));
}

} // namespace

Image readProduct(const std::filesystem::path& file, const ProductPlacement& placement,
                  Console* console)
{
    if (!(placement.maxRatio >= 0.1 && placement.maxRatio <= 1))
        throw Failure(ErrorCode::InvalidInput, "--max-ratio must lie between 0.1 and 1.");
    if (!(placement.ground >= 0.1 && placement.ground <= 1))
        throw Failure(ErrorCode::InvalidInput, "--ground must lie between 0.1 and 1.");
    const Image picture = valueOrThrow(imaging::load(file));
    const auto extracted = imaging::extractCutout(picture);
    if (!extracted) // it knows the picture only, not its file
        throw Failure(extracted.error().code, file.string() + ": " + extracted.error().detail);
    if (console != nullptr)
        warnAbout(*extracted, file.filename().string(), *console);
    if (placement.asPlaced)
        return imaging::place(squared(extracted->image), placement.maxRatio);
    return onFrame(*extracted, placement);
}

} // namespace adtailor::cli
