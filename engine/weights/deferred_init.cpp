// SPDX-License-Identifier: GPL-3.0-or-later
#include "weights/deferred_init.h"

#include <torch/library.h>

#include <vector>

namespace adtailor {

namespace {

// Sends the functions that make tensors to the meta device; all others follow their arguments.
void makeOnMeta(const c10::OperatorHandle& op, c10::DispatchKeySet keys,
                std::vector<c10::IValue>* stack)
{
    const auto& arguments = op.schema().arguments();
    const std::size_t first = stack->size() - arguments.size();
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        if (arguments[i].name() == "device")
            (*stack)[first + i] = c10::Device(c10::kMeta);
    }
    // The key exists for this purpose ("deferred module initialization").
    constexpr auto below
        = c10::DispatchKeySet(c10::DispatchKeySet::FULL_AFTER, c10::DispatchKey::DeferredInit);
    op.redispatchBoxed(keys & below, stack);
}

TORCH_LIBRARY_IMPL(_, DeferredInit, library)
{
    library.fallback(torch::CppFunction::makeFromBoxedFunction<&makeOnMeta>());
}

} // namespace

DeferredInit::DeferredInit()
    : m_guard(c10::DispatchKey::DeferredInit)
{
}

void materialize(const torch::Tensor& tensor, const torch::TensorOptions& options)
{
    shareMemory(tensor, torch::empty(tensor.sizes(), options));
}

void shareMemory(const torch::Tensor& tensor, const torch::Tensor& other)
{
    const torch::NoGradGuard noGrad;
    const torch::Tensor source = other.detach();
    // set_data refuses to change the kind of a tensor.
    tensor.unsafeGetTensorImpl()->shallow_copy_from(source.getIntrusivePtr());
}

} // namespace adtailor
