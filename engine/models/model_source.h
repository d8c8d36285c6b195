// ModelSource: a model as it was published, opened and understood but not loaded; and loading it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/janus_config.h"
#include "models/lora_adapter.h"
#include "nn/quantized_weight.h"
#include "weights/tensor_source.h"

#include <adtailor/job.h>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace adtailor {

struct ModelSource
{
    // path: a folder, an entry of a Hugging Face cache, or a weights file with its config.json
    // beside it. Reads headers only. Throws Failure: FileNotFound, FileCorrupt or ModelMismatch.
    static ModelSource open(const std::filesystem::path& path);

    std::filesystem::path folder;
    ModelLayout layout = ModelLayout::AdTailor;
    UniAdGenConfig config;
    TensorSource tensors{ {} }; // under the names of UniAdGen, without what ads do not need
    std::vector<std::filesystem::path> weights; // the files they lie in
    std::filesystem::path tokenizer; // tokenizer.json; empty: there is none
    // Of Uni-AdGen checkpoints and of PEFT, see addPart; applied in this order.
    TensorSource lora{ {} };
    struct Adapter
    {
        LoraAdapter adapter;
        double weight = 1;
    };
    std::vector<Adapter> adapters;
    LoraMode adapterMode = LoraMode::Merged; // of `adapters`; `lora` is always merged
    bool tiedHead = false; // the language model's head is its embedding table
    // Starts of names that no file holds: parts that training makes. They load without memory.
    std::vector<std::string> fresh;

    // Names, shapes and types against the network, as one sentence; empty: all fits.
    std::string mismatch() const;
};

// The network with every weight read straight into its final memory: `dtype`, but float32 for the
// image tokenizer, whose codes and pixels lose too much in 16 bits and cost little.
// quantized: the decoder's matrices in that type instead, but its heads in 8 bits at least; rounded
// as soon as they are read, so that memory never holds both, unless adapters are merged first.
UniAdGen loadModel(const ModelSource& source, torch::ScalarType dtype, torch::Device device,
                   const JobControl& job = {}, std::optional<QuantizedType> quantized = {});

} // namespace adtailor
