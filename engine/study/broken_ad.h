// brokenPicture: an ad that nobody who looks would choose.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/image.h>

#include <cstdint>

namespace adtailor {

// The picture cut into 6 x 6 tiles that are dealt out again: the product is in pieces, colours and
// size stay.
Image brokenPicture(const Image& picture, std::uint64_t seed);

} // namespace adtailor
