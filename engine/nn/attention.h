// CausalAttention: LLaMA's grouped-query self-attention, over a whole sequence or a KV cache.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "nn/kv_cache.h"
#include "nn/rms_norm.h"
#include "nn/rotary.h"

#include <torch/nn/modules/linear.h>
#include <torch/nn/pimpl.h>

namespace adtailor {

torch::nn::Linear plainLinear(std::int64_t in, std::int64_t out); // without bias

// Additive mask [B, 1, T, S] for T new positions after S-T old ones: position t sees the keys up
// to its own whose keyMask (bool [B, S]) is true, and always itself, so that no row is empty.
torch::Tensor causalMask(const torch::Tensor& keyMask, std::int64_t newPositions,
                         torch::ScalarType dtype);

struct AttentionShape
{
    std::int64_t width = 0, heads = 0, keyValueHeads = 0, headDim = 0;
    bool hasBias = false; // of query, key and value (Qwen2)
    bool normalizesHeads = false; // RMSNorm of each query and key head (Qwen3)
    double normEps = 1e-6;
};

struct CausalAttentionImpl : torch::nn::Module
{
    explicit CausalAttentionImpl(const AttentionShape& shape);
    // x: [B, T, D] -> [B, T, D]. mask: additive [B, 1, T, S], or undefined: plain causal over a
    // whole sequence, everything visible over a cache with one new position.
    torch::Tensor forward(const torch::Tensor& x, const RotaryTable& rotary,
                          const torch::Tensor& mask, KvCache* cache, std::int64_t layer);

    torch::nn::Linear q_proj{ nullptr }, k_proj{ nullptr }, v_proj{ nullptr }, o_proj{ nullptr };
    RmsNorm q_norm{ nullptr }, k_norm{ nullptr }; // may be null
    std::int64_t heads, keyValueHeads;

private:
    torch::Tensor mix(const torch::Tensor& query, torch::Tensor key, torch::Tensor value,
                      const torch::Tensor& mask) const;
};
TORCH_MODULE(CausalAttention);

} // namespace adtailor
