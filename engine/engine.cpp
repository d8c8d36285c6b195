// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cpu_cores.h"
#include "core/failure.h"
#include "core/sha256.h"
#include "engine_error.h"
#include "generation/ad_generator.h"
#include "models/model_parts.h"
#include "weights/weights_identity.h"

#include <adtailor/engine.h>

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/detail/CUDAHooksInterface.h>
#include <c10/core/InferenceMode.h>

#include <cstdlib>
#include <span>

namespace adtailor {

namespace {

namespace fs = std::filesystem;

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
    case Precision::BFloat16:
        return torch::kBFloat16;
    case Precision::Float16:
        return torch::kFloat16;
    case Precision::Float32:
        break;
    }
    return torch::kFloat32;
}

// The same request must give the same bytes on every run. Sums are split by thread, so results
// are promised for one build and one number of threads.
void makeDeterministic(const EngineOptions& options)
{
    at::set_num_threads(options.threads > 0 ? options.threads : physicalCores());
    at::globalContext().setDeterministicAlgorithms(true, false);
    at::globalContext().setBenchmarkCuDNN(false);
    setenv("CUBLAS_WORKSPACE_CONFIG", ":4096:8", 0); // what cuBLAS needs for it
}

std::int64_t countParameters(const UniAdGen& network)
{
    std::int64_t count = 0;
    for (const auto& parameter : network->parameters())
        count += parameter.numel();
    return count;
}

fs::path tokenizerOf(const ModelSource& source)
{
    if (source.tokenizer.empty())
        throw Failure(ErrorCode::FileNotFound,
                      "The model folder " + source.folder.string()
                          + " has no tokenizer.json: copy the one that was published with the "
                            "model into it.");
    return source.tokenizer;
}

ModelSource openModel(const fs::path& path, const EngineOptions& options)
{
    ModelSource source = ModelSource::open(path);
    for (const ModelPart& part : options.parts)
        addPart(source, part.path, part.weight);
    tokenizerOf(source); // better now than after minutes of reading
    source.adapterMode = options.liveAdapters ? LoraMode::Live : LoraMode::Merged;
    return source;
}

// One hash for everything that decides the results.
std::string identityOf(const ModelSource& source, const JobControl& job)
{
    std::string identity = weightsIdentity(source.weights, job);
    if (source.adapters.empty())
        return identity;
    for (const ModelSource::Adapter& item : source.adapters) {
        const fs::path file = item.adapter.tensors.path();
        identity += ' ' + weightsIdentity({ file }, job) + ' ' + std::to_string(item.weight);
    }
    return sha256Hex(std::as_bytes(std::span(identity)));
}

} // namespace

struct Engine::Impl
{
    Impl(const ModelSource& source, const EngineOptions& options, const JobControl& job)
        : network(
            loadModel(source, scalarType(options.precision), parseDevice(options.device), job))
        , generator(network, BpeTokenizer::load(tokenizerOf(source)))
    {
        const UniAdGenConfig& config = network->config;
        info.name = config.name;
        info.quality = config.quality;
        info.hash = identityOf(source, job);
        info.device = options.device;
        info.imageSize = static_cast<int>(config.imageSize);
        info.gridSide = static_cast<int>(config.gridSide());
        info.historyLength
            = config.preference ? static_cast<int>(config.preference->historyLength) : 0;
        info.parameters = countParameters(network);
    }

    UniAdGen network;
    mutable AdGenerator generator; // torch modules know no const
    ModelInfo info;
};

Engine::Engine(std::unique_ptr<Impl> impl)
    : m_impl(std::move(impl))
{
}
Engine::Engine(Engine&&) noexcept = default;
Engine& Engine::operator=(Engine&&) noexcept = default;
Engine::~Engine() = default;

Result<Engine> Engine::load(const fs::path& bundle, const EngineOptions& options,
                            const JobControl& job)
{
    return guarded(
        [&] {
            makeDeterministic(options);
            return Engine(std::make_unique<Impl>(openModel(bundle, options), options, job));
        },
        engineError);
}

Result<PreferenceProfile> Engine::extractPreferences(const Brief& brief,
                                                     const PreferenceOptions& options,
                                                     std::uint64_t seed,
                                                     const JobControl& job) const
{
    return guarded([&] { return m_impl->generator.extractPreferences(brief, options, seed, job); },
                   engineError);
}

Result<std::vector<Ad>> Engine::generate(const GenerationRequest& request,
                                         const JobControl& job) const
{
    return guarded(
        [&] {
            auto ads = m_impl->generator.generate(request, job);
            for (Ad& ad : ads)
                ad.modelHash = m_impl->info.hash;
            return ads;
        },
        engineError);
}

const ModelInfo& Engine::info() const
{
    return m_impl->info;
}

} // namespace adtailor
