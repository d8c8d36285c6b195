// LoraAdapter: low-rank changes of a model's linear layers, from a PEFT folder or a checkpoint.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/uni_adgen.h"
#include "weights/tensor_source.h"

#include <filesystem>
#include <string>
#include <vector>

namespace adtailor {

struct LoraAdapter
{
    struct Pair
    {
        std::string layer; // a linear layer of UniAdGen
        std::string down, up; // names in `tensors`: A [r, in] and B [out, r]
        double scale = 1;
    };

    // A folder with adapter_config.json and adapter_model.safetensors (or .bin). Its config is data
    // only. Throws Failure: FileNotFound; FileCorrupt for what is no such folder; ModelMismatch for
    // kinds of adapters that change more than plain low-rank matrices do.
    static LoraAdapter open(const std::filesystem::path& folder);
    // The pairs "layer.lora_A.NAME.weight", "layer.lora_B.NAME.weight" among a Uni-AdGen
    // checkpoint's tensors. It states no alpha; the public code's is 32.
    static LoraAdapter inCheckpoint(const TensorSource& tensors);

    // One sentence with the layers that the model lacks or that have another shape; empty: all fit.
    std::string mismatch(const UniAdGen& network) const;

    std::string name; // for sentences
    std::string base; // the model it was made for, as its config states it
    TensorSource tensors{ {} };
    std::vector<Pair> pairs;
};

enum class LoraMode {
    Merged, // added to the weights: costs nothing afterwards
    Live // side paths: the weights stay as they are
};

// weight: a factor for the whole adapter. Several may be applied, one after the other. Layers whose
// forward pass knows no side paths (heads and aligners) are always merged.
void applyLora(UniAdGen& network, const LoraAdapter& adapter, double weight, LoraMode mode);

} // namespace adtailor
