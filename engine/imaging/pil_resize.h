// PIL's Image.resize, to the last bit: what the reference does to every picture it reads.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "imaging/resample.h"

#include <adtailor/image.h>

namespace adtailor::imaging {

// Filter: Bilinear or Bicubic. 8-bit fixed point with rounding after each pass. As in PIL, RGBA is
// premultiplied to 8 bit before and divided back after; RGB is taken as it is.
Image pilResize(const Image& image, int width, int height, Filter filter = Filter::Bicubic);

} // namespace adtailor::imaging
