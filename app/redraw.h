// Redraw: what of a finished or stopped ad may stay when it is made again.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/models/ad_list_model.h"

#include <optional>

namespace adtailor {

// Tokens a side of the ad's picture; 0: not known (an ad without tokens).
int gridSideOf(const AdItem& ad);
// Whole rows of the picture that can be kept.
int rowsToKeep(const AdItem& ad);
// Keeps that many rows from the top; all rows: only the title is written. False: not so many.
bool keepRows(GenerationRequest& request, const AdItem& ad, int rows);
// One ad, made exactly as its batch made it: the same title and picture draws, the same masks.
GenerationRequest requestOf(const AdItem& ad);
// A stopped ad goes on where it was; the result is what it would have become. Nothing to go on
// from: nullopt.
std::optional<GenerationRequest> continuationOf(const AdItem& ad);

} // namespace adtailor
