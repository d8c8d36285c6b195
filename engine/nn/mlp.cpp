// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/mlp.h"

#include "nn/attention.h"
#include "nn/linear.h"
#include "nn/lora.h"

#include <torch/nn/modules/activation.h>

namespace adtailor {

SwigluImpl::SwigluImpl(std::int64_t width, std::int64_t hidden)
    : gate_proj(register_module("gate_proj", plainLinear(width, hidden)))
    , up_proj(register_module("up_proj", plainLinear(width, hidden)))
    , down_proj(register_module("down_proj", plainLinear(hidden, width)))
{
}

torch::Tensor SwigluImpl::forward(const torch::Tensor& x)
{
    return forwardWithLora(
        down_proj, torch::silu(forwardWithLora(gate_proj, x)) * forwardWithLora(up_proj, x));
}

AlignerImpl::AlignerImpl(std::int64_t in, std::int64_t out)
    : layers(register_module("layers", torch::nn::ModuleList()))
{
    layers->push_back(torch::nn::Linear(in, out));
    layers->push_back(torch::nn::GELU());
    layers->push_back(torch::nn::Linear(out, out));
}

torch::Tensor AlignerImpl::forward(const torch::Tensor& x)
{
    const auto hidden = torch::gelu(linearOf(layers->at<torch::nn::LinearImpl>(0), x));
    return linearOf(layers->at<torch::nn::LinearImpl>(2), hidden);
}

ImageHeadImpl::ImageHeadImpl(std::int64_t width, std::int64_t codes)
    : output_mlp_projector(register_module("output_mlp_projector", torch::nn::Linear(width, width)))
    , vision_head(register_module("vision_head", torch::nn::Linear(width, codes)))
{
}

torch::Tensor ImageHeadImpl::forward(const torch::Tensor& x)
{
    return linearOf(*vision_head, torch::gelu(linearOf(*output_mlp_projector, x)));
}

ConditionMlpImpl::ConditionMlpImpl(std::int64_t in, std::int64_t out)
    : newfc1(register_module("newfc1", plainLinear(in, out)))
    , newfc2(register_module("newfc2", plainLinear(out, out)))
{
}

torch::Tensor ConditionMlpImpl::forward(const torch::Tensor& x)
{
    return newfc2(torch::gelu(newfc1(x), "tanh"));
}

torch::nn::ModuleList quickGeluMlp(std::int64_t width)
{
    torch::nn::ModuleList layers;
    layers->push_back(torch::nn::Linear(width, 4 * width));
    layers->push_back(torch::nn::Identity());
    layers->push_back(torch::nn::Linear(4 * width, width));
    return layers;
}

torch::Tensor runQuickGeluMlp(torch::nn::ModuleList& layers, const torch::Tensor& x)
{
    const auto hidden = layers->at<torch::nn::LinearImpl>(0).forward(x);
    return layers->at<torch::nn::LinearImpl>(2).forward(hidden * torch::sigmoid(1.702 * hidden));
}

} // namespace adtailor
