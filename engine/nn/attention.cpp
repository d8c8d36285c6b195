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

CausalAttentionImpl::CausalAttentionImpl(std::int64_t width, std::int64_t heads_,
                                         std::int64_t keyValueHeads_)
    : q_proj(register_module("q_proj", plainLinear(width, width)))
    , k_proj(register_module("k_proj", plainLinear(width, width / heads_ * keyValueHeads_)))
    , v_proj(register_module("v_proj", plainLinear(width, width / heads_ * keyValueHeads_)))
    , o_proj(register_module("o_proj", plainLinear(width, width)))
    , heads(heads_)
    , keyValueHeads(keyValueHeads_)
{
}

torch::Tensor CausalAttentionImpl::forward(const torch::Tensor& x, const RotaryTable& rotary,
                                           const torch::Tensor& mask, KvCache* cache,
                                           std::int64_t layer)
{
    const std::int64_t batch = x.size(0), length = x.size(1);
    const auto split = [&](const torch::Tensor& t, std::int64_t count) {
        return t.view({ batch, length, count, -1 }).transpose(1, 2);
    };
    const auto query = rotary.rotate(split(forwardWithLora(q_proj, x), heads));
    auto key = rotary.rotate(split(forwardWithLora(k_proj, x), keyValueHeads));
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
