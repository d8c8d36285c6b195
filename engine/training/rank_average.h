// averageOverRanks: makes one step of all processes' gradients and losses.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/ranks.h"
#include "training/training_task.h"

namespace adtailor {

// In place, the mean over the ranks; the same on all of them afterwards, to the bit. finite: false
// everywhere when it is false anywhere. A weight that got a gradient on some ranks only has zeros
// on the others; one that got none anywhere stays without.
void averageOverRanks(const Ranks& ranks, const NamedTensors& weights,
                      std::map<std::string, double>& losses, bool& finite);

} // namespace adtailor
