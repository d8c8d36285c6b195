// Modules built without memory for their weights, which get it when the weights are read.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <c10/core/impl/LocalDispatchKeySet.h>
#include <torch/types.h>

namespace adtailor {

// While one lives, this thread makes every new tensor on the meta device, which knows shapes only:
// a module of any size is built at once, and its random initialisation costs nothing.
class DeferredInit
{
public:
    DeferredInit();

private:
    c10::impl::IncludeDispatchKeyGuard m_guard;
};

// Gives a meta tensor memory (not filled) in place, so that every handle to it sees it.
void materialize(const torch::Tensor& tensor, const torch::TensorOptions& options);

// Lets `tensor` share the memory of `other`, of the same shape, in place.
void shareMemory(const torch::Tensor& tensor, const torch::Tensor& other);

} // namespace adtailor
