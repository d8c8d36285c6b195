// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/pixels.h"

namespace adtailor {

torch::Tensor toTensor(const Image& image)
{
    const auto bytes
        = torch::from_blob(const_cast<std::uint8_t*>(image.data()),
                           { image.height(), image.width(), image.channels() }, torch::kUInt8)
              .permute({ 2, 0, 1 });
    if (!image.hasAlpha())
        return bytes.contiguous().clone();
    const auto rgb = bytes.narrow(0, 0, 3).to(torch::kInt32);
    const auto alpha = bytes.narrow(0, 3, 1).to(torch::kInt32);
    // (c*a + 255*(255-a)) / 255, rounded to the nearest
    return ((rgb * alpha + 255 * (255 - alpha) + 127).floor_divide(255)).to(torch::kUInt8);
}

torch::Tensor resizeBicubic(const torch::Tensor& pixels, std::int64_t height, std::int64_t width)
{
    if (pixels.size(1) == height && pixels.size(2) == width)
        return pixels;
    return at::_upsample_bicubic2d_aa(pixels.unsqueeze(0), { height, width }, false).squeeze(0);
}

torch::Tensor normalizePixels(const torch::Tensor& pixels)
{
    return pixels.to(torch::kFloat32).div_(127.5).sub_(1.0);
}

torch::Tensor toBytes(const torch::Tensor& pixels)
{
    return pixels.to(torch::kFloat32).clamp(-1, 1).add(1).mul(127.5).round().to(torch::kUInt8);
}

Image toImage(const torch::Tensor& pixels)
{
    auto bytes = pixels.detach();
    if (bytes.scalar_type() != torch::kUInt8)
        bytes = toBytes(bytes);
    bytes = bytes.permute({ 1, 2, 0 }).contiguous().cpu();
    const auto* data = bytes.const_data_ptr<std::uint8_t>();
    return { static_cast<int>(bytes.size(1)), static_cast<int>(bytes.size(0)), 3,
             std::vector<std::uint8_t>(data, data + bytes.numel()) };
}

} // namespace adtailor
