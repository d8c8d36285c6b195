// multiHeadAttention: the unmasked or key-masked attention that every encoder shares.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ATen/ops/scaled_dot_product_attention.h>
#include <torch/types.h>

#include <optional>

namespace adtailor {

// query, key, value: [B, T, D], heads side by side in D -> mixed values [B, T, D].
// mask: bool, broadcast to [B, heads, T, T], true where a key is seen.
inline torch::Tensor multiHeadAttention(const torch::Tensor& query, const torch::Tensor& key,
                                        const torch::Tensor& value, std::int64_t heads,
                                        const std::optional<torch::Tensor>& mask = {})
{
    const auto split = [&](const torch::Tensor& t) {
        return t.view({ t.size(0), t.size(1), heads, -1 }).transpose(1, 2);
    };
    return at::scaled_dot_product_attention(split(query), split(key), split(value), mask)
        .transpose(1, 2)
        .reshape(query.sizes());
}

} // namespace adtailor
