// ModelInfo and EngineOptions: which model, and how to run it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace adtailor {

// Int8, Int4: the decoder's matrices so, everything else as BFloat16; CPU only.
enum class Precision { Float32, BFloat16, Float16, Int8, Int4 };

// What is added on top of a model: a Uni-AdGen checkpoint, DINOv2, a VQ-16 image tokenizer, or a
// PEFT adapter; its content says which.
struct ModelPart
{
    std::string path;
    double weight = 1; // of an adapter
};

struct EngineOptions
{
    std::string device = "cpu"; // torch's names: cpu, cuda, cuda:1
    Precision precision = Precision::Float32;
    int threads = 0; // 0 = physical cores
    std::vector<ModelPart> parts; // in this order
    bool liveAdapters = false; // beside the weights instead of merged into them
    std::string instructionFile; // the sentence the checkpoint was trained with; empty = our own
    // Folder of a BERT sentence encoder that compares titles (PSS). Empty: words and letters are
    // compared.
    std::filesystem::path sentenceEncoder;
};

struct ModelInfo
{
    std::string name;
    std::string quality; // "demo" is shown wherever the model's output is shown
    std::string hash; // SHA-256 of the weights file, hex
    std::string device;
    int imageSize = 0; // pixels
    int gridSide = 0; // image tokens per side
    int historyLength = 0; // items the model reads
    std::int64_t parameters = 0;
    std::string instruction; // with its four "{}"; empty = our own; see promptPieces
};

} // namespace adtailor
