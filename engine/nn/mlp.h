// The feed-forward parts of the network, with the names that checkpoints use.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/nn/modules/container/modulelist.h>
#include <torch/nn/modules/linear.h>
#include <torch/nn/pimpl.h>

namespace adtailor {

// LLaMA: down(silu(gate(x)) * up(x)). x: [..., D] -> [..., D]
struct SwigluImpl : torch::nn::Module
{
    SwigluImpl(std::int64_t width, std::int64_t hidden);
    torch::Tensor forward(const torch::Tensor& x);

    torch::nn::Linear gate_proj{ nullptr }, up_proj{ nullptr }, down_proj{ nullptr };
};
TORCH_MODULE(Swiglu);

// gen_aligner: Linear, GELU (erf), Linear, named layers.0 and layers.2. [..., in] -> [..., out]
struct AlignerImpl : torch::nn::Module
{
    AlignerImpl(std::int64_t in, std::int64_t out);
    torch::Tensor forward(const torch::Tensor& x);

    torch::nn::ModuleList layers;
};
TORCH_MODULE(Aligner);

// gen_head: Linear, GELU (erf), Linear. hidden [..., D] -> image-token logits [..., codes]
struct ImageHeadImpl : torch::nn::Module
{
    ImageHeadImpl(std::int64_t width, std::int64_t codes);
    torch::Tensor forward(const torch::Tensor& x);

    torch::nn::Linear output_mlp_projector{ nullptr }, vision_head{ nullptr };
};
TORCH_MODULE(ImageHead);

// Control branch: bias-free Linear, GELU (tanh), bias-free Linear. Zero stays zero.
struct ConditionMlpImpl : torch::nn::Module
{
    ConditionMlpImpl(std::int64_t in, std::int64_t out);
    torch::Tensor forward(const torch::Tensor& x);

    torch::nn::Linear newfc1{ nullptr }, newfc2{ nullptr };
};
TORCH_MODULE(ConditionMlp);

// Linear D -> 4D, quick-GELU x*sigmoid(1.702x), Linear 4D -> D, named 0 and 2 of a list.
torch::nn::ModuleList quickGeluMlp(std::int64_t width);
torch::Tensor runQuickGeluMlp(torch::nn::ModuleList& layers, const torch::Tensor& x);

} // namespace adtailor
