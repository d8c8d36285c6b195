// Fixture: inputs, weights and expected results that a script of tests/fixtures has written.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/config.h"
#include "weights/named_weights.h"
#include "weights/safetensors.h"

#include <nlohmann/json_fwd.hpp>
#include <torch/nn/module.h>

#include <QTest>

#include <string>

namespace adtailor {

class Fixture
{
public:
    explicit Fixture(const std::string& name); // without .safetensors

    UniAdGenConfig config() const;
    nlohmann::json json() const;
    torch::Tensor operator[](const std::string& name) const; // bf16 comes as fp32
    bool contains(const std::string& name) const { return m_file.contains(name); }
    // The stored weights below `prefix` (original checkpoint names), in fp32, eval mode.
    void load(torch::nn::Module& module, const std::string& prefix) const;

private:
    SafetensorsFile m_file;
};

// Largest |actual - expected| / (1 + |expected|); infinity when the shapes differ or any value is
// not a number. It is printed, so that a run's log shows how far the two sides are apart.
double difference(const char* what, const torch::Tensor& actual, const torch::Tensor& expected);

} // namespace adtailor

#define COMPARE_TENSORS(actual, expected)                                                          \
    do {                                                                                           \
        const double apart = adtailor::difference(#expected, actual, expected);                    \
        QVERIFY2(apart <= 1e-5, qPrintable(QString("differs by %1").arg(apart)));                  \
    } while (false)
