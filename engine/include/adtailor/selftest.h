// selfTest: replays the parity fixtures on a device and reports the largest difference of each.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/error.h>
#include <adtailor/job.h>
#include <adtailor/model.h>

#include <filesystem>
#include <string>
#include <vector>

namespace adtailor {

struct SelfTestResult
{
    std::string fixture, what; // "vq", "decoded64_every4"
    double difference = 0; // largest |ours - expected|; of whole numbers, how many are not equal
    double tolerance = 0;
    bool passed() const { return difference <= tolerance; }
};

// fixtures: the folder with *.safetensors that independent Python wrote. device: torch's name.
Result<std::vector<SelfTestResult>> selfTest(const std::filesystem::path& fixtures,
                                             const std::string& device, const JobControl& job = {});

// Loads a published model and compares it with what an independent program computed on the same
// files (written by tests/parity). Device "meta" compares names and shapes only, without memory:
// no results then, or ModelMismatch.
Result<std::vector<SelfTestResult>> checkModel(const std::filesystem::path& model,
                                               const std::filesystem::path& expected,
                                               const EngineOptions& options,
                                               const JobControl& job = {});

} // namespace adtailor
