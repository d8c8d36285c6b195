// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/attention.h"

#include "nn/lora.h"

#include <limits>

namespace adtailor {

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
    if (keyValueHeads != heads) {
        key = key.repeat_interleave(heads / keyValueHeads, 1);
        value = value.repeat_interleave(heads / keyValueHeads, 1);
    }
    const bool wholeSequence = !mask.defined() && length > 1;
    const auto mixed = at::scaled_dot_product_attention(
        query, key, value, mask.defined() ? std::optional(mask) : std::nullopt, 0.0, wholeSequence);
    return forwardWithLora(o_proj, mixed.transpose(1, 2).reshape({ batch, length, -1 }));
}

} // namespace adtailor
