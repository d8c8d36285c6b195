// ControlBranch: foreground perception, from the product cutout to additive maps in the decoder.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/dinov2.h"
#include "nn/mlp.h"

namespace adtailor {

// Its keys stand beside the decoder's in a checkpoint: language_model.model.adapter...
struct ControlBranchImpl : torch::nn::Module
{
    ControlBranchImpl(const ControlConfig& config, std::int64_t hiddenSize,
                      std::int64_t decoderLayers, std::int64_t gridSide);
    // pixels [B, 3, S, S] in [-1, 1], the product on white. -> one map [B, side*side, hiddenSize]
    // for every interval-th decoder layer. keep [B] of 0 and 1: a dropped sample gets zero maps
    // (training only; undefined keeps all).
    std::vector<torch::Tensor> forward(const torch::Tensor& pixels, const torch::Tensor& keep = {});

    std::int64_t interval;
    std::int64_t shift; // map entry k meets image position k - shift; -1 is the last prompt one

private:
    std::int64_t m_inputSide; // pixels the encoder reads: side * patch
    Dinov2 m_encoder{ nullptr };
    ConditionMlp m_adapterMlp{ nullptr }, m_condition{ nullptr };
    torch::nn::ModuleList m_layers;
};
TORCH_MODULE(ControlBranch);

} // namespace adtailor
