// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/recompute.h"

#include "nn/autocast.h"
#include "nn/row_dropout.h"

#include <ATen/Context.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/custom_function.h>

namespace adtailor {

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

thread_local bool recomputing = false;

at::Generator generatorOf(const torch::Tensor& x)
{
    return at::globalContext().defaultGenerator(x.device());
}

torch::Tensor stateOf(at::Generator generator)
{
    const std::lock_guard lock(generator.mutex());
    return generator.get_state();
}

// While it lives, the default generator goes on from an earlier state.
class RandomReplay
{
public:
    RandomReplay(at::Generator generator, const torch::Tensor& state)
        : m_generator(std::move(generator))
        , m_now(stateOf(m_generator))
    {
        set(state);
    }
    RandomReplay(const RandomReplay&) = delete;
    RandomReplay& operator=(const RandomReplay&) = delete;
    ~RandomReplay() { set(m_now); }

private:
    void set(const torch::Tensor& state)
    {
        const std::lock_guard lock(m_generator.mutex());
        m_generator.set_state(state);
    }

    at::Generator m_generator;
    torch::Tensor m_now;
};

// Everything that the second run needs beside x.
struct Call : torch::CustomClassHolder
{
    LayerFunction layer;
    std::vector<torch::Tensor> weights;
    torch::Tensor random; // state of the generator before the first run
    std::optional<RowDraws> rows; // the same of dropout by rows
    AutocastState autocast;

    torch::Tensor run(const torch::Tensor& x) const
    {
        const AutocastGuard guard(autocast, false);
        return layer(x);
    }
};

struct Recompute : torch::autograd::Function<Recompute>
{
    static torch::Tensor forward(AutogradContext* context, const c10::intrusive_ptr<Call>& call,
                                 const torch::Tensor& x, at::TensorList /*weights*/)
    {
        context->saved_data["call"] = c10::IValue::make_capsule(call);
        context->save_for_backward({ x });
        const torch::NoGradGuard noGrad;
        return call->run(x);
    }

    static variable_list backward(AutogradContext* context, variable_list gradients)
    {
        const auto kept = context->saved_data["call"].toCapsule();
        const auto* call = static_cast<const Call*>(kept.get());
        variable_list inputs{ context->get_saved_variables().front().detach().set_requires_grad(
            true) };
        inputs.insert(inputs.end(), call->weights.begin(), call->weights.end());
        torch::Tensor y;
        {
            const RandomReplay replay(generatorOf(inputs.front()), call->random);
            const RowDrawsGuard rows(call->rows);
            const at::AutoGradMode withGradients(true);
            y = call->run(inputs.front());
        }
        auto result = torch::autograd::grad({ y }, inputs, gradients, std::nullopt, false, true);
        result.insert(result.begin(), torch::Tensor()); // of the call itself
        return result;
    }
};

} // namespace

RecomputeGuard::RecomputeGuard(bool on)
    : m_before(std::exchange(recomputing, on))
{
}

RecomputeGuard::~RecomputeGuard()
{
    recomputing = m_before;
}

bool RecomputeGuard::isOn()
{
    return recomputing && at::GradMode::is_enabled();
}

torch::Tensor recomputed(const LayerFunction& layer, const torch::Tensor& x,
                         const std::vector<torch::Tensor>& weights)
{
    auto call = c10::make_intrusive<Call>();
    call->layer = layer;
    call->random = stateOf(generatorOf(x));
    call->rows = RowDraws::current();
    call->autocast = AutocastState::current(x.device().type());
    for (const torch::Tensor& weight : weights) {
        if (weight.requires_grad())
            call->weights.push_back(weight);
    }
    return Recompute::apply(call, x, at::TensorList(call->weights));
}

} // namespace adtailor
