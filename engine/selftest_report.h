// Expected values from a file of an independent program, and how far ours are from them.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "weights/safetensors.h"

#include <adtailor/selftest.h>

#include <nlohmann/json_fwd.hpp>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace adtailor {

class ExpectedValues
{
public:
    ExpectedValues(const std::filesystem::path& path, torch::Device device)
        : m_file(SafetensorsFile::open(path))
        , m_device(device)
    {
    }

    torch::Device device() const { return m_device; }
    bool contains(const std::string& name) const { return m_file.contains(name); }
    // Floating-point values come as float32.
    torch::Tensor operator[](const std::string& name) const;
    // Metadata, which is JSON; FileCorrupt when it is missing or broken.
    nlohmann::json json(const std::string& key) const;
    const SafetensorsFile& file() const { return m_file; }

private:
    SafetensorsFile m_file;
    torch::Device m_device;
};

class SelfTestReport
{
public:
    // The largest difference that floating-point values may have; whole numbers must be equal.
    explicit SelfTestReport(double tolerance)
        : m_tolerance(tolerance)
    {
    }

    // Results that a name is given for have that limit, or none at all: they are not compared.
    void setLimits(std::map<std::string, std::optional<double>> limits);
    bool compares(const std::string& name) const;

    void setFixture(std::string name) { m_fixture = std::move(name); }
    // name: of the expected value. what: for the reader, when more than one thing has this name.
    void compare(const std::string& name, const torch::Tensor& actual,
                 const torch::Tensor& expected, const std::string& what = {});

    std::vector<SelfTestResult> results;

private:
    std::string m_fixture;
    double m_tolerance;
    std::map<std::string, std::optional<double>> m_limits;
};

} // namespace adtailor
