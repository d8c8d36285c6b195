// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/dinov2.h"

#include "nn/group.h"
#include "nn/multi_head.h"

#include <array>
#include <string_view>

namespace adtailor {

namespace {

torch::nn::Linear linearAt(torch::nn::Module& parent, const std::string& name, std::int64_t in,
                           std::int64_t out)
{
    return parent.register_module(name, torch::nn::Linear(in, out));
}

// Pre-norm transformer block with LayerScale. x: [B, T, hidden] -> the same
struct Dinov2BlockImpl : torch::nn::Module
{
    explicit Dinov2BlockImpl(const Dinov2Config& c)
        : norm1(register_module("norm1", layerNorm(c.hiddenSize, c.layerNormEps)))
        , norm2(register_module("norm2", layerNorm(c.hiddenSize, c.layerNormEps)))
        , heads(c.heads)
    {
        const std::int64_t width = c.hiddenSize;
        auto attention = group(*this, "attention");
        auto inner = group(*attention, "attention");
        auto output = group(*attention, "output");
        query = linearAt(*inner, "query", width, width);
        key = linearAt(*inner, "key", width, width);
        value = linearAt(*inner, "value", width, width);
        dense = linearAt(*output, "dense", width, width);
        scale1
            = group(*this, "layer_scale1")->register_parameter("lambda1", torch::ones({ width }));
        scale2
            = group(*this, "layer_scale2")->register_parameter("lambda1", torch::ones({ width }));
        auto mlp = group(*this, "mlp");
        fc1 = linearAt(*mlp, "fc1", width, c.feedForwardSize);
        fc2 = linearAt(*mlp, "fc2", c.feedForwardSize, width);
    }

    torch::Tensor forward(torch::Tensor x)
    {
        const auto h = norm1(x);
        const auto mixed = multiHeadAttention(query(h), key(h), value(h), heads);
        x = x + scale1 * dense(mixed);
        return x + scale2 * fc2(torch::gelu(fc1(norm2(x))));
    }

    torch::nn::LayerNorm norm1{ nullptr }, norm2{ nullptr };
    torch::nn::Linear query{ nullptr }, key{ nullptr }, value{ nullptr }, dense{ nullptr };
    torch::nn::Linear fc1{ nullptr }, fc2{ nullptr };
    torch::Tensor scale1, scale2;
    std::int64_t heads;
};
TORCH_MODULE(Dinov2Block);

} // namespace

std::string olderDinov2Name(std::string name)
{
    constexpr std::array parts = {
        std::pair{ ".attention.q_proj.", ".attention.attention.query." },
        std::pair{ ".attention.k_proj.", ".attention.attention.key." },
        std::pair{ ".attention.v_proj.", ".attention.attention.value." },
        std::pair{ ".attention.o_proj.", ".attention.output.dense." },
    };
    for (const auto& [newer, older] : parts) {
        if (const auto place = name.find(newer); place != std::string::npos)
            name.replace(place, std::string_view(newer).size(), older);
    }
    return name;
}

Dinov2Impl::Dinov2Impl(const Dinov2Config& config)
    : m_config(config)
{
    const std::int64_t width = config.hiddenSize;
    auto embeddings = group(*this, "embeddings");
    m_clsToken = embeddings->register_parameter("cls_token", torch::zeros({ 1, 1, width }));
    embeddings->register_parameter("mask_token", torch::zeros({ 1, width }));
    const std::int64_t stored = config.nativeSide * config.nativeSide + 1;
    m_positions = embeddings->register_parameter("position_embeddings",
                                                 torch::randn({ 1, stored, width }) * 0.02);
    m_patches = group(*embeddings, "patch_embeddings")
                    ->register_module(
                        "projection",
                        torch::nn::Conv2d(
                            torch::nn::Conv2dOptions(3, width, config.patch).stride(config.patch)));
    m_layers = group(*this, "encoder")->register_module("layer", torch::nn::ModuleList());
    for (std::int64_t i = 0; i < config.layers; ++i)
        m_layers->push_back(Dinov2Block(config));
    m_norm = register_module("layernorm", layerNorm(config.hiddenSize, config.layerNormEps));
}

torch::Tensor Dinov2Impl::positions(std::int64_t side) const
{
    const std::int64_t native = m_config.nativeSide;
    if (side == native)
        return m_positions;
    const auto grid = m_positions.narrow(1, 1, native * native)
                          .reshape({ 1, native, native, -1 })
                          .permute({ 0, 3, 1, 2 })
                          .to(torch::kFloat32);
    std::optional<double> scale;
    if (m_config.interpolation == PositionInterpolation::ScaleFactor)
        scale = (static_cast<double>(side) + 0.1) / static_cast<double>(native);
    const auto resized = at::upsample_bicubic2d(grid, { side, side }, false, scale, scale);
    const auto tokens = resized.permute({ 0, 2, 3, 1 }).reshape({ 1, side * side, -1 });
    return torch::cat({ m_positions.narrow(1, 0, 1), tokens.to(m_positions.scalar_type()) }, 1);
}

torch::Tensor Dinov2Impl::tokens(const torch::Tensor& pixels)
{
    const auto patches = m_patches(pixels).flatten(2).transpose(1, 2); // [B, n*n, hidden]
    auto x = torch::cat({ m_clsToken.expand({ pixels.size(0), -1, -1 }), patches }, 1);
    x = x + positions(pixels.size(2) / m_config.patch);
    for (std::size_t i = 0; i < m_layers->size(); ++i)
        x = m_layers->at<Dinov2BlockImpl>(i).forward(x);
    return m_norm(x);
}

} // namespace adtailor
