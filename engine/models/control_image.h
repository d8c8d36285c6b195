// The product as the control branch sees it. The published checkpoints saw it shrunk twice (to the
// data set's 512 px, then to the model's size); ours see it shrunk once.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/config.h"

#include <torch/types.h>

namespace adtailor {

// Pixels to bring the product to first: bicubic, 8 bit, on white. config.control must be there.
// The encoder's interpolation says which kind of checkpoint a bundle holds.
std::int64_t controlSourceSide(const UniAdGenConfig& config);

// uint8 [B, 3, s, s] with s = controlSourceSide -> float [B, 3, S, S] in [-1, 1], S = image size.
torch::Tensor controlPixels(const torch::Tensor& products, const UniAdGenConfig& config);

} // namespace adtailor
