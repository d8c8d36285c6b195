// JPEG files as Pillow writes them: 4:2:0, the standard tables scaled by the quality.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/error.h>
#include <adtailor/image.h>

#include <cstddef>
#include <vector>

namespace adtailor::imaging {

// quality: 1 to 100. Transparent pixels become white.
Result<std::vector<std::byte>> encodeJpeg(const Image& image, int quality = 75);

// What is left of a picture after it was saved so and read again: a step of the public PBS tool.
Result<Image> jpegRoundTrip(const Image& image, int quality = 75);

} // namespace adtailor::imaging
