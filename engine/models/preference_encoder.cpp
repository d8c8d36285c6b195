// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/preference_encoder.h"

#include "nn/group.h"
#include "nn/mlp.h"
#include "nn/row_dropout.h"

#include <cmath>
#include <limits>
#include <optional>

namespace adtailor {

namespace {

constexpr double dropout = 0.1; // training only
constexpr double layerNormEps = 1e-5;

// In float32: the choice of tokens hangs on it.
torch::Tensor cosineSimilarity(const torch::Tensor& a, const torch::Tensor& b)
{
    const auto unit = [](const torch::Tensor& t) {
        const auto x = t.to(torch::kFloat32);
        return x / x.norm(2, -1, true).clamp_min(1e-8);
    };
    return (unit(a) * unit(b)).sum(-1);
}

// [B, S] -> 1 on the floor(ratio * real tokens) largest of each row, 0 elsewhere
torch::Tensor largest(const torch::Tensor& z, double ratio, const torch::Tensor& real)
{
    const std::int64_t total = z.size(1);
    if (!real.defined()) {
        const auto count = static_cast<std::int64_t>(ratio * static_cast<double>(total));
        const auto chosen = std::get<1>(z.topk(std::max<std::int64_t>(count, 1), 1));
        return torch::zeros_like(z).scatter(1, chosen, 1.0);
    }
    const auto budget = (real.sum(1, true).to(torch::kFloat64) * ratio).floor().clamp_min(1);
    const auto rank = z.argsort(true, 1, true).argsort(true, 1, false);
    return (rank < budget).logical_and(real).to(z.scalar_type());
}

// As scaled_dot_product_attention, whose own dropout cannot be drawn by rows. [B, heads, S, width]
torch::Tensor attentionWithDropout(const torch::Tensor& query, const torch::Tensor& key,
                                   const torch::Tensor& value,
                                   const std::optional<torch::Tensor>& mask)
{
    auto scores = torch::matmul(query, key.transpose(-2, -1))
        / std::sqrt(static_cast<double>(query.size(-1)));
    if (mask)
        scores = scores + *mask;
    return torch::matmul(rowDropout(torch::softmax(scores, -1), dropout), value);
}

} // namespace

PreferenceBlockImpl::PreferenceBlockImpl(std::int64_t width, std::int64_t heads)
    : ff(register_module("ff", quickGeluMlp(width)))
    , norm1(register_module("norm1", layerNorm(width, layerNormEps)))
    , norm2(register_module("norm2", layerNorm(width, layerNormEps)))
    , m_heads(heads)
{
    auto attention = group(*this, "attn");
    m_query = attention->register_module("query", torch::nn::Linear(width, width));
    m_key = attention->register_module("key", torch::nn::Linear(width, width));
    m_value = attention->register_module("value", torch::nn::Linear(width, width));
    m_proj = attention->register_module("proj", torch::nn::Linear(width, width));
}

torch::Tensor PreferenceBlockImpl::attention(const torch::Tensor& y, const torch::Tensor& real)
{
    const auto split = [&](const torch::Tensor& t) {
        return t.view({ y.size(0), y.size(1), m_heads, -1 }).transpose(1, 2);
    };
    std::optional<torch::Tensor> mask;
    if (real.defined()) {
        const auto hidden = real.logical_not().view({ y.size(0), 1, 1, y.size(1) });
        mask = torch::zeros(hidden.sizes(), y.options())
                   .masked_fill(hidden, -std::numeric_limits<float>::infinity())
                   .expand({ -1, 1, y.size(1), -1 });
    }
    const auto query = split(m_query(y)), key = split(m_key(y)), value = split(m_value(y));
    const auto mixed = is_training() ? attentionWithDropout(query, key, value, mask)
                                     : at::scaled_dot_product_attention(query, key, value, mask);
    return m_proj(mixed.transpose(1, 2).reshape(y.sizes()));
}

torch::Tensor PreferenceBlockImpl::forward(torch::Tensor y, const torch::Tensor& real)
{
    const auto thinned
        = [&](const torch::Tensor& x) { return is_training() ? rowDropout(x, dropout) : x; };
    y = norm1(y + thinned(attention(y, real)));
    return norm2(y + thinned(runQuickGeluMlp(ff, y)));
}

MaskGeneratorImpl::MaskGeneratorImpl(const PreferenceConfig& config, std::int64_t width,
                                     std::int64_t tokensPerItem)
    : m_keepRatio(config.keepRatio)
{
    auto base = group(*this, "base_transformer");
    m_positions = base->register_parameter("pos_encoding",
                                           torch::randn({ 1, tokensPerItem, width }) * 0.01);
    m_blocks = base->register_module("transformer_layers", torch::nn::ModuleList());
    for (std::int64_t i = 0; i < config.maskLayers; ++i)
        m_blocks->push_back(PreferenceBlock(width, config.heads));
    auto mask = group(*this, "similarity_mask_layer");
    m_outputProjection
        = mask->register_module("output_projection", torch::nn::Linear(width, width));
    m_layerNorm = mask->register_module("layer_norm", layerNorm(width, layerNormEps));
}

MaskedTokens MaskGeneratorImpl::forward(const torch::Tensor& x, const torch::Tensor& noise,
                                        const torch::Tensor& real, bool keepsAll)
{
    const auto input = x.flatten(1, 2); // [B, S, D], item-major
    auto y = (x + m_positions.narrow(1, 0, x.size(2)).unsqueeze(1)).flatten(1, 2);
    for (std::size_t i = 0; i < m_blocks->size(); ++i)
        y = m_blocks->at<PreferenceBlockImpl>(i).forward(y, real);
    MaskedTokens result;
    result.cosine = cosineSimilarity(y, input);
    auto score = noise.defined() ? result.cosine + noise : result.cosine;
    if (real.defined())
        score = score.masked_fill(real.logical_not(), -std::numeric_limits<float>::infinity());
    result.weights = torch::softmax(score, 1);
    const auto hard = largest(result.weights.detach(), keepsAll ? 1.0 : m_keepRatio, real);
    // Straight-through: the value is the hard choice, the gradient is the softmax's.
    result.kept = hard + result.weights - result.weights.detach();
    const auto kept = y * result.kept.unsqueeze(-1).to(y.scalar_type());
    result.tokens = m_layerNorm(m_outputProjection(kept) + kept).view(x.sizes());
    return result;
}

FusionEncoderImpl::FusionEncoderImpl(const PreferenceConfig& config, std::int64_t width)
    : m_imagePositions(register_parameter("image_pos_encoding",
                                          torch::randn({ 1, config.imageTokens(), width }) * 0.01))
    , m_textPositions(register_parameter("text_pos_encoding",
                                         torch::randn({ 1, config.titleTokens, width }) * 0.01))
    , m_modality(register_module("modality_embeddings", torch::nn::Embedding(2, width)))
    , m_proj(register_module("proj", quickGeluMlp(width)))
    , m_blocks(register_module("cross_modal_layers", torch::nn::ModuleList()))
{
    for (std::int64_t i = 0; i < config.fusionLayers; ++i)
        m_blocks->push_back(PreferenceBlock(width, config.heads));
    m_finalNorm = register_module("final_norm", layerNorm(width, layerNormEps));
    m_outputProj = register_module("output_proj", torch::nn::Linear(width, width));
}

torch::Tensor FusionEncoderImpl::forward(const torch::Tensor& images, const torch::Tensor& titles,
                                         const torch::Tensor& realTitles)
{
    const auto place = [&](const torch::Tensor& x, const torch::Tensor& table, std::int64_t kind) {
        const auto positions = table.narrow(1, 0, x.size(2)).unsqueeze(1); // [1, 1, T, D]
        return (x + positions + m_modality->weight[kind]).flatten(1, 2);
    };
    auto y = torch::cat({ runQuickGeluMlp(m_proj, place(images, m_imagePositions, 0)),
                          runQuickGeluMlp(m_proj, place(titles, m_textPositions, 1)) },
                        1);
    torch::Tensor real;
    if (realTitles.defined()) {
        const auto allImages
            = torch::ones({ y.size(0), y.size(1) - realTitles.size(1) }, realTitles.options());
        real = torch::cat({ allImages, realTitles }, 1);
    }
    for (std::size_t i = 0; i < m_blocks->size(); ++i)
        y = m_blocks->at<PreferenceBlockImpl>(i).forward(y, real);
    return m_outputProj(m_finalNorm(y));
}

} // namespace adtailor
