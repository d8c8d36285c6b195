// Tensors of a file that torch.save wrote, read by a restricted reader of our own.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "weights/tensor_source.h"

#include <filesystem>
#include <memory>

namespace adtailor {

// Whether a file begins as torch.save's zip archives do.
bool isTorchZip(const InputFile& file);

// Names of nested dictionaries are joined by dots. No code is run, nothing is written, and the data
// stays in the file. FileCorrupt for everything but plain tensors (see readTensorPickle) stored as
// they are (see readStoredZip), in little-endian order.
TensorSource openTorchZip(std::shared_ptr<const InputFile> file);

} // namespace adtailor
