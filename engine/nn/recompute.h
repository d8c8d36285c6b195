// Gradient checkpointing (Chen et al. 2016): a layer keeps only its input and computes all else
// once more when gradients are due. A third more time for a fraction of the memory.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/types.h>

#include <functional>
#include <vector>

namespace adtailor {

// While one lives with `on`, decoder layers of this thread recompute.
class RecomputeGuard
{
public:
    explicit RecomputeGuard(bool on);
    RecomputeGuard(const RecomputeGuard&) = delete;
    RecomputeGuard& operator=(const RecomputeGuard&) = delete;
    ~RecomputeGuard();

    static bool isOn(); // and gradients are wanted at all

private:
    bool m_before;
};

using LayerFunction = std::function<torch::Tensor(const torch::Tensor&)>;

// layer(x), keeping x alone. weights: what `layer` reads and may have to have a gradient. The
// second time it draws the same random numbers (dropout) and runs under the same autocast.
torch::Tensor recomputed(const LayerFunction& layer, const torch::Tensor& x,
                         const std::vector<torch::Tensor>& weights);

} // namespace adtailor
