// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/linear.h"

#include "kernels/bf16_rows.h"

#include <ATen/Parallel.h>

namespace adtailor {

namespace {

constexpr std::int64_t fewRows = 16; // up to here reading the weights takes longer than the sums
constexpr std::int64_t columnsAtOnce = 256; // in float32: 6 MB at most for 5632 inputs

const std::uint16_t* bf16Bits(const torch::Tensor& values)
{
    return values.defined() ? static_cast<const std::uint16_t*>(values.const_data_ptr()) : nullptr;
}

bool isSlowInLibrary(const torch::nn::LinearImpl& layer, const torch::Tensor& x)
{
    const bool recorded
        = at::GradMode::is_enabled() && (x.requires_grad() || layer.weight.requires_grad());
    return cpuKernels() != CpuKernels::Library && x.is_cpu() && !recorded
        && x.scalar_type() == torch::kBFloat16 && layer.weight.scalar_type() == torch::kBFloat16
        && layer.weight.is_contiguous() && Bf16Rows::suits(layer.weight.size(1));
}

// x [rows, inner] -> [rows, outer]
torch::Tensor fewRowsProduct(const torch::nn::LinearImpl& layer, const torch::Tensor& x)
{
    const torch::Tensor& weight = layer.weight;
    auto y = torch::empty({ x.size(0), weight.size(0) }, x.options());
    const Bf16Rows product({ .x = bf16Bits(x),
                             .weight = bf16Bits(weight),
                             .bias = bf16Bits(layer.bias),
                             .rows = x.size(0),
                             .inner = weight.size(1),
                             .outer = weight.size(0) },
                           cpuKernels());
    auto* bits = static_cast<std::uint16_t*>(y.mutable_data_ptr());
    at::parallel_for(0, weight.size(0), 64, [&](std::int64_t begin, std::int64_t end) {
        product.multiply(begin, end, bits);
    });
    return y;
}

torch::Tensor manyRowsProduct(const torch::nn::LinearImpl& layer, const torch::Tensor& x)
{
    const std::int64_t outer = layer.weight.size(0);
    const auto wide = x.to(torch::kFloat32);
    auto y = torch::empty({ x.size(0), outer }, x.options());
    for (std::int64_t start = 0; start < outer; start += columnsAtOnce) {
        const std::int64_t count = std::min(columnsAtOnce, outer - start);
        const auto part = layer.weight.narrow(0, start, count).to(torch::kFloat32);
        const auto bias = layer.bias.defined()
            ? layer.bias.narrow(0, start, count).to(torch::kFloat32)
            : torch::Tensor();
        y.narrow(1, start, count).copy_(at::linear(wide, part, bias));
    }
    return y;
}

} // namespace

torch::Tensor linearOf(torch::nn::LinearImpl& layer, const torch::Tensor& x)
{
    if (!isSlowInLibrary(layer, x))
        return layer.forward(x);
    const auto rows = x.reshape({ -1, x.size(-1) }).contiguous();
    const auto y
        = rows.size(0) <= fewRows ? fewRowsProduct(layer, rows) : manyRowsProduct(layer, rows);
    auto shape = x.sizes().vec();
    shape.back() = y.size(1);
    return y.view(shape);
}

} // namespace adtailor
