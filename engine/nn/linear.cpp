// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/linear.h"

#include "kernels/few_rows.h"
#include "nn/quantized_weight.h"

#include <ATen/Parallel.h>

namespace adtailor {

namespace {

constexpr std::int64_t fewRows = 16; // up to here reading the weights takes longer than the sums
constexpr std::int64_t columnsAtOnce = 256; // in float32: 6 MB at most for 5632 inputs
constexpr std::int64_t weightsPerTask = 65536; // less is not worth another thread

template<typename Value> const Value* bits(const torch::Tensor& values)
{
    return values.defined() ? static_cast<const Value*>(values.const_data_ptr()) : nullptr;
}

bool isRecorded(const torch::nn::LinearImpl& layer, const torch::Tensor& x)
{
    return at::GradMode::is_enabled() && (x.requires_grad() || layer.weight.requires_grad());
}

bool libraryIsSlow(torch::ScalarType type)
{
    return type == torch::kBFloat16
        && (cpuKernels() == CpuKernels::Avx2 || cpuKernels() == CpuKernels::Portable);
}

bool ownFewRows(const torch::nn::LinearImpl& layer, const torch::Tensor& rows)
{
    const bool own = layer.weight.scalar_type() == torch::kBFloat16
        ? cpuKernels() != CpuKernels::Library
        : layer.weight.scalar_type() == torch::kFloat32
            && (cpuKernels() == CpuKernels::Avx2 || cpuKernels() == CpuKernels::Avx512);
    return own && rows.size(0) <= fewRows && FewRows<float>::suits(rows.size(1));
}

template<typename Product, typename Value>
void run(const Product& product, std::int64_t inner, torch::Tensor& y, Value* values)
{
    const std::int64_t grain = std::max<std::int64_t>(16, weightsPerTask / inner);
    at::parallel_for(0, y.size(1), grain, [&](std::int64_t begin, std::int64_t end) {
        product.multiply(begin, end, values);
    });
}

// x [rows, inner] -> [rows, outer]
template<typename Value>
torch::Tensor fewRowsProduct(const torch::nn::LinearImpl& layer, const PackedWeightImpl* packed,
                             const torch::Tensor& x)
{
    auto y = torch::empty({ x.size(0), layer.weight.size(0) }, x.options());
    auto* values = static_cast<Value*>(y.mutable_data_ptr());
    const std::int64_t inner = x.size(1);
    if (packed)
        run(QuantizedRows<Value>(packed->view(), bits<Value>(x), bits<Value>(layer.bias), x.size(0),
                                 ownKernels()),
            inner, y, values);
    else
        run(FewRows<Value>({ .x = bits<Value>(x),
                             .weight = bits<Value>(layer.weight),
                             .bias = bits<Value>(layer.bias),
                             .rows = x.size(0),
                             .inner = inner,
                             .outer = y.size(1) },
                           cpuKernels()),
            inner, y, values);
    return y;
}

torch::Tensor manyRowsProduct(const torch::nn::LinearImpl& layer, const PackedWeightImpl* packed,
                              const torch::Tensor& x)
{
    const std::int64_t outer = layer.weight.size(0);
    const auto type = libraryIsSlow(x.scalar_type()) ? torch::kFloat32 : x.scalar_type();
    const auto wide = x.to(type);
    auto y = torch::empty({ x.size(0), outer }, x.options());
    for (std::int64_t start = 0; start < outer; start += columnsAtOnce) {
        const std::int64_t count = std::min(columnsAtOnce, outer - start);
        const auto part = packed ? packed->unpacked(start, count, type)
                                 : layer.weight.narrow(0, start, count).to(type);
        const auto bias
            = layer.bias.defined() ? layer.bias.narrow(0, start, count).to(type) : torch::Tensor();
        y.narrow(1, start, count).copy_(at::linear(wide, part, bias));
    }
    return y;
}

} // namespace

torch::Tensor linearOf(torch::nn::LinearImpl& layer, const torch::Tensor& x)
{
    const auto packed = packedWeightOf(layer);
    const bool plain = !packed
        && (!x.is_cpu() || !layer.weight.is_cpu() || x.scalar_type() != layer.weight.scalar_type()
            || isRecorded(layer, x) || !layer.weight.is_contiguous());
    if (plain)
        return layer.forward(x);
    const auto rows = x.reshape({ -1, x.size(-1) }).contiguous();
    torch::Tensor y;
    if (packed ? rows.size(0) <= fewRows : ownFewRows(layer, rows))
        y = x.scalar_type() == torch::kBFloat16
            ? fewRowsProduct<std::uint16_t>(layer, packed.get(), rows)
            : fewRowsProduct<float>(layer, packed.get(), rows);
    else if (packed || libraryIsSlow(x.scalar_type()))
        y = manyRowsProduct(layer, packed.get(), rows);
    else
        return layer.forward(x);
    auto shape = x.sizes().vec();
    shape.back() = y.size(1);
    return y.view(shape);
}

} // namespace adtailor
