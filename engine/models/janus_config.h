// The config.json of published Janus models, translated to this program's sizes.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/config.h"

namespace adtailor {

enum class ModelLayout {
    AdTailor, // config.json of this program
    DeepSeek, // deepseek-ai/Janus
    Transformers, // JanusForConditionalGeneration
};

// Whose config.json it is, as it says itself.
ModelLayout layoutOf(const nlohmann::json& json);

// No control branch and no preference extraction: the base model has none. Throws
// Failure(FileCorrupt) naming the key for broken files, ModelMismatch for variants with parts that
// this program does not have.
UniAdGenConfig parseJanusConfig(const nlohmann::json& json);

} // namespace adtailor
