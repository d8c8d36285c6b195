// SPDX-License-Identifier: GPL-3.0-or-later
#include "weights/named_weights.h"

#include <cmath>
#include <cstdint>

namespace adtailor {

namespace {

std::uint64_t fnv1a(const std::string& text)
{
    std::uint64_t hash = 0xCBF29CE484222325;
    for (const unsigned char byte : text)
        hash = (hash ^ byte) * 0x100000001B3;
    return hash;
}

float unitValue(std::uint64_t seed, std::uint64_t index) // splitmix64, [-1, 1), 24 bits
{
    std::uint64_t z = seed + index * 0x9E3779B97F4A7C15;
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EB;
    z ^= z >> 31U;
    return (static_cast<float>(z >> 40U) - 0x1p23F) / 0x1p23F;
}

double fanIn(const std::string& name, const torch::Tensor& weight)
{
    const bool table = name.find("embed") != std::string::npos
        || name.find("encoding") != std::string::npos || name.ends_with("_token");
    return table && weight.dim() < 4 ? 1.0 : static_cast<double>(weight.numel() / weight.size(0));
}

torch::Tensor namedWeight(const std::string& name, const torch::Tensor& like)
{
    const bool vector = like.dim() == 1;
    const float offset = vector && !name.ends_with("bias") ? 1.0F : 0.0F;
    // nearbyint rounds ties to even, as Python does.
    const float scale = vector
        ? 0.25F
        : static_cast<float>(std::exp2(std::nearbyint(0.5 * std::log2(3 / fanIn(name, like)))));
    const auto weight = torch::empty(like.sizes(), torch::kFloat32);
    float* values = weight.data_ptr<float>();
    const std::uint64_t seed = fnv1a(name);
    for (std::int64_t i = 0; i < weight.numel(); ++i)
        values[i] = offset + scale * unitValue(seed, static_cast<std::uint64_t>(i));
    return weight;
}

} // namespace

void fillByName(torch::nn::Module& module, const std::string& prefix)
{
    const at::NoGradGuard noGrad;
    for (auto& item : module.named_parameters())
        item.value().copy_(namedWeight(prefix + item.key(), item.value()));
    module.eval();
}

} // namespace adtailor
