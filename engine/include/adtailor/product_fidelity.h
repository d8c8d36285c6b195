// Product fidelity: whether an ad shows the product as the seller's cutout does, and where it was
// put.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/image.h>

namespace adtailor {

struct ProductFidelity
{
    double deltaE = 0; // mean CIEDE2000 over the product's opaque pixels; 0 = the same colours
    double similarity = 0; // mean SSIM of luma over the product, [-1, 1]; 1 = the same picture
    double placement = 0; // IoU of where the cutout fits the ad best and where it was put, [0, 1]
};

// ad: RGB or RGBA. placed: the cutout on the ad's frame, RGBA, of the ad's size. Colours are sRGB
// (D65, 2 degrees). SSIM as Wang et al. 2004 (Gaussian, sigma 1.5, K 0.01 and 0.03) between the ad
// and the ad with the cutout laid over it, so that the edge is not judged by another background.
// Placement: both at 64 px, the cutout at scales 0.5 ... 1.6 wherever it fits into the frame, by
// the zero-mean normalised correlation of colours inside its mask plus that of edges around it too.
// Throws Failure(InvalidInput) when the sizes differ or the cutout has no opaque pixel.
ProductFidelity productFidelity(const Image& ad, const Image& placed);

} // namespace adtailor
