// Low-rank side paths of linear layers (LoRA, Hu et al. 2021), in PEFT's form.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/nn/modules/linear.h>
#include <torch/nn/pimpl.h>

#include <string>

namespace adtailor {

// scale * B(A(dropout(x))), dropout while training only. x [..., in] -> [..., out]
struct LoraPathImpl : torch::nn::Module
{
    LoraPathImpl(torch::Tensor down, torch::Tensor up, double scale, double dropout = 0);
    torch::Tensor forward(const torch::Tensor& x);
    // What the path adds to the layer's weight: scale * B A, float32 [out, in].
    torch::Tensor weight() const;

    torch::Tensor lora_A, lora_B; // [r, in], [out, r]
    double scale, dropout;
};
TORCH_MODULE(LoraPath);

// While one lives, layers of this thread leave out the paths that are trained: the frozen model
// that a run began with.
class WithoutTrainedPaths
{
public:
    WithoutTrainedPaths();
    WithoutTrainedPaths(const WithoutTrainedPaths&) = delete;
    WithoutTrainedPaths& operator=(const WithoutTrainedPaths&) = delete;
    ~WithoutTrainedPaths();

private:
    bool m_before;
};

// The layer's own result plus that of every path added to it.
torch::Tensor forwardWithLora(torch::nn::Linear& layer, const torch::Tensor& x);
// Paths are children of the layer, so that they move, convert and train with it. name: unique
// there.
void addLoraPath(torch::nn::LinearImpl& layer, const std::string& name, const LoraPath& path);
// Adds the path to the weight for good; computed in float32.
void mergeLoraPath(torch::nn::LinearImpl& layer, const LoraPath& path);

} // namespace adtailor
