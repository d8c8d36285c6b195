// The optimiser follows torch.optim.AdamW step by step, and its state can be put away and taken up.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/fixture.h"
#include "training/adamw.h"

#include <ATen/ATen.h>

using namespace adtailor;

namespace {

constexpr double clip = 3.0; // as in make_adamw.py

NamedTensors initial(const Fixture& fixture)
{
    NamedTensors weights;
    for (const char* name : { "layer.weight", "layer.bias", "slow.weight" })
        weights[name] = fixture[std::string("initial.") + name].clone().requires_grad_();
    return weights;
}

AdamW optimizerOf(const NamedTensors& weights)
{
    const auto rate = [](const std::string& name) { return name.starts_with("slow") ? 0.1 : 1.0; };
    return AdamW(weights, { .weightDecay = 0.1, .beta2 = 0.95, .rate = rate });
}

} // namespace

class TestAdamW : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void followsTorch()
    {
        NamedTensors weights = initial(m_fixture);
        AdamW optimizer = optimizerOf(weights);
        for (std::int64_t step = 0; step < m_fixture["rates"].size(0); ++step)
            run(step, optimizer, weights);
        for (const auto& [name, weight] : weights)
            COMPARE_TENSORS(weight.detach(), m_fixture["final." + name]);
    }

    void continuesFromItsState()
    {
        NamedTensors weights = initial(m_fixture);
        AdamW first = optimizerOf(weights);
        for (std::int64_t step = 0; step < 3; ++step)
            run(step, first, weights);
        AdamW second = optimizerOf(weights);
        second.restore(first.state());
        for (std::int64_t step = 3; step < m_fixture["rates"].size(0); ++step)
            run(step, second, weights);
        for (const auto& [name, weight] : weights)
            COMPARE_TENSORS(weight.detach(), m_fixture["final." + name]);
    }

private:
    void run(std::int64_t step, AdamW& optimizer, NamedTensors& weights)
    {
        const auto prefix = "gradient." + std::to_string(step) + ".";
        for (auto& [name, weight] : weights)
            weight.mutable_grad() = m_fixture[prefix + name].clone();
        const double norm = optimizer.gradientNorm();
        COMPARE_TENSORS(torch::tensor(norm, torch::kFloat32), m_fixture["norms"][step]);
        if (norm > clip)
            optimizer.scaleGradients(clip / norm);
        optimizer.step(m_fixture["rates"][step].item<double>());
    }

    Fixture m_fixture{ "adamw" };
};

QTEST_APPLESS_MAIN(TestAdamW)
#include "tst_adamw.moc"
