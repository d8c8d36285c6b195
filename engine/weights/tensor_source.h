// TensorSource: named tensors that lie in one file or several, each read into its final memory.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/input_file.h"

#include <torch/types.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace adtailor {

// Where a tensor lies. Whoever fills it has checked that all of it is inside the file.
struct StoredTensor
{
    std::shared_ptr<const InputFile> file;
    std::uint64_t begin = 0; // of its first element, in bytes from the start of the file
    torch::ScalarType type = torch::kFloat32;
    std::vector<std::int64_t> shape;
    std::vector<std::int64_t> strides{}; // in elements; empty: row-major

    std::int64_t elements() const { return c10::multiply_integers(shape); }
};

// A table of names; no data is held. Files are read with pread, never mapped: one that shrinks
// under us must be an error, not a SIGBUS.
class TensorSource
{
public:
    // path: what sentences call the source: a file or a folder.
    explicit TensorSource(std::filesystem::path path)
        : m_path(std::move(path))
    {
    }

    const std::filesystem::path& path() const { return m_path; }
    const std::map<std::string, StoredTensor>& tensors() const { return m_tensors; }
    std::vector<std::string> names() const; // sorted
    bool contains(const std::string& name) const { return m_tensors.contains(name); }
    // ModelMismatch when there is no such name, here and below.
    const StoredTensor& at(const std::string& name) const;
    torch::ScalarType dtype(const std::string& name) const { return at(name).type; }
    const std::vector<std::int64_t>& shape(const std::string& name) const { return at(name).shape; }

    // A contiguous CPU tensor of the stored type.
    torch::Tensor read(const std::string& name) const;
    // Fills a contiguous tensor of the same shape and any type and device, without a second copy
    // of it in memory. FileCorrupt on NaN or infinity when checkFinite is set.
    void readInto(const std::string& name, const torch::Tensor& target, bool checkFinite) const;

    void add(std::string name, StoredTensor tensor);
    // The same tensors under other names; those renamed to nothing are left out.
    TensorSource renamed(const std::function<std::string(const std::string&)>& rename) const;
    // Takes over the tensors of `upper`, which replace those of the same names.
    void overlay(const TensorSource& upper);

private:
    std::filesystem::path m_path;
    std::map<std::string, StoredTensor> m_tensors;
};

// The memory of a contiguous CPU tensor.
std::span<std::byte> bytesOf(const torch::Tensor& tensor);

} // namespace adtailor
