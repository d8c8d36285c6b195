// checkRequest: refuses at the door what no ad can be made of, with one sentence for each reason.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/config.h"

#include <adtailor/generation.h>

namespace adtailor {

// Throws Failure(InvalidInput).
void checkRequest(const GenerationRequest& request, const UniAdGenConfig& config);
// The part that extraction of preferences needs.
void checkHistory(const Brief& brief, const PreferenceOptions& options);

} // namespace adtailor
