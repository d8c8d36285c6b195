// Fine-tuning: a published base model, of which a run trains LoRA paths, the foreground perception,
// the history parts and, if wanted, the token embeddings; all else is frozen.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/run_config.h"

#include <adtailor/job.h>

#include <nlohmann/json_fwd.hpp>

namespace adtailor {

// Foreground perception, its image encoder included; mask generators and fusion; a LoRA matrix.
bool isControlWeight(const std::string& name);
bool isPreferenceWeight(const std::string& name);
bool isLoraWeight(const std::string& name);

// The base with the parts of `add` on top. What it still lacks for its stage is planned as fresh,
// in the sizes that `sizes` gives ("control", "preference"), or else the paper's. Reads headers
// only.
ModelSource openBase(const std::filesystem::path& base,
                     const std::vector<std::filesystem::path>& add, TrainingStage stage,
                     const nlohmann::json& sizes);

// config.base with all weights in memory, fresh parts initialised and, with config.lora, LoRA paths
// added and everything frozen that does not train. Draws from torch's default generator.
UniAdGen loadBase(const RunConfig& config, const JobControl& job);

// Gives every target layer below `decoder` a path that starts as no change: A Kaiming-uniform with
// a = sqrt(5), B zero, as PEFT does.
void addTrainablePaths(torch::nn::Module& decoder, const LoraConfig& config);

} // namespace adtailor
