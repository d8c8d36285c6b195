// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/fixture.h"

#include "weights/state_dict.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <cstdint>
#include <limits>

namespace adtailor {

namespace {

std::uint64_t fnv1a(const std::string& text)
{
    std::uint64_t hash = 0xCBF29CE484222325;
    for (const unsigned char byte : text)
        hash = (hash ^ byte) * 0x100000001B3;
    return hash;
}

float unitValue(std::uint64_t seed, std::uint64_t index) // [-1, 1), 24 bits
{
    std::uint64_t z = seed + index * 0x9E3779B97F4A7C15;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
    z ^= z >> 31;
    return (static_cast<float>(z >> 40) - 0x1p23F) / 0x1p23F;
}

bool endsWith(const std::string& text, const std::string& end)
{
    return text.size() >= end.size()
        && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

double fanIn(const std::string& name, const torch::Tensor& weight)
{
    const bool table = name.find("embed") != std::string::npos
        || name.find("encoding") != std::string::npos || endsWith(name, "_token");
    return table && weight.dim() < 4 ? 1.0 : static_cast<double>(weight.numel() / weight.size(0));
}

torch::Tensor namedWeight(const std::string& name, const torch::Tensor& like)
{
    const bool vector = like.dim() == 1;
    const float offset = vector && !endsWith(name, "bias") ? 1.0F : 0.0F;
    // nearbyint: ties to even, as Python rounds.
    const float scale = vector
        ? 0.25F
        : static_cast<float>(std::exp2(std::nearbyint(0.5 * std::log2(3 / fanIn(name, like)))));
    torch::Tensor weight = at::empty(like.sizes(), at::kFloat);
    float* values = weight.data_ptr<float>();
    const std::uint64_t seed = fnv1a(name);
    for (std::int64_t i = 0; i < weight.numel(); ++i)
        values[i] = offset + scale * unitValue(seed, static_cast<std::uint64_t>(i));
    return weight;
}

} // namespace

Fixture::Fixture(const std::string& name)
    : m_file(SafetensorsFile::open(std::string(ADTAILOR_FIXTURES "/") + name + ".safetensors"))
{
    at::set_num_threads(1); // so small that threads would only wait for each other
}

nlohmann::json Fixture::json() const
{
    return nlohmann::json::parse(m_file.metadata().at("config"));
}

UniAdGenConfig Fixture::config() const
{
    return parseUniAdGenConfig(json());
}

torch::Tensor Fixture::operator[](const std::string& name) const
{
    const torch::Tensor tensor = m_file.read(name);
    return tensor.is_floating_point() ? tensor.to(at::kFloat) : tensor;
}

void Fixture::load(torch::nn::Module& module, const std::string& prefix) const
{
    StateDictRules rules;
    rules.prefix = "weights." + prefix;
    loadStateDict(module, m_file, rules);
    module.eval();
}

void fillByName(torch::nn::Module& module, const std::string& prefix)
{
    const at::NoGradGuard noGrad;
    for (auto& item : module.named_parameters())
        item.value().copy_(namedWeight(prefix + item.key(), item.value()));
    module.eval();
}

double difference(const char* what, const torch::Tensor& actual, const torch::Tensor& expected)
{
    if (actual.sizes() != expected.sizes()) {
        qWarning() << what << "has another shape";
        return std::numeric_limits<double>::infinity();
    }
    const torch::Tensor a = actual.detach().to(at::kDouble), e = expected.to(at::kDouble);
    const double largest = ((a - e).abs() / (1 + e.abs())).max().item<double>();
    const double value = std::isnan(largest) ? std::numeric_limits<double>::infinity() : largest;
    qInfo("%s: %.2g", what, value);
    return value;
}

} // namespace adtailor
