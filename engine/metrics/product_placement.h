// placementOverlap: whether the product stands in an ad where its cutout was put.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/image.h>

namespace adtailor {

// IoU, [0, 1], of the cutout's mask and of the same mask where the cutout fits the ad best. ad:
// RGB; placed: RGBA; both square. See ProductFidelity::placement.
double placementOverlap(const Image& ad, const Image& placed);

} // namespace adtailor
