// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/quantized_weight.h"

#include "weights/deferred_init.h"

namespace adtailor {

namespace {

constexpr std::int64_t rowsRounded = 4096; // in float32 while they are rounded
constexpr std::int64_t perScale = QuantizedWeight::group, perChunk = QuantizedWeight::chunk;

// [rows, inner] -> 127 steps for the largest of each row
void roundToInt8(const torch::Tensor& wide, torch::Tensor values, torch::Tensor scales,
                 torch::Tensor sums)
{
    const auto most = wide.abs().amax(1);
    scales.copy_(most / 127);
    const auto steps = torch::where(most > 0, 127 / most, torch::zeros_like(most));
    const auto rounded = (wide * steps.unsqueeze(1)).round();
    values.copy_(rounded);
    sums.copy_(rounded.sum(1));
}

// The largest of each group becomes -8, so that all sixteen steps are used.
void roundToInt4(const torch::Tensor& wide, torch::Tensor values, torch::Tensor scales)
{
    const std::int64_t rows = wide.size(0);
    const auto groups = wide.view({ rows, -1, perScale });
    const auto largest = groups.gather(2, groups.abs().argmax(2, true));
    scales.copy_((largest / -8).squeeze(2));
    const auto step = scales.to(torch::kFloat32).unsqueeze(2);
    const auto steps = torch::where(step != 0, 1 / step, torch::zeros_like(step));
    const auto stored = ((groups * steps).round() + 8).clamp(0, 15).to(torch::kUInt8);
    const auto halves = stored.view({ rows, -1, 2, perChunk / 2 });
    values.copy_((halves.select(2, 0) + halves.select(2, 1) * 16).view({ rows, -1 }));
}

} // namespace

PackedWeightImpl::PackedWeightImpl(const torch::Tensor& weight, QuantizedType type_)
    : type(type_)
    , outer(weight.size(0))
    , inner(weight.size(1))
{
    const torch::NoGradGuard noGrad;
    const bool int8 = type == QuantizedType::Int8;
    values = register_buffer("values",
                             int8 ? torch::empty({ outer, inner }, torch::kInt8)
                                  : torch::empty({ outer, inner / 2 }, torch::kUInt8));
    scales = register_buffer("scales",
                             int8 ? torch::empty({ outer }, torch::kFloat32)
                                  : torch::empty({ outer, inner / perScale }, torch::kBFloat16));
    if (int8)
        sums = register_buffer("sums", torch::empty({ outer }, torch::kInt32));
    for (std::int64_t begin = 0; begin < outer; begin += rowsRounded) {
        const std::int64_t count = std::min(rowsRounded, outer - begin);
        const auto part = [&](const torch::Tensor& whole) { return whole.narrow(0, begin, count); };
        const auto wide = part(weight).to(torch::kFloat32).contiguous();
        if (int8)
            roundToInt8(wide, part(values), part(scales), part(sums));
        else
            roundToInt4(wide, part(values), part(scales));
    }
}

QuantizedWeight PackedWeightImpl::view() const
{
    return { .type = type,
             .values = values.const_data_ptr(),
             .scales = scales.const_data_ptr(),
             .sums = sums.defined() ? sums.const_data_ptr<std::int32_t>() : nullptr,
             .inner = inner,
             .outer = outer };
}

torch::Tensor PackedWeightImpl::unpacked(std::int64_t begin, std::int64_t count,
                                         torch::ScalarType dtype) const
{
    const auto stored = values.narrow(0, begin, count), scale = scales.narrow(0, begin, count);
    if (type == QuantizedType::Int8)
        return stored.to(torch::kFloat32).mul_(scale.unsqueeze(1)).to(dtype);
    const auto halves = torch::stack({ stored.bitwise_and(15), stored.bitwise_right_shift(4) }, 1)
                            .view({ count, 2, -1, perChunk / 2 })
                            .transpose(1, 2);
    return halves.reshape({ count, -1, perScale })
        .to(torch::kFloat32)
        .sub_(8)
        .mul_(scale.to(torch::kFloat32).unsqueeze(2))
        .view({ count, inner })
        .to(dtype);
}

void quantize(torch::nn::LinearImpl& layer, QuantizedType type)
{
    if (!QuantizedWeight::suits(type, layer.weight.size(1)))
        return;
    layer.register_module("packed", PackedWeight(layer.weight, type));
    shareMemory(layer.weight,
                torch::empty(layer.weight.sizes(), layer.weight.options().device(torch::kMeta)));
}

std::shared_ptr<PackedWeightImpl> packedWeightOf(const torch::nn::LinearImpl& layer)
{
    if (!layer.weight.is_meta())
        return nullptr;
    for (const auto& child : layer.children())
        if (auto packed = std::dynamic_pointer_cast<PackedWeightImpl>(child))
            return packed;
    return nullptr;
}

} // namespace adtailor
