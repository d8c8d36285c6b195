// AdamW: decoupled weight decay (Loshchilov & Hutter 2019) over named parameters, with plain
// state tensors that a checkpoint can hold.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/training_task.h"

#include <functional>

namespace adtailor {

struct AdamWOptions
{
    double weightDecay = 0.01; // applied to matrices only, not to biases and norms
    double beta1 = 0.9, beta2 = 0.999, eps = 1e-8;
    std::function<double(const std::string&)> rate; // share of the learning rate; empty: 1 for all
};

class AdamW
{
public:
    AdamW(NamedTensors parameters, const AdamWOptions& options);

    void zeroGradients();
    // Euclidean norm of all gradients together; not finite when any gradient is not.
    double gradientNorm() const;
    void scaleGradients(double factor);
    void step(double learningRate);

    NamedTensors state() const; // "first.NAME", "second.NAME", "steps"
    void restore(const NamedTensors& state);

private:
    NamedTensors m_parameters;
    AdamWOptions m_options;
    std::map<std::string, torch::Tensor> m_first, m_second;
    torch::Tensor m_steps; // float32 scalar, the form the fused kernel wants
};

} // namespace adtailor
