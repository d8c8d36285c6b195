// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/adamw.h"

#include "core/failure.h"

namespace adtailor {

AdamW::AdamW(NamedTensors parameters, const AdamWOptions& options)
    : m_parameters(std::move(parameters))
    , m_options(options)
    , m_steps(torch::zeros({}, torch::kFloat32))
{
    for (const auto& [name, parameter] : m_parameters) {
        m_first[name] = torch::zeros_like(parameter);
        m_second[name] = torch::zeros_like(parameter);
    }
}

void AdamW::zeroGradients()
{
    for (auto& [name, parameter] : m_parameters)
        parameter.mutable_grad() = torch::Tensor();
}

double AdamW::gradientNorm() const
{
    double sum = 0;
    for (const auto& [name, parameter] : m_parameters) {
        if (parameter.grad().defined())
            sum += parameter.grad().to(torch::kFloat32).square().sum().item<double>();
    }
    return std::sqrt(sum);
}

void AdamW::scaleGradients(double factor)
{
    for (auto& [name, parameter] : m_parameters) {
        if (parameter.grad().defined())
            parameter.mutable_grad().mul_(factor);
    }
}

void AdamW::step(double learningRate)
{
    struct Group
    {
        std::vector<torch::Tensor> parameters, gradients, first, second, steps;
    };
    const torch::NoGradGuard noGrad;
    m_steps += 1;
    std::map<std::pair<bool, double>, Group> groups; // by whether decayed, and by rate
    for (auto& [name, parameter] : m_parameters) {
        if (!parameter.grad().defined())
            continue;
        auto& group = groups[{ parameter.dim() >= 2, m_options.rate ? m_options.rate(name) : 1.0 }];
        group.parameters.push_back(parameter);
        group.gradients.push_back(parameter.grad());
        group.first.push_back(m_first[name]);
        group.second.push_back(m_second[name]);
        group.steps.push_back(m_steps);
    }
    for (auto& [key, group] : groups) {
        const auto [decayed, rate] = key;
        at::_fused_adamw_(group.parameters, group.gradients, group.first, group.second, {},
                          group.steps, learningRate * rate, m_options.beta1, m_options.beta2,
                          decayed ? m_options.weightDecay : 0.0, m_options.eps, false, false);
    }
}

NamedTensors AdamW::state() const
{
    NamedTensors state{ { "steps", m_steps } };
    for (const auto& [name, tensor] : m_first)
        state["first." + name] = tensor;
    for (const auto& [name, tensor] : m_second)
        state["second." + name] = tensor;
    return state;
}

void AdamW::restore(const NamedTensors& state)
{
    const torch::NoGradGuard noGrad;
    const auto copy = [&](const std::string& name, torch::Tensor& target) {
        const auto found = state.find(name);
        if (found == state.end() || found->second.sizes() != target.sizes())
            throw Failure(ErrorCode::ModelMismatch,
                          "optimizer.safetensors: \"" + name
                              + "\" is missing or has another shape. Start the run anew.");
        target.copy_(found->second);
    };
    copy("steps", m_steps);
    for (auto& [name, tensor] : m_first)
        copy("first." + name, tensor);
    for (auto& [name, tensor] : m_second)
        copy("second." + name, tensor);
}

} // namespace adtailor
