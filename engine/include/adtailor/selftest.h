// selfTest: replays the parity fixtures on a device and reports the largest difference of each.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/error.h>
#include <adtailor/job.h>

#include <filesystem>
#include <string>
#include <vector>

namespace adtailor {

struct SelfTestResult
{
    std::string fixture, what; // "vq", "decoded pixels"
    double difference = 0; // largest |ours - expected| / (1 + |expected|)
    double tolerance = 0;
    bool passed() const { return difference <= tolerance; }
};

// fixtures: the folder with *.safetensors that independent Python wrote. device: torch's name.
Result<std::vector<SelfTestResult>> selfTest(const std::filesystem::path& fixtures,
                                             const std::string& device, const JobControl& job = {});

} // namespace adtailor
