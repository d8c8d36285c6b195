// BatchNorm: batch normalisation of feature vectors, with the running statistics as its only state.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/nn/module.h>
#include <torch/nn/pimpl.h>
#include <torch/types.h>

namespace adtailor {

// x: [B, width] -> the same. Training: by the batch's statistics, which move the running ones by a
// tenth; evaluation: by the running ones. Unlike torch's own module it keeps no counter, which
// published checkpoints may lack.
struct BatchNormImpl : torch::nn::Module
{
    BatchNormImpl(std::int64_t width, bool affine)
        : running_mean(register_buffer("running_mean", torch::zeros({ width })))
        , running_var(register_buffer("running_var", torch::ones({ width })))
    {
        if (affine) {
            weight = register_parameter("weight", torch::ones({ width }));
            bias = register_parameter("bias", torch::zeros({ width }));
        }
    }

    torch::Tensor forward(const torch::Tensor& x)
    {
        return at::batch_norm(x, weight, bias, running_mean, running_var, is_training(), 0.1, 1e-5,
                              false);
    }

    torch::Tensor running_mean, running_var;
    torch::Tensor weight, bias; // undefined without affine
};
TORCH_MODULE(BatchNorm);

} // namespace adtailor
