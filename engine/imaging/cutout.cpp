// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/failure.h"
#include "imaging/alpha_box.h"
#include "imaging/resample.h"
#include "imaging/white_matte.h"

#include <adtailor/imaging.h>

#include <algorithm>
#include <cmath>

namespace adtailor::imaging {

namespace {

bool isOpaque(const Image& image)
{
    if (!image.hasAlpha())
        return true;
    for (std::size_t i = 3; i < image.byteCount(); i += 4) {
        if (image.data()[i] != 255)
            return false;
    }
    return true;
}

void measure(Cutout& cutout)
{
    const Image& image = cutout.image;
    const AlphaBox box = alphaBox(image);
    if (box.count == 0)
        throw Failure(ErrorCode::InvalidInput,
                      "The product picture is fully transparent: nothing of a product can be seen. "
                      "Choose the cutout itself.");
    cutout.box = { box.left, box.top, box.width(), box.height() };
    cutout.coverage
        = static_cast<double>(box.count) / (static_cast<double>(image.width()) * image.height());
    cutout.touchesEdge = box.left == 0 || box.top == 0 || box.right == image.width() - 1
        || box.bottom == image.height() - 1;
}

Cutout cutOut(const Image& image)
{
    if (image.isEmpty())
        throw Failure(ErrorCode::InvalidInput, "There is no product picture. Choose a PNG cutout.");
    Cutout cutout;
    cutout.wasOpaque = isOpaque(image);
    cutout.image = toRgba(image);
    if (cutout.wasOpaque) {
        if (const std::optional<Image> matte = removeWhiteBackground(image)) {
            cutout.image = *matte;
            cutout.mattedFromBackground = true;
        }
    }
    measure(cutout);
    return cutout;
}

} // namespace

Result<Cutout> extractCutout(const Image& image)
{
    return guarded([&] { return cutOut(image); });
}

Image trimToSquare(const Cutout& cutout, double margin)
{
    // A thin strip of the largest side would make a square of 268 megapixels.
    constexpr int largestSquare = 8000;
    const auto& [x, y, width, height] = cutout.box;
    if (cutout.image.isEmpty() || width < 1 || height < 1)
        return cutout.image;
    margin = std::isfinite(margin) ? std::clamp(margin, 0.0, 1.0) : 0.0;
    const int longer = std::max(width, height);
    const int side = longer + 2 * static_cast<int>(std::lround(longer * margin));
    const int left = x - (side - width) / 2;
    const int top = y - (side - height) / 2;
    const Image image = toRgba(cutout.image);
    if (side <= largestSquare)
        return cropRgba(image, left, top, side, side);

    const double scale = static_cast<double>(largestSquare) / side;
    const Image product = cropRgba(image, x, y, width, height);
    const int newWidth = std::max(static_cast<int>(std::lround(width * scale)), 1);
    const int newHeight = std::max(static_cast<int>(std::lround(height * scale)), 1);
    return cropRgba(resample(product, newWidth, newHeight, Filter::Area),
                    (newWidth - largestSquare) / 2, (newHeight - largestSquare) / 2, largestSquare,
                    largestSquare);
}

} // namespace adtailor::imaging
