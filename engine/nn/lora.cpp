// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/lora.h"

#include "nn/linear.h"
#include "nn/row_dropout.h"

#include <utility>

namespace adtailor {

namespace {

thread_local bool leavesOutTrained = false;

} // namespace

WithoutTrainedPaths::WithoutTrainedPaths()
    : m_before(std::exchange(leavesOutTrained, true))
{
}

WithoutTrainedPaths::~WithoutTrainedPaths()
{
    leavesOutTrained = m_before;
}

LoraPathImpl::LoraPathImpl(torch::Tensor down, torch::Tensor up, double scale_, double dropout_)
    : lora_A(register_parameter("lora_A", std::move(down)))
    , lora_B(register_parameter("lora_B", std::move(up)))
    , scale(scale_)
    , dropout(dropout_)
{
}

torch::Tensor LoraPathImpl::forward(const torch::Tensor& x)
{
    const auto kept = dropout > 0 && is_training() ? rowDropout(x, dropout) : x;
    return torch::matmul(torch::matmul(kept, lora_A.t()), lora_B.t()) * scale;
}

torch::Tensor LoraPathImpl::weight() const
{
    return torch::matmul(lora_B.to(torch::kFloat32), lora_A.to(torch::kFloat32)) * scale;
}

torch::Tensor forwardWithLora(torch::nn::Linear& layer, const torch::Tensor& x)
{
    auto y = linearOf(*layer, x);
    for (const auto& child : layer->children()) {
        const auto path = std::dynamic_pointer_cast<LoraPathImpl>(child);
        if (path && !(leavesOutTrained && path->lora_A.requires_grad()))
            y = y + path->forward(x);
    }
    return y;
}

void addLoraPath(torch::nn::LinearImpl& layer, const std::string& name, const LoraPath& path)
{
    layer.register_module(name, path);
}

void mergeLoraPath(torch::nn::LinearImpl& layer, const LoraPath& path)
{
    const torch::NoGradGuard noGrad;
    layer.weight.copy_(layer.weight.to(torch::kFloat32) + path->weight());
}

} // namespace adtailor
