// The names of published checkpoints' tensors, translated to this program's.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace adtailor {

// Starts the names of the image tokenizer.
inline constexpr const char* vqPrefix = "gen_vision_model.";

// Both layouts of Janus (deepseek-ai/Janus, and transformers' JanusForConditionalGeneration) to the
// names of UniAdGen, which are DeepSeek's. Empty for what ads do not need: the understanding tower
// and its aligner, counters and tables that are computed. Other names stay as they are.
std::string fromJanusName(const std::string& published);

} // namespace adtailor
