// One record of a data set as a request to the engine.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console.h"

#include <adtailor/generation.h>
#include <adtailor/model.h>
#include <adtailor/pad1m.h>

#include <filesystem>
#include <string>
#include <vector>

namespace adtailor::cli {

// pattern: everything but the brief; the seed grows by the record's number. The clicked ad itself
// is not read from the history. Where the record has similarities of its own, these choose the
// items; else all are handed on, and the engine computes similarities and chooses. console: for
// notes on the cutout; may be null.
GenerationRequest requestOf(const Pad1mRecord& record, const GenerationRequest& pattern,
                            int historyLength, Console* console);

// Titles of the history for a text model, oldest first, without the clicked ad's: those that PSS
// draws where the record has similarities, else the latest. count: at most so many.
std::vector<std::string> readTitles(const Pad1mRecord& record, PreferenceOptions options,
                                    int count);

// The cutout on the record's frame, RGBA, square.
Image placedCutout(const Pad1mRecord& record, Console* console);

// What makes the ads of a data set, as JSON: a folder that holds others is refused.
std::string requestSettings(const std::filesystem::path& input, const ModelInfo& model,
                            const GenerationRequest& pattern);

} // namespace adtailor::cli
