// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/language_model.h"

#include "nn/linear.h"
#include "nn/recompute.h"

namespace adtailor {

namespace {

// h: [B, T, D], map: [B, n, D] with n <= T
torch::Tensor addToLast(const torch::Tensor& h, const torch::Tensor& map)
{
    const std::int64_t rest = h.size(1) - map.size(1);
    if (rest == 0)
        return h + map;
    return torch::cat({ h.narrow(1, 0, rest), h.narrow(1, rest, map.size(1)) + map }, 1);
}

} // namespace

DecoderLayerImpl::DecoderLayerImpl(const LanguageModelConfig& c)
    : self_attn(
        register_module("self_attn",
                        CausalAttention(AttentionShape{ .width = c.hiddenSize,
                                                        .heads = c.heads,
                                                        .keyValueHeads = c.keyValueHeads,
                                                        .headDim = c.headDim(),
                                                        .hasBias = c.attentionBias,
                                                        .normalizesHeads = c.normalizesHeads,
                                                        .normEps = c.rmsNormEps })))
    , mlp(register_module("mlp", Swiglu(c.hiddenSize, c.feedForwardSize)))
    , input_layernorm(register_module("input_layernorm", RmsNorm(c.hiddenSize, c.rmsNormEps)))
    , post_attention_layernorm(
          register_module("post_attention_layernorm", RmsNorm(c.hiddenSize, c.rmsNormEps)))
{
}

torch::Tensor DecoderLayerImpl::forward(torch::Tensor h, const RotaryTable& rotary,
                                        const torch::Tensor& mask, KvCache* cache,
                                        std::int64_t layer)
{
    h = h + self_attn(input_layernorm(h), rotary, mask, cache, layer);
    return h + mlp(post_attention_layernorm(h));
}

DecoderImpl::DecoderImpl(const LanguageModelConfig& c)
    : embed_tokens(
        register_module("embed_tokens", torch::nn::Embedding(c.vocabularySize, c.hiddenSize)))
    , layers(register_module("layers", torch::nn::ModuleList()))
    , norm(register_module("norm", RmsNorm(c.hiddenSize, c.rmsNormEps)))
    , config(c)
{
    for (std::int64_t i = 0; i < c.layers; ++i)
        layers->push_back(DecoderLayer(c));
}

torch::Tensor DecoderImpl::forward(const DecoderInput& input)
{
    torch::Tensor h = input.embeddings;
    const std::int64_t start = input.cache ? input.cache->length() : 0;
    const std::int64_t length = h.size(1);
    const RopeScalingConfig& scaling = config.ropeScaling;
    const auto rotary = RotaryTable::make(start, length, config.headDim(), config.ropeTheta, h,
                                          { .factor = scaling.factor,
                                            .lowFrequency = scaling.lowFrequency,
                                            .highFrequency = scaling.highFrequency,
                                            .originalPositions = scaling.originalPositions });
    torch::Tensor mask;
    if (input.keyMask.defined())
        mask = causalMask(input.keyMask, length, h.scalar_type());
    else if (start > 0 && length > 1)
        mask = causalMask(
            torch::ones({ h.size(0), start + length }, h.options().dtype(torch::kBool)), length,
            h.scalar_type());
    for (std::int64_t i = 0; i < config.layers; ++i) {
        const auto group = static_cast<std::size_t>(i / input.injectionInterval);
        if (i % input.injectionInterval == 0 && group < input.injections.size())
            h = addToLast(h, input.injections[group]);
        const auto layer = layers->ptr<DecoderLayerImpl>(static_cast<std::size_t>(i));
        const auto run = [layer, rotary, mask, cache = input.cache, i](const torch::Tensor& x) {
            return layer->forward(x, rotary, mask, cache, i);
        };
        h = RecomputeGuard::isOn() ? recomputed(run, h, layer->parameters()) : run(h);
    }
    if (input.cache)
        input.cache->advance(length);
    return norm(h);
}

LanguageModelImpl::LanguageModelImpl(const LanguageModelConfig& c)
    : model(register_module("model", Decoder(c)))
    , lm_head(register_module("lm_head", plainLinear(c.hiddenSize, c.vocabularySize)))
{
}

torch::Tensor LanguageModelImpl::textLogits(const torch::Tensor& hidden)
{
    return linearOf(*lm_head, hidden).to(torch::kFloat32);
}

KvCache LanguageModelImpl::makeCache(std::int64_t batch, std::int64_t capacity) const
{
    const auto& c = model->config;
    return { c.layers, batch, c.keyValueHeads, capacity, c.headDim(),
             model->embed_tokens->weight.options() };
}

} // namespace adtailor
