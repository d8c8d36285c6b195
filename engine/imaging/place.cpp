// SPDX-License-Identifier: GPL-3.0-or-later
#include "imaging/alpha_box.h"
#include "imaging/pil_resize.h"

#include <adtailor/imaging.h>

#include <algorithm>
#include <cmath>

namespace adtailor::imaging {

namespace {

Image transparentCanvas(int width, int height)
{
    return Image(width, height, 4,
                 std::vector<std::uint8_t>(static_cast<std::size_t>(width) * height * 4));
}

// `product` at (left, top) on an empty canvas, pixels overwritten and clipped.
Image paste(const Image& product, int left, int top, int width, int height)
{
    return cropRgba(product, -left, -top, width, height);
}

// Uni-AdGen public code, kept with its habits: the crop loses the last row and column because PIL's
// boxes end before their right and bottom, and int() truncates toward zero.
Image placeReference(const Image& cutout, double maxRatio)
{
    const int width = cutout.width();
    const int height = cutout.height();
    const AlphaBox box = alphaBox(cutout);
    const int boxWidth = box.right - box.left;
    const int boxHeight = box.bottom - box.top;
    if (boxWidth < 1 || boxHeight < 1)
        return transparentCanvas(width, height);

    const double centreX = (box.left + box.right) / 2.0;
    const double centreY = (box.top + box.bottom) / 2.0;
    const double ratioX = static_cast<double>(boxWidth) / width;
    const double ratioY = static_cast<double>(boxHeight) / height;
    int newWidth = boxWidth;
    int newHeight = boxHeight;
    if (ratioX > ratioY && ratioX > maxRatio) {
        newWidth = static_cast<int>(maxRatio * width);
        newHeight = static_cast<int>(boxHeight * maxRatio * width / boxWidth);
    } else if (ratioX <= ratioY && ratioY > maxRatio) {
        newWidth = static_cast<int>(maxRatio * height * boxWidth / boxHeight);
        newHeight = static_cast<int>(maxRatio * height);
    }
    newWidth = std::max(newWidth, 1);
    newHeight = std::max(newHeight, 1);
    const Image product = cropRgba(cutout, box.left, box.top, boxWidth, boxHeight);
    return paste(pilResize(product, newWidth, newHeight),
                 static_cast<int>(centreX - newWidth / 2.0),
                 static_cast<int>(centreY - newHeight / 2.0), width, height);
}

// Measures the product like the reference but takes every pixel that is not fully transparent
// along, so that soft edges and shadows survive.
Image placeExact(const Image& cutout, double maxRatio)
{
    const AlphaBox box = alphaBox(cutout);
    if (box.count == 0)
        return cutout;
    const double ratio = std::max(static_cast<double>(box.width()) / cutout.width(),
                                  static_cast<double>(box.height()) / cutout.height());
    if (ratio <= maxRatio)
        return cutout;

    const double scale = maxRatio / ratio;
    const AlphaBox soft = alphaBox(cutout, 0);
    const int newWidth = std::max(static_cast<int>(std::lround(soft.width() * scale)), 1);
    const int newHeight = std::max(static_cast<int>(std::lround(soft.height() * scale)), 1);
    const double centreX = box.left + box.width() / 2.0;
    const double centreY = box.top + box.height() / 2.0;
    const int left = static_cast<int>(std::lround(centreX - (centreX - soft.left) * scale));
    const int top = static_cast<int>(std::lround(centreY - (centreY - soft.top) * scale));
    const Image product = cropRgba(cutout, soft.left, soft.top, soft.width(), soft.height());
    return paste(resample(product, newWidth, newHeight, Filter::Bicubic), left, top, cutout.width(),
                 cutout.height());
}

} // namespace

Image place(const Image& cutout, double maxRatio, PlacementMode mode)
{
    if (cutout.isEmpty())
        return cutout;
    constexpr double smallestRatio = 0.01;
    const double ratio = std::isfinite(maxRatio) ? std::clamp(maxRatio, smallestRatio, 1.0) : 1.0;
    const Image rgba = toRgba(cutout);
    return mode == PlacementMode::Reference ? placeReference(rgba, ratio) : placeExact(rgba, ratio);
}

} // namespace adtailor::imaging
