// pictureView: what a vision model sees of a picture: the shorter side resized as Pillow does it,
// the square centre cut out.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "imaging/pil_resize.h"

#include <adtailor/image.h>

#include <torch/types.h>

#include <array>

namespace adtailor {

// What becomes of half a pixel where the centre is cut out.
enum class CropRounding {
    HalfToEven, // torchvision's CenterCrop
    Down, // transformers' image processors
};

struct PictureView
{
    int resizedSide = 224, side = 224; // of the shorter side; of the square
    imaging::Filter filter = imaging::Filter::Bicubic;
    CropRounding rounding = CropRounding::HalfToEven;
};

// RGB of side x side pixels; RGBA is laid on white first. InvalidInput when there is no picture.
Image pictureView(const Image& picture, const PictureView& view);

struct PixelStatistics
{
    std::array<float, 3> mean, spread; // of the values 0 to 1
};
inline constexpr PixelStatistics imageNetPixels{ { 0.485F, 0.456F, 0.406F },
                                                 { 0.229F, 0.224F, 0.225F } };
inline constexpr PixelStatistics clipPixels{ { 0.48145466F, 0.4578275F, 0.40821073F },
                                             { 0.26862954F, 0.26130258F, 0.27577711F } };

// uint8 [..., 3, H, W] -> float32 of mean 0 and spread 1.
torch::Tensor standardized(const torch::Tensor& pixels, const PixelStatistics& statistics);

} // namespace adtailor
