// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/rotary.h"

#include <numbers>

namespace adtailor {

namespace {

torch::Tensor stretched(const torch::Tensor& inverse, const RotaryScaling& s)
{
    if (s.factor == 1)
        return inverse;
    const auto turns = inverse * (s.originalPositions / (2 * std::numbers::pi));
    const auto kept
        = ((turns - s.lowFrequency) / (s.highFrequency - s.lowFrequency)).clamp(0.0, 1.0);
    return (1 - kept) * inverse / s.factor + kept * inverse;
}

} // namespace

RotaryTable RotaryTable::make(std::int64_t start, std::int64_t length, std::int64_t headDim,
                              double theta, const torch::Tensor& like, const RotaryScaling& scaling)
{
    const auto options = torch::TensorOptions().dtype(torch::kFloat32).device(like.device());
    const auto exponent = torch::arange(0, headDim, 2, options) / static_cast<double>(headDim);
    const auto inverse = stretched(1.0 / torch::pow(theta, exponent), scaling);
    const auto positions = torch::arange(start, start + length, options);
    const auto half = torch::outer(positions, inverse);
    const auto angles = torch::cat({ half, half }, 1);
    return { angles.cos().to(like.scalar_type()), angles.sin().to(like.scalar_type()) };
}

torch::Tensor RotaryTable::rotate(const torch::Tensor& x) const
{
    const auto halves = x.chunk(2, -1);
    return x * cos + torch::cat({ -halves[1], halves[0] }, -1) * sin;
}

} // namespace adtailor
