// MemoryPlan: how much memory a model will take, before it is loaded.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/model.h>
#include <adtailor/model_store.h>

#include <cstdint>
#include <string>
#include <vector>

namespace adtailor {

struct MemoryUse
{
    Precision precision = Precision::Float32;
    int ads = 4; // in one batch
    bool guidance = true; // classifier-free guidance doubles the rows
    bool operator==(const MemoryUse&) const = default;
};

struct MemoryPlan // bytes
{
    std::uint64_t weights = 0;
    std::uint64_t cache = 0; // keys and values of every row
    // What the stage that takes most needs beside the cache: prompts, drawing or decoding.
    std::uint64_t working = 0;
    std::uint64_t program = 0; // what the engine takes without a model
    std::uint64_t total() const { return weights + cache + working + program; }
};

MemoryPlan planMemory(const ModelDescription& model, const MemoryUse& use);

enum class MemoryFit { Fits, Tight, No };
MemoryFit memoryFit(std::uint64_t needed, std::uint64_t available); // tight: over 85 %

// One change and what it frees.
struct MemoryKnob
{
    MemoryUse use; // with the change made
    std::uint64_t freed = 0;
};
std::vector<MemoryKnob> memoryKnobs(const ModelDescription& model, const MemoryUse& use);

struct MemoryRoom // of one device
{
    std::string device; // as EngineOptions::device takes it
    std::uint64_t total = 0, available = 0; // bytes
};

MemoryRoom mainMemory(); // within the limits of this process' group
// The main memory, then the GPUs whose driver answers.
std::vector<MemoryRoom> memoryRooms();

} // namespace adtailor
