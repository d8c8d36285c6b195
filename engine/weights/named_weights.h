// Weights that are a function of their names and shapes alone, for test models too large to store.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/nn/module.h>

#include <string>

namespace adtailor {

// Fills every parameter, with `prefix` in front of the module's own names, exactly as the scripts
// that wrote the parity fixtures do (named_weight in tests/fixtures/oracle.py).
void fillByName(torch::nn::Module& module, const std::string& prefix);

} // namespace adtailor
