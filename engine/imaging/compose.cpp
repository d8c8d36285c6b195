// SPDX-License-Identifier: GPL-3.0-or-later
#include "imaging/alpha_box.h"
#include "imaging/blend.h"
#include "imaging/resample.h"

#include <adtailor/imaging.h>

#include <algorithm>
#include <cmath>

namespace adtailor::imaging {

namespace {

// over: RGBA, under: RGB, same size.
Image layOver(const Image& over, const Image& under)
{
    std::vector<std::uint8_t> pixels(under.data(), under.data() + under.byteCount());
    const std::uint8_t* source = over.data();
    for (std::size_t i = 0; i < pixels.size(); i += 3, source += 4) {
        for (std::size_t c = 0; c < 3; ++c)
            pixels[i + c] = blend(source[c], pixels[i + c], source[3]);
    }
    return Image(under.width(), under.height(), 3, std::move(pixels));
}

Filter filterFor(const Image& image, int width, int height)
{
    const bool shrinks = width <= image.width() && height <= image.height();
    return shrinks ? Filter::Area : Filter::Bicubic;
}

} // namespace

Image onWhite(const Image& cutout)
{
    if (cutout.isEmpty() || !cutout.hasAlpha())
        return cutout;
    const std::size_t bytes = cutout.byteCount() / 4 * 3;
    return layOver(
        cutout, Image(cutout.width(), cutout.height(), 3, std::vector<std::uint8_t>(bytes, 255)));
}

Image resize(const Image& image, int width, int height)
{
    width = std::clamp(width, 1, maximumSide);
    height = std::clamp(height, 1, maximumSide);
    return resample(image, width, height, filterFor(image, width, height));
}

Image thumbnail(const Image& image, int side)
{
    const int longest = std::max(image.width(), image.height());
    if (image.isEmpty() || longest <= side)
        return image;
    const double scale = std::max(side, 1) / static_cast<double>(longest);
    const int width = std::max(static_cast<int>(std::lround(image.width() * scale)), 1);
    const int height = std::max(static_cast<int>(std::lround(image.height() * scale)), 1);
    return resample(image, width, height, Filter::Area);
}

Image compose(const Image& background, const Image& placed, int size)
{
    if (background.isEmpty())
        return {};
    const Image under = onWhite(resize(background, size, size));
    return placed.isEmpty() ? under : layOver(resize(toRgba(placed), size, size), under);
}

} // namespace adtailor::imaging
