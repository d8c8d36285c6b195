// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/failure.h"
#include "core/sha256.h"
#include "engine_error.h"
#include "engine_model.h"
#include "generation/ad_generator.h"
#include "preference/sentence_encoder.h"
#include "weights/weights_identity.h"

#include <adtailor/engine.h>

#include <c10/core/InferenceMode.h>

#include <span>

namespace adtailor {

namespace {

namespace fs = std::filesystem;

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
    return sha256Hex(identity);
}

// The user's file, or the one of a bundle that was trained with another sentence than ours.
Instruction loadInstruction(const fs::path& bundle, const EngineOptions& options)
{
    if (!options.instructionFile.empty())
        return Instruction::load(options.instructionFile);
    const fs::path file = bundle / "instruction.txt";
    return fs::exists(file) ? Instruction::load(file) : Instruction::own();
}

std::shared_ptr<SentenceEncoder> loadEncoder(const EngineOptions& options, const JobControl& job)
{
    if (options.sentenceEncoder.empty())
        return nullptr;
    return std::make_shared<SentenceEncoder>(options.sentenceEncoder, parseDevice(options.device),
                                             job);
}

} // namespace

struct Engine::Impl
{
    Impl(const ModelSource& source, const EngineOptions& options, const JobControl& job)
        : network(
            loadModel(source, scalarType(options.precision), parseDevice(options.device), job,
                      quantizedType(options.precision, parseDevice(options.device))))
        , generator(network, BpeTokenizer::load(tokenizerOf(source)),
                    loadInstruction(source.folder, options), loadEncoder(options, job))
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
        info.instruction = generator.instruction().text();
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
            const ModelSource source = openModel(bundle, options);
            tokenizerOf(source); // better now than after minutes of reading
            return Engine(std::make_unique<Impl>(source, options, job));
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
