// ModelInfo and EngineOptions: which model, and how to run it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

namespace adtailor {

enum class Precision { Float32, BFloat16, Float16 };

struct EngineOptions
{
    std::string device = "cpu"; // torch's names: cpu, cuda, cuda:1
    Precision precision = Precision::Float32;
    int threads = 0; // 0 = physical cores
};

struct ModelInfo
{
    std::string name;
    std::string quality; // "demo" is shown wherever the model's output is shown
    std::string hash; // SHA-256 of the weights file, hex
    std::string device;
    int imageSize = 0; // pixels
    int gridSide = 0; // image tokens per side
    int historyLength = 0; // items the model reads
    std::int64_t parameters = 0;
};

} // namespace adtailor
