// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/attention.h"

#include "kernels/decode_attention.h"
#include "nn/lora.h"

#include <ATen/Parallel.h>

#include <limits>

namespace adtailor {

namespace {

constexpr std::int64_t valuesPerTask = 65536; // of the cache; less is not worth another thread

// One new position after others, whose keys and values lie in a cache of float32 or bfloat16.
bool isDecoding(const torch::Tensor& query, const torch::Tensor& key)
{
    const auto type = query.scalar_type();
    return query.size(2) == 1 && key.size(2) > 1 && query.is_cpu()
        && cpuKernels() != CpuKernels::Library && cpuKernels() != CpuKernels::Portable
        && (type == torch::kFloat32 || type == torch::kBFloat16)
        && DecodeAttention<float>::suits(query.size(3)) && key.stride(3) == 1
        && key.stride(2) == key.size(3) && key.stride(0) == key.size(1) * key.stride(1)
        && !(at::GradMode::is_enabled() && query.requires_grad());
}

// query [B, H, 1, D], key and value [B, G, S, D] of a cache -> [B, H, 1, D]
template<typename Value>
torch::Tensor decode(const torch::Tensor& query, const torch::Tensor& key,
                     const torch::Tensor& value, const torch::Tensor& mask)
{
    const auto bits = [](const torch::Tensor& tensor) {
        return tensor.defined() ? static_cast<const Value*>(tensor.const_data_ptr()) : nullptr;
    };
    const std::int64_t tasks = query.size(0) * query.size(1);
    const auto queries = query.contiguous();
    const auto shown = mask.defined() ? mask.contiguous() : mask;
    auto mixed = torch::empty_like(queries);
    const DecodeAttention<Value> attention({ .query = bits(queries),
                                             .keys = bits(key),
                                             .values = bits(value),
                                             .mask = bits(shown),
                                             .rows = query.size(0),
                                             .heads = query.size(1),
                                             .keyHeads = key.size(1),
                                             .headDim = query.size(3),
                                             .capacity = key.stride(1) / key.size(3),
                                             .length = key.size(2) },
                                           cpuKernels());
    auto* out = static_cast<Value*>(mixed.mutable_data_ptr());
    const std::int64_t perTask = std::max<std::int64_t>(1, key.size(2) * key.size(3));
    at::parallel_for(0, tasks, std::max<std::int64_t>(1, valuesPerTask / perTask),
                     [&](std::int64_t begin, std::int64_t end) { attention.mix(begin, end, out); });
    return mixed;
}

} // namespace

torch::nn::Linear plainLinear(std::int64_t in, std::int64_t out)
{
    return torch::nn::Linear(torch::nn::LinearOptions(in, out).bias(false));
}

torch::Tensor causalMask(const torch::Tensor& keyMask, std::int64_t newPositions,
                         torch::ScalarType dtype)
{
    const std::int64_t total = keyMask.size(1);
    const auto options = torch::TensorOptions().dtype(torch::kInt64).device(keyMask.device());
    const auto key = torch::arange(total, options).unsqueeze(0);
    const auto query = torch::arange(total - newPositions, total, options).unsqueeze(1);
    const auto visible = keyMask.view({ keyMask.size(0), 1, 1, total })
                             .logical_and(key <= query)
                             .logical_or(key == query);
    const auto blocked = -std::numeric_limits<float>::infinity();
    return torch::zeros(visible.sizes(), options.dtype(dtype))
        .masked_fill(visible.logical_not(), blocked);
}

CausalAttentionImpl::CausalAttentionImpl(const AttentionShape& shape)
    : heads(shape.heads)
    , keyValueHeads(shape.keyValueHeads)
{
    const auto input = [&](const char* name, std::int64_t count) {
        return register_module(
            name,
            torch::nn::Linear(
                torch::nn::LinearOptions(shape.width, count * shape.headDim).bias(shape.hasBias)));
    };
    q_proj = input("q_proj", heads);
    k_proj = input("k_proj", keyValueHeads);
    v_proj = input("v_proj", keyValueHeads);
    o_proj = register_module("o_proj", plainLinear(heads * shape.headDim, shape.width));
    if (!shape.normalizesHeads)
        return;
    q_norm = register_module("q_norm", RmsNorm(shape.headDim, shape.normEps));
    k_norm = register_module("k_norm", RmsNorm(shape.headDim, shape.normEps));
}

torch::Tensor CausalAttentionImpl::forward(const torch::Tensor& x, const RotaryTable& rotary,
                                           const torch::Tensor& mask, KvCache* cache,
                                           std::int64_t layer)
{
    const std::int64_t batch = x.size(0), length = x.size(1);
    const auto split = [&](const torch::Tensor& t, std::int64_t count) {
        return t.view({ batch, length, count, -1 }).transpose(1, 2);
    };
    auto query = split(forwardWithLora(q_proj, x), heads);
    auto key = split(forwardWithLora(k_proj, x), keyValueHeads);
    if (q_norm) {
        query = q_norm(query);
        key = k_norm(key);
    }
    query = rotary.rotate(query);
    key = rotary.rotate(key);
    auto value = split(forwardWithLora(v_proj, x), keyValueHeads);
    if (cache)
        std::tie(key, value) = cache->append(layer, key, value);
    const auto mixed = mix(query, key, value, mask);
    return forwardWithLora(o_proj, mixed.transpose(1, 2).reshape({ batch, length, -1 }));
}

torch::Tensor CausalAttentionImpl::mix(const torch::Tensor& query, torch::Tensor key,
                                       torch::Tensor value, const torch::Tensor& mask) const
{
    if (isDecoding(query, key))
        return query.scalar_type() == torch::kBFloat16
            ? decode<std::uint16_t>(query, key, value, mask)
            : decode<float>(query, key, value, mask);
    if (keyValueHeads != heads) {
        key = key.repeat_interleave(heads / keyValueHeads, 1);
        value = value.repeat_interleave(heads / keyValueHeads, 1);
    }
    const bool wholeSequence = !mask.defined() && query.size(2) > 1;
    return at::scaled_dot_product_attention(
        query, key, value, mask.defined() ? std::optional(mask) : std::nullopt, 0.0, wholeSequence);
}

} // namespace adtailor
