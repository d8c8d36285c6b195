// Which files of a folder hold a checkpoint's tensors, in every layout that checkpoints come in.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "weights/tensor_source.h"

#include <filesystem>
#include <vector>

namespace adtailor {

// The folder that `path` stands for: the snapshot inside an entry of a Hugging Face cache
// ("models--org--name"), the folder of a file, or the folder itself. FileNotFound when there is
// none.
std::filesystem::path checkpointFolder(const std::filesystem::path& path);

// One file, safetensors or torch.save's; its content decides, never its name.
TensorSource openTensorFile(const std::filesystem::path& path);

struct WeightFiles
{
    std::vector<std::filesystem::path> files;
    TensorSource tensors;
};

// The weights of a folder, in the order they are looked for: model.safetensors, its index of
// shards, the same as pytorch_model.bin, or any single .safetensors. A file is itself. FileNotFound
// when there is none; FileCorrupt when an index is broken, names a file outside the folder (links
// count as well) or one that is missing, or says of a tensor that it lies in another file.
WeightFiles openCheckpoint(const std::filesystem::path& path);

} // namespace adtailor
