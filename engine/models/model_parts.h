// What is published apart from a base model and added on top of it, in the order it is given.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/model_source.h"

#include <filesystem>

namespace adtailor {

// Beside an adapter in its folder: modules that were trained whole.
inline constexpr const char* trainedModulesFile = "trained_modules.safetensors";

// path: told apart by content, never by name:
// - a Uni-AdGen checkpoint (trainable_model_parameters.pth, or its folder checkpoint-N): its
// modules
//   and embeddings replace those before it, its LoRA matrices are merged when the model is loaded;
//   the sizes of its modules are read off their shapes;
// - DINOv2 in transformers' older or newer names, for the foreground perception;
// - LlamaGen's VQ-16 image tokenizer;
// - a PEFT adapter folder, times `weight`; modules that AdTailor trained whole beside it replace
//   those before.
// The public code's order is: base, DINOv2, first-stage checkpoint, final checkpoint. Throws
// Failure.
void addPart(ModelSource& source, const std::filesystem::path& path, double weight = 1);

} // namespace adtailor
