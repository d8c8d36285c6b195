// Shapes of the operators whose meta kernels LibTorch registers in Python only.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <ATen/ATen.h>
#include <ATen/ExpandUtils.h>
#include <torch/library.h>

#include <tuple>
#include <vector>

namespace {

using at::IntArrayRef;
using at::Tensor;
using Three = std::tuple<Tensor, Tensor, Tensor>;

Tensor indexSelect(const Tensor& self, std::int64_t dim, const Tensor& index)
{
    std::vector<std::int64_t> shape = self.sizes().vec();
    shape.at(static_cast<std::size_t>(dim)) = index.numel();
    return at::empty(shape, self.options());
}

Tensor whereSelf(const Tensor& condition, const Tensor& self, const Tensor& other)
{
    const auto shape
        = at::infer_size(condition.sizes(), at::infer_size(self.sizes(), other.sizes()));
    return at::empty(shape, condition.options().dtype(at::result_type(self, other)));
}

Tensor& whereSelfOut(const Tensor& condition, const Tensor& self, const Tensor& other, Tensor& out)
{
    out.resize_(whereSelf(condition, self, other).sizes());
    return out;
}

Tensor& logicalNotOut(const Tensor& self, Tensor& out)
{
    out.resize_(self.sizes());
    return out;
}

Tensor& logicalOut(const Tensor& self, const Tensor& other, Tensor& out)
{
    out.resize_(at::infer_size(self.sizes(), other.sizes()));
    return out;
}

Tensor convolution(const Tensor& input, const Tensor& weight, const std::optional<Tensor>&,
                   IntArrayRef stride, IntArrayRef padding, IntArrayRef dilation, bool transposed,
                   IntArrayRef, std::int64_t)
{
    TORCH_CHECK(!transposed, "no transposed convolution in this network");
    std::vector<std::int64_t> shape{ input.size(0), weight.size(0) };
    for (std::size_t i = 0; i < stride.size(); ++i) {
        const auto dim = static_cast<std::int64_t>(i) + 2;
        const std::int64_t reach = dilation[i] * (weight.size(dim) - 1) + 1;
        shape.push_back((input.size(dim) + 2 * padding[i] - reach) / stride[i] + 1);
    }
    return at::empty(shape, input.options());
}

Three layerNorm(const Tensor& input, IntArrayRef normalized, const std::optional<Tensor>&,
                const std::optional<Tensor>&, double)
{
    std::vector<std::int64_t> shape = input.sizes().vec();
    for (std::size_t i = 0; i < normalized.size(); ++i)
        shape.at(shape.size() - 1 - i) = 1;
    const Tensor statistics = at::empty(shape, input.options());
    return { at::empty_like(input), statistics, statistics };
}

Three groupNorm(const Tensor& input, const std::optional<Tensor>&, const std::optional<Tensor>&,
                std::int64_t batch, std::int64_t, std::int64_t, std::int64_t groups, double)
{
    const Tensor statistics = at::empty({ batch, groups }, input.options());
    return { at::empty_like(input), statistics, statistics };
}

TORCH_LIBRARY_IMPL(aten, Meta, library)
{
    library.impl("index_select", indexSelect);
    library.impl("logical_not.out", logicalNotOut);
    library.impl("logical_and.out", logicalOut);
    library.impl("logical_or.out", logicalOut);
    library.impl("where.self", whereSelf);
    library.impl("where.self_out", whereSelfOut);
    library.impl("convolution_overrideable", convolution);
    library.impl("native_layer_norm", layerNorm);
    library.impl("native_group_norm", groupNorm);
}

} // namespace
