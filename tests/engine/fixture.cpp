// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/fixture.h"

#include "weights/state_dict.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <limits>

namespace adtailor {

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
