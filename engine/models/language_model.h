// LanguageModel: the LLaMA decoder that writes title and picture.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/config.h"
#include "nn/attention.h"
#include "nn/mlp.h"
#include "nn/rms_norm.h"

#include <torch/nn/modules/container/modulelist.h>
#include <torch/nn/modules/embedding.h>

namespace adtailor {

// What one forward pass reads besides its input.
struct DecoderInput
{
    torch::Tensor embeddings; // [B, T, D]
    // bool [B, S], S = cached + T: false where the row is padding. Undefined: no padding at all.
    torch::Tensor keyMask;
    KvCache* cache = nullptr; // null: the whole sequence at once
    // Control maps, one for every `injectionInterval`-th layer, each [B, n, D]: added to the last
    // n positions of that layer's input. Empty: no control.
    std::vector<torch::Tensor> injections;
    std::int64_t injectionInterval = 1;
};

// Pre-norm layer: h += attention(norm(h)); h += mlp(norm(h))
struct DecoderLayerImpl : torch::nn::Module
{
    explicit DecoderLayerImpl(const LanguageModelConfig& config);
    torch::Tensor forward(torch::Tensor h, const RotaryTable& rotary, const torch::Tensor& mask,
                          KvCache* cache, std::int64_t layer);

    CausalAttention self_attn{ nullptr };
    Swiglu mlp{ nullptr };
    RmsNorm input_layernorm{ nullptr }, post_attention_layernorm{ nullptr };
};
TORCH_MODULE(DecoderLayer);

struct DecoderImpl : torch::nn::Module
{
    explicit DecoderImpl(const LanguageModelConfig& config);
    // -> hidden states after the final norm [B, T, D]; advances the cache
    torch::Tensor forward(const DecoderInput& input);

    torch::nn::Embedding embed_tokens{ nullptr };
    torch::nn::ModuleList layers;
    RmsNorm norm{ nullptr };
    LanguageModelConfig config;
};
TORCH_MODULE(Decoder);

struct LanguageModelImpl : torch::nn::Module
{
    explicit LanguageModelImpl(const LanguageModelConfig& config);
    torch::Tensor forward(const DecoderInput& input) { return model(input); }
    // hidden [..., D] -> float32 logits [..., vocabulary]
    torch::Tensor textLogits(const torch::Tensor& hidden);
    KvCache makeCache(std::int64_t batch, std::int64_t capacity) const;

    Decoder model{ nullptr };
    torch::nn::Linear lm_head{ nullptr };
};
TORCH_MODULE(LanguageModel);

} // namespace adtailor
