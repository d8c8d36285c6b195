// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cpu_cores.h"
#include "core/failure.h"
#include "core/input_file.h"
#include "core/sha256.h"
#include "core/strict_json.h"
#include "engine_error.h"
#include "generation/ad_generator.h"
#include "weights/state_dict.h"

#include <adtailor/engine.h>

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/detail/CUDAHooksInterface.h>
#include <c10/core/InferenceMode.h>
#include <nlohmann/json.hpp>

#include <cstdlib>

namespace adtailor {

namespace {

namespace fs = std::filesystem;

fs::path bundleFile(const fs::path& bundle, const char* name)
{
    fs::path file = bundle / name;
    if (!fs::is_regular_file(file))
        throw Failure(ErrorCode::FileNotFound,
                      "The model folder " + bundle.string() + " has no " + name
                          + "; a model is a folder with config.json, tokenizer.json and "
                            "model.safetensors.");
    return file;
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

UniAdGen loadNetwork(const fs::path& bundle, const EngineOptions& options, const JobControl& job)
{
    const torch::Device device = parseDevice(options.device);
    const fs::path configFile = bundleFile(bundle, "config.json");
    const auto config = parseUniAdGenConfig(
        parseStrictJson(readTextFile(configFile, limits::jsonStringBytes), configFile.string()));
    UniAdGen network(config);
    loadStateDict(*network, SafetensorsFile::open(bundleFile(bundle, "model.safetensors")), {},
                  job);
    network->eval();
    network->to(device, scalarType(options.precision));
    // Codes and pixels lose too much in 16 bits, and cost little.
    network->gen_vision_model->to(torch::kFloat32);
    return network;
}

} // namespace

struct Engine::Impl
{
    Impl(const fs::path& bundle, const EngineOptions& options, const JobControl& job)
        : network(loadNetwork(bundle, options, job))
        , generator(network, BpeTokenizer::load(bundleFile(bundle, "tokenizer.json")))
    {
        const UniAdGenConfig& config = network->config;
        info.name = config.name;
        info.quality = config.quality;
        info.hash = sha256HexOfFile(bundle / "model.safetensors", job);
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
            if (!fs::is_directory(bundle))
                throw Failure(ErrorCode::FileNotFound,
                              "There is no model folder " + bundle.string()
                                  + "; choose one with --model.");
            makeDeterministic(options);
            return Engine(std::make_unique<Impl>(bundle, options, job));
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
