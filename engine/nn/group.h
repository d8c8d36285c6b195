// group: children under a dotted path, so that names equal the published checkpoints'.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/nn/modules/normalization.h>

#include <memory>
#include <string>

namespace adtailor {

struct GroupImpl : torch::nn::Module // holds children, computes nothing
{
};

inline std::shared_ptr<GroupImpl> group(torch::nn::Module& parent, const std::string& name)
{
    return parent.register_module(name, std::make_shared<GroupImpl>());
}

inline torch::nn::LayerNorm layerNorm(std::int64_t width, double eps)
{
    return torch::nn::LayerNorm(torch::nn::LayerNormOptions({ width }).eps(eps));
}

} // namespace adtailor
