// The config.json of published Janus models, translated to this program's sizes.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/config.h"

namespace adtailor {

// Whether the file says that it belongs to a Janus of DeepSeek or of transformers.
bool isJanusConfig(const nlohmann::json& json);

// No control branch and no preference extraction: the base model has none. Throws
// Failure(FileCorrupt) naming the key for broken files, ModelMismatch for variants with parts that
// this program does not have.
UniAdGenConfig parseJanusConfig(const nlohmann::json& json);

} // namespace adtailor
