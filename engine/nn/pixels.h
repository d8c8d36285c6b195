// Pixels: the one place where 8-bit images become tensors and tensors become images.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/image.h>

#include <torch/types.h>

namespace adtailor {

// Every picture of PAd1M is brought to this size first.
inline constexpr std::int64_t datasetSide = 512;

// uint8 [3, H, W]; an RGBA image is laid on white.
torch::Tensor toTensor(const Image& image);

// uint8 [3, H, W] -> uint8 [3, height, width]: bicubic (a = -0.5) with antialiasing, as PIL.
torch::Tensor resizeBicubic(const torch::Tensor& pixels, std::int64_t height, std::int64_t width);

// uint8 [..., 3, H, W] -> float32 in [-1, 1].
torch::Tensor normalizePixels(const torch::Tensor& pixels);

// float [..., 3, H, W] in [-1, 1] (clamped) -> uint8, rounded to the nearest.
torch::Tensor toBytes(const torch::Tensor& pixels);

// float [3, H, W] in [-1, 1] (clamped) or uint8 -> RGB image.
Image toImage(const torch::Tensor& pixels);

} // namespace adtailor
