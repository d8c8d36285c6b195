// SafetensorsFile: tensors by name from a safetensors file, and the writer of such files.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/input_file.h"
#include "core/safetensors_header.h"

#include <torch/types.h>

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

namespace adtailor {

// Opening reads and checks the header only; read() fetches one tensor with pread into its own
// memory. No mapping: a file that shrinks under us must be an error, not a SIGBUS.
class SafetensorsFile
{
public:
    // FileNotFound, or FileCorrupt with what the file is instead.
    static SafetensorsFile open(const std::filesystem::path& path);

    std::vector<std::string> names() const; // in the order of their data
    bool contains(const std::string& name) const { return m_index.contains(name); }
    torch::ScalarType dtype(const std::string& name) const;
    const std::vector<std::int64_t>& shape(const std::string& name) const;
    const std::map<std::string, std::string>& metadata() const { return m_header.metadata; }
    const std::filesystem::path& path() const { return m_file.path(); }

    // A contiguous CPU tensor of the stored type; ModelMismatch when there is no such name.
    torch::Tensor read(const std::string& name) const;

private:
    explicit SafetensorsFile(InputFile file);
    const TensorEntry& entry(const std::string& name) const;

    InputFile m_file;
    SafetensorsHeader m_header;
    std::uint64_t m_dataOffset = 0;
    std::unordered_map<std::string, std::size_t> m_index; // into m_header.tensors
};

// Throws Failure(FileCorrupt) naming the tensor when a value is NaN or infinite.
void requireFinite(const torch::Tensor& tensor, const std::string& name,
                   const std::filesystem::path& file);

// Atomic: the old file stays on any failure. Tensors may live on any device and have any layout.
void writeSafetensors(const std::filesystem::path& path,
                      const std::map<std::string, torch::Tensor>& tensors,
                      const std::map<std::string, std::string>& metadata = {});

} // namespace adtailor
