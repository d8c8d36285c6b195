// TextModel: a published text model that answers as an assistant (Qwen2.5, Qwen3, DeepSeek-R1-
// Distill): the same decoder as the title's, loaded from transformers' layout.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/language_model.h"
#include "weights/tensor_source.h"

#include <adtailor/job.h>

#include <filesystem>
#include <vector>

namespace adtailor {

enum class TextModelKind { Qwen2, Qwen3, Llama };

struct TextModelSource
{
    // A folder, an entry of a Hugging Face cache, or a weights file with its config.json beside it.
    // Reads headers only. FileNotFound, FileCorrupt, or ModelMismatch for a model with parts that
    // this program does not have.
    static TextModelSource open(const std::filesystem::path& path);

    std::filesystem::path folder;
    TextModelKind kind = TextModelKind::Llama;
    LanguageModelConfig config;
    bool tiedHead = false; // the head is the embedding table
    std::vector<std::int32_t> endTokens; // of config.json and generation_config.json
    std::vector<std::filesystem::path> weights;
    TensorSource tensors{ {} };
};

// Throws ModelMismatch when names, shapes or types do not fit config.json.
LanguageModel loadTextModel(const TextModelSource& source, torch::ScalarType dtype,
                            torch::Device device, const JobControl& job = {});

} // namespace adtailor
