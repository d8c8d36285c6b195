// RmsNorm: root-mean-square normalisation with float32 statistics (LLaMA).
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/nn/module.h>
#include <torch/nn/pimpl.h>
#include <torch/types.h>

namespace adtailor {

// x: [..., width] -> the same; x * rsqrt(mean(x^2) + eps), cast back, times weight
struct RmsNormImpl : torch::nn::Module
{
    RmsNormImpl(std::int64_t width, double eps_)
        : weight(register_parameter("weight", torch::ones({ width })))
        , eps(eps_)
    {
    }
    torch::Tensor forward(const torch::Tensor& x) const
    {
        const auto wide = x.to(torch::kFloat32);
        const auto scale = (wide.square().mean(-1, true) + eps).rsqrt();
        return weight * (wide * scale).to(x.scalar_type());
    }

    torch::Tensor weight;
    double eps;
};
TORCH_MODULE(RmsNorm);

} // namespace adtailor
