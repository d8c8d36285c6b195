// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine_model.h"

#include "core/cpu_cores.h"
#include "core/failure.h"
#include "models/model_parts.h"

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/detail/CUDAHooksInterface.h>

#include <cstdlib>

namespace adtailor {

ModelSource openModel(const std::filesystem::path& path, const EngineOptions& options)
{
    ModelSource source = ModelSource::open(path);
    for (const ModelPart& part : options.parts)
        addPart(source, part.path, part.weight);
    source.adapterMode = options.liveAdapters ? LoraMode::Live : LoraMode::Merged;
    return source;
}

torch::Device parseDevice(const std::string& name)
{
    const auto refuse = [&](const std::string& why) {
        throw Failure(ErrorCode::InvalidInput,
                      "The device \"" + name.substr(0, 40) + "\" " + why + "; use cpu.");
    };
    torch::Device device(torch::kCPU);
    try {
        device = torch::Device(name);
    } catch (const c10::Error&) {
        refuse("is not known");
    }
    if (device.is_cuda()
        && (!at::hasCUDA() || device.index() >= at::detail::getCUDAHooks().getNumGPUs()))
        refuse("is not in this machine, or its driver is missing");
    if (!device.is_cpu() && !device.is_cuda())
        refuse("is not supported");
    return device;
}

torch::ScalarType scalarType(Precision precision)
{
    switch (precision) {
    case Precision::Int8:
    case Precision::Int4:
    case Precision::BFloat16:
        return torch::kBFloat16;
    case Precision::Float16:
        return torch::kFloat16;
    case Precision::Float32:
        break;
    }
    return torch::kFloat32;
}

std::optional<QuantizedType> quantizedType(Precision precision, torch::Device device)
{
    if (precision != Precision::Int8 && precision != Precision::Int4)
        return std::nullopt;
    if (!device.is_cpu())
        throw Failure(ErrorCode::InvalidInput,
                      "Weights of 8 and 4 bits work on the CPU only; use --precision bfloat16.");
    return precision == Precision::Int8 ? QuantizedType::Int8 : QuantizedType::Int4;
}

void makeDeterministic(const EngineOptions& options)
{
    at::set_num_threads(options.threads > 0 ? options.threads : physicalCores());
    at::globalContext().setDeterministicAlgorithms(true, false);
    // Nothing here reads memory before it is written, so nobody needs to fill it first.
    at::globalContext().setDeterministicFillUninitializedMemory(false);
    at::globalContext().setBenchmarkCuDNN(false);
    setenv("CUBLAS_WORKSPACE_CONFIG", ":4096:8", 0); // what cuBLAS needs for it
}

} // namespace adtailor
