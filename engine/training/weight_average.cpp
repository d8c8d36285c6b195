// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/weight_average.h"

namespace adtailor {

namespace {

const std::string averagePrefix = "average.";

} // namespace

WeightAverage::WeightAverage(NamedTensors weights, double decay)
    : m_weights(std::move(weights))
    , m_decay(decay)
{
    if (m_decay <= 0)
        return;
    for (const auto& [name, tensor] : m_weights)
        m_average[name] = tensor.detach().clone();
}

void WeightAverage::update(std::int64_t step)
{
    const torch::NoGradGuard noGrad;
    const auto n = static_cast<double>(step);
    const double decay = std::min(m_decay, (1 + n) / (10 + n));
    for (auto& [name, average] : m_average)
        average.lerp_(m_weights.at(name), 1 - decay);
}

void WeightAverage::swap()
{
    const torch::NoGradGuard noGrad;
    for (auto& [name, average] : m_average) {
        const auto kept = m_weights.at(name).clone();
        m_weights.at(name).copy_(average);
        average.copy_(kept);
    }
}

NamedTensors WeightAverage::state() const
{
    NamedTensors state;
    for (const auto& [name, average] : m_average)
        state[averagePrefix + name] = average;
    return state;
}

void WeightAverage::restore(const NamedTensors& state)
{
    const torch::NoGradGuard noGrad;
    for (auto& [name, average] : m_average) {
        // Switched on in the middle of a run: it begins with the weights as they are then.
        const auto found = state.find(averagePrefix + name);
        average.copy_(found == state.end() ? m_weights.at(name) : found->second);
    }
}

} // namespace adtailor
