// Separable resampling: the weights of one axis, and a float resampler that blends premultiplied.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/image.h>

#include <vector>

namespace adtailor::imaging {

enum class Filter {
    Area, // share of each source pixel that the target pixel covers
    Bilinear, // triangle, as PIL
    Bicubic, // Keys with a = -0.5, as PIL
};

// The source pixels start ... start+weights.size()-1 of one target pixel; weights add up to 1.
struct Window
{
    int start = 0;
    std::vector<double> weights;
};

// One window per target pixel. When shrinking, the filter is widened (PIL: antialias).
std::vector<Window> windows(int from, int to, Filter filter);

// Float arithmetic, colours weighted by alpha: no dark fringes, one rounding at the end. The same
// size answers the image itself.
Image resample(const Image& image, int width, int height, Filter filter);

} // namespace adtailor::imaging
