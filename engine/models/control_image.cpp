// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/control_image.h"

#include "nn/pixels.h"

#include <ATen/ATen.h>

namespace adtailor {

std::int64_t controlSourceSide(const UniAdGenConfig& config)
{
    const bool isPublished
        = config.control->encoder.interpolation == PositionInterpolation::ScaleFactor;
    return isPublished ? datasetSide : config.imageSize;
}

torch::Tensor controlPixels(const torch::Tensor& products, const UniAdGenConfig& config)
{
    const auto pixels = normalizePixels(products);
    if (controlSourceSide(config) == config.imageSize)
        return pixels;
    // torchvision's Resize of a tensor: bilinear with antialiasing.
    return at::_upsample_bilinear2d_aa(pixels, { config.imageSize, config.imageSize }, false);
}

} // namespace adtailor
