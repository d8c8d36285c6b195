// What EngineOptions stand for: the model with its parts, the device, the element type, threads.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/model_source.h"

#include <adtailor/model.h>

#include <torch/types.h>

namespace adtailor {

// The model at `path` with everything that is added on top of it. Throws Failure.
ModelSource openModel(const std::filesystem::path& path, const EngineOptions& options);

// InvalidInput when the device is not known, not supported or not there.
torch::Device parseDevice(const std::string& name);
torch::ScalarType scalarType(Precision precision);
// Of the decoder's matrices; InvalidInput when the device has no such products.
std::optional<QuantizedType> quantizedType(Precision precision, torch::Device device);

// The same request must give the same bytes on every run. Sums are split by thread, so results
// are promised for one build and one number of threads.
void makeDeterministic(const EngineOptions& options);

} // namespace adtailor
