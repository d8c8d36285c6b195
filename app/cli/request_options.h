// The options of `generate` and `batch` that say how an ad is drawn.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "arguments.h"

#include <adtailor/generation.h>

#include <vector>

namespace adtailor::cli {

std::vector<Option> requestOptionList();
// Changes only what was given. Ranges are checked by the engine.
void applyRequestOptions(const Arguments& arguments, GenerationRequest& request);

} // namespace adtailor::cli
