// Precompiled header of the engine: the parts of LibTorch that nearly every source uses.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/nn/cloneable.h>
#include <torch/nn/module.h>
#include <torch/nn/modules/container/modulelist.h>
#include <torch/nn/modules/conv.h>
#include <torch/nn/modules/dropout.h>
#include <torch/nn/modules/embedding.h>
#include <torch/nn/modules/linear.h>
#include <torch/nn/modules/normalization.h>
#include <torch/nn/pimpl.h>
#include <torch/types.h>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>
