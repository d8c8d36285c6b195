// SPDX-License-Identifier: GPL-3.0-or-later
#include "selftest_report.h"

#include "core/failure.h"
#include "core/strict_json.h"

#include <nlohmann/json.hpp>

#include <limits>

namespace adtailor {

namespace {

// Whole numbers: how many are not equal. Others: the largest distance.
double distance(const torch::Tensor& actual, const torch::Tensor& expected)
{
    constexpr double none = std::numeric_limits<double>::infinity();
    if (actual.sizes() != expected.sizes())
        return none;
    if (!expected.is_floating_point())
        return actual.cpu().ne(expected.cpu()).sum().item<double>();
    const auto a = actual.to(torch::kCPU, torch::kFloat64);
    const double largest
        = (a - expected.to(torch::kCPU, torch::kFloat64)).abs().max().item<double>();
    return largest == largest ? largest : none; // not NaN
}

} // namespace

torch::Tensor ExpectedValues::operator[](const std::string& name) const
{
    const torch::Tensor tensor = m_file.read(name);
    return (tensor.is_floating_point() ? tensor.to(torch::kFloat32) : tensor).to(m_device);
}

nlohmann::json ExpectedValues::json(const std::string& key) const
{
    const std::string path = m_file.path().string();
    const auto found = m_file.metadata().find(key);
    if (found == m_file.metadata().end())
        throw Failure(ErrorCode::FileCorrupt,
                      path + " has no \"" + key + "\"; it does not hold expected values.");
    return parseStrictJson(found->second, path);
}

void SelfTestReport::setLimits(std::map<std::string, std::optional<double>> limits)
{
    m_limits = std::move(limits);
}

bool SelfTestReport::compares(const std::string& name) const
{
    const auto found = m_limits.find(name);
    return found == m_limits.end() || found->second;
}

void SelfTestReport::compare(const std::string& name, const torch::Tensor& actual,
                             const torch::Tensor& expected, const std::string& what)
{
    if (!compares(name))
        return;
    const auto found = m_limits.find(name);
    const double usual = expected.is_floating_point() ? m_tolerance : 0;
    results.push_back({ .fixture = m_fixture,
                        .what = what.empty() ? name : what,
                        .difference = distance(actual, expected),
                        .tolerance = found == m_limits.end() ? usual : *found->second });
}

} // namespace adtailor
