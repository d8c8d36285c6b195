// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/control_branch.h"

#include "nn/group.h"

namespace adtailor {

ControlBranchImpl::ControlBranchImpl(const ControlConfig& config, std::int64_t hiddenSize,
                                     std::int64_t decoderLayers, std::int64_t gridSide)
    : interval(config.interval)
    , shift(config.shift)
    , m_inputSide(gridSide * config.encoder.patch)
{
    m_encoder = group(*this, "adapter")->register_module("model", Dinov2(config.encoder));
    m_adapterMlp
        = register_module("adapter_mlp", ConditionMlp(config.encoder.hiddenSize, hiddenSize));
    m_condition = group(*this, "condition_mlp")
                      ->register_module("cap_proj", ConditionMlp(hiddenSize, hiddenSize));
    m_layers = register_module("condition_layers", torch::nn::ModuleList());
    for (std::int64_t layer = 0; layer < decoderLayers; layer += interval)
        m_layers->push_back(ConditionMlp(hiddenSize, hiddenSize));
}

std::vector<torch::Tensor> ControlBranchImpl::forward(const torch::Tensor& pixels,
                                                      const torch::Tensor& keep)
{
    // Nearest, as the public code has it (its adapter keeps the condition type "canny").
    const auto input = pixels.size(2) == m_inputSide
        ? pixels
        : at::upsample_nearest2d(pixels, { m_inputSide, m_inputSide });
    auto features = m_adapterMlp(m_encoder(input));
    if (keep.defined())
        features = features * keep.view({ -1, 1, 1 });
    const auto condition = m_condition(features);
    std::vector<torch::Tensor> maps;
    for (std::size_t i = 0; i < m_layers->size(); ++i)
        maps.push_back(m_layers->at<ConditionMlpImpl>(i).forward(condition));
    return maps;
}

} // namespace adtailor
