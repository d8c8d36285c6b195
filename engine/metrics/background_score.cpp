// SPDX-License-Identifier: GPL-3.0-or-later
#include <adtailor/background_similarity.h>

#include <algorithm>
#include <cmath>

namespace adtailor {

double backgroundScore(const BackgroundFeature& left, const BackgroundFeature& right)
{
    double product = 0, leftSquare = 0, rightSquare = 0;
    for (std::size_t i = 0; i < std::min(left.size(), right.size()); ++i) {
        product += double(left[i]) * right[i];
        leftSquare += double(left[i]) * left[i];
        rightSquare += double(right[i]) * right[i];
    }
    const double lengths = std::sqrt(leftSquare) * std::sqrt(rightSquare);
    return lengths > 0 ? std::clamp(product / lengths, -1.0, 1.0) : 0;
}

} // namespace adtailor
