// The one thing read from EXIF: which way up the picture is.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/image.h>

#include <cstddef>
#include <span>

namespace adtailor::imaging {

// tiff: the EXIF block from its byte-order mark on, optionally after "Exif\0\0". 1 (upright) when
// there is no valid orientation in it.
int exifOrientation(std::span<const std::byte> tiff);

// The picture turned upright; orientation 1 ... 8 as in EXIF 2.32, tag 0x0112.
Image oriented(const Image& image, int orientation);

} // namespace adtailor::imaging
