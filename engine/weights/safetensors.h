// SafetensorsFile: tensors by name from a safetensors file, and the writer of such files.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "weights/tensor_source.h"

#include <filesystem>
#include <map>
#include <string>

namespace adtailor {

// Opening reads and checks the header only.
class SafetensorsFile : public TensorSource
{
public:
    // FileNotFound, or FileCorrupt with what the file is instead.
    static SafetensorsFile open(const std::filesystem::path& path);
    explicit SafetensorsFile(std::shared_ptr<const InputFile> file);

    const std::map<std::string, std::string>& metadata() const { return m_metadata; }

private:
    std::map<std::string, std::string> m_metadata;
};

// Atomic: the old file stays on any failure. Tensors may live on any device and have any layout.
void writeSafetensors(const std::filesystem::path& path,
                      const std::map<std::string, torch::Tensor>& tensors,
                      const std::map<std::string, std::string>& metadata = {});

} // namespace adtailor
