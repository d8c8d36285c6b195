// The tensors named in a Python pickle, read without running anything that it asks for.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace adtailor {

struct PickledTensor
{
    std::string name; // the keys of nested dictionaries, joined by dots
    std::string storageType; // "FloatStorage"
    std::string storageKey; // the file that holds its elements is called so
    std::int64_t storageElements = 0;
    std::int64_t offset = 0; // in elements, into the storage
    std::vector<std::int64_t> shape, strides;
};

// data.pkl of torch.save: dictionaries of tensors, numbers, texts, lists. It is walked by an
// interpreter of our own that knows the few opcodes and the six or so names such a file needs;
// a name is compared, never imported. Everything else is refused with FileCorrupt: other names,
// calls of anything else, objects with state, extensions, references to other than storages,
// nesting, memo and sizes beyond the limits. Numbers are not checked against the storage.
std::vector<PickledTensor> readTensorPickle(std::span<const std::byte> pickle,
                                            const std::string& file);

} // namespace adtailor
