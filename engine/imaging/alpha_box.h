// Where the opaque part of a cutout lies.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/image.h>

#include <cstddef>

namespace adtailor::imaging {

// Alpha above this belongs to the product (Uni-AdGen public code, 0 ... 255 scale).
inline constexpr int productAlpha = 50;

struct AlphaBox // inclusive indices; count == 0: nothing found
{
    int left = 0, top = 0, right = -1, bottom = -1;
    std::size_t count = 0; // pixels above the threshold

    int width() const { return right - left + 1; }
    int height() const { return bottom - top + 1; }
};

// The box of all pixels with alpha > threshold. RGB counts as opaque.
AlphaBox alphaBox(const Image& image, int threshold = productAlpha);

Image toRgba(const Image& image);

// The part at (left, top) of the given size; outside the image it is transparent. RGBA in and out.
Image cropRgba(const Image& image, int left, int top, int width, int height);

} // namespace adtailor::imaging
