// writeTinyBundle: a whole model folder of a tiny network, for tests that need any model at all.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

namespace adtailor {

// What is wrong with the weights file, for tests of bad models.
enum class BundleFault { None, Truncated, NotSafetensors, WrongShape, WrongName };

struct TinyBundleOptions
{
    int imageSize = 64; // pixels; (imageSize / 16)^2 tokens
    BundleFault fault = BundleFault::None;
};

// Weights are functions of their names, so two bundles of the same options are the same bytes.
void writeTinyBundle(const std::filesystem::path& folder, const TinyBundleOptions& options = {});

} // namespace adtailor
