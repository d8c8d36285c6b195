// Reads named tensors into a module, and says which names do not fit.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "weights/tensor_source.h"

#include <adtailor/job.h>

#include <torch/nn/module.h>

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace adtailor {

struct StateDictRules
{
    // In front of every name of the module in the file, for example "language_model.". Names of
    // the file without it belong to other modules and are not looked at.
    std::string prefix;
    // Name in the module (without prefix) to name in the file (without prefix); empty: the same.
    std::function<std::string(const std::string&)> rename;
    // Starts of module names that the file may lack; they keep their values.
    std::vector<std::string> optional;
    // Starts of file names (with prefix) that nobody needs; every other surplus name is an error.
    std::vector<std::string> ignored;
    bool checkFinite = true; // NaN and infinity are refused
    // Where and as what a tensor gets its memory that was made without (see DeferredInit).
    std::function<torch::TensorOptions(const std::string&)> place;
    // Called with the name of each tensor that has been read.
    std::function<void(const std::string&)> loaded;
};

// Every parameter and buffer is found by name and converted to the module's own float type, or the
// one that `place` asks for. All names, shapes and types are compared before the first byte of data
// is read: ModelMismatch names the first few that are missing, unexpected or of another shape. The
// data is read in the order of the files. Reports LoadModel progress.
void loadStateDict(torch::nn::Module& module, const TensorSource& source,
                   const StateDictRules& rules = {}, const JobControl& job = {});

// The comparison alone.
void requireFit(const torch::nn::Module& module, const TensorSource& source,
                const StateDictRules& rules = {});

// "[2, 3]", for sentences.
std::string shapeText(torch::IntArrayRef shape);

// Parameters and buffers by name, with `prefix` in front; the tensors are shared, not copied.
std::map<std::string, torch::Tensor> stateDict(const torch::nn::Module& module,
                                               const std::string& prefix = {});

} // namespace adtailor
