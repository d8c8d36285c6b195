// train, estimateTraining, forkRun: the public door of the training stages.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/failure.h"
#include "core/input_file.h"
#include "core/limits.h"
#include "core/seconds_since.h"
#include "core/sha256.h"
#include "engine_error.h"
#include "models/control_image.h"
#include "training/ad_sources.h"
#include "training/ad_task.h"
#include "training/adapter_folder.h"
#include "training/lineage.h"
#include "training/pbs_task.h"
#include "training/run_config.h"
#include "training/scene_images.h"
#include "training/training_loop.h"
#include "training/vq_task.h"

#include <adtailor/memory_plan.h>
#include <adtailor/training.h>

#include <ATen/Parallel.h>

#include <algorithm>
#include <chrono>
#include <span>
#include <sys/resource.h>

namespace adtailor {

namespace {

namespace fs = std::filesystem;

constexpr std::int64_t estimatedExamples = 16; // as many as an estimate reads

std::unique_ptr<TrainingTask> makeTask(const RunConfig& config, const TrainingImages& images,
                                       const JobControl& job)
{
    if (config.threads > 0)
        at::set_num_threads(config.threads);
    at::manual_seed(config.seed);
    if (config.stage == TrainingStage::Vq)
        return makeVqTask(config, images, job);
    if (config.stage == TrainingStage::Pbs)
        return makePbsTask(config, images, job);
    return makeAdTask(config, images, job);
}

std::uint64_t peakMemory()
{
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;
}

struct DataSize
{
    std::int64_t examples = 0, pictures = 0;
    std::int64_t bytes = 0; // of tensors held in memory
    std::vector<std::string> skipped;
};

DataSize pictureDataSize(const RunConfig& config)
{
    const auto scenes = readSceneIndex(config.scenes);
    DataSize size;
    size.pictures = std::ranges::count(scenes, "train", &Scene::split);
    if (config.exampleLimit > 0)
        size.pictures = std::min(size.pictures, static_cast<std::int64_t>(config.exampleLimit));
    size.examples = size.pictures;
    const std::int64_t side
        = config.pbs ? config.pbs->encoder.resizedSide() : config.model.imageSize;
    size.bytes = size.pictures * 3 * side * side;
    return size;
}

DataSize dataSize(const RunConfig& config, const JobControl& job)
{
    if (readsPicturesOnly(config.stage))
        return pictureDataSize(config);
    auto data = measureAdData(adSources(config, job).training, job);
    DataSize size{ .examples = data.records,
                   .pictures = data.pictures,
                   .skipped = std::move(data.skipped) };
    std::int64_t codes = config.model.imageTokens();
    if (config.model.preference)
        codes += config.model.preference->imageTokens();
    size.bytes = data.pictures * codes * static_cast<std::int64_t>(sizeof(std::int64_t));
    if (config.model.control) {
        const std::int64_t side = controlSourceSide(config.model);
        size.bytes += data.controls * 3 * side * side;
    }
    return size;
}

TrainingEstimate estimate(RunConfig config, const TrainingImages& images, const JobControl& job)
{
    TrainingEstimate result{ .steps = config.steps, .machineBytes = mainMemory().total };
    config.exampleLimit = static_cast<std::size_t>(std::max(estimatedExamples, config.batch));
    const auto start = std::chrono::steady_clock::now();
    const auto task = makeTask(config, images, job);
    const double seconds = secondsSince(start);
    result.secondsPerStep = measureStep(config, *task);
    std::uint64_t weights = 0;
    for (const auto& [name, weight] : task->trainedWeights()) {
        result.trainedParameters += weight.numel();
        weights += weight.nbytes();
    }
    result.checkpointBytes = weights * (config.emaDecay > 0 ? 4 : 3); // and both moments
    const DataSize part = dataSize(config, job);
    config.exampleLimit = 0;
    const DataSize whole = dataSize(config, job);
    result.examples = whole.examples;
    result.secondsOfData = seconds * static_cast<double>(whole.pictures)
        / static_cast<double>(std::max<std::int64_t>(1, part.pictures));
    result.memoryBytes = peakMemory() + static_cast<std::uint64_t>(whole.bytes - part.bytes);
    result.skipped = readsPicturesOnly(config.stage) ? task->skipped() : whole.skipped;
    return result;
}

// Which settings help; torch's own words do not say that.
Error trainingError()
{
    Error error = engineError();
    if (error.code == ErrorCode::OutOfMemory)
        error.detail = "Out of memory: the training held "
            + std::to_string(peakMemory() / 1'000'000) + " MB of this machine's "
            + std::to_string(mainMemory().total / 1'000'000)
            + " MB. Switch on \"gradient_checkpointing\", lower lora's \"rank\", or lower "
              "\"batch\" in run.json and raise \"accumulation\" as much. The last checkpoint is "
              "kept.";
    return error;
}

// The first rank encodes the pictures; the others find what it kept.
std::unique_ptr<TrainingTask> makeTaskInTurn(const RunConfig& config, const TrainingImages& images,
                                             const JobControl& job, const Ranks& ranks)
{
    if (!ranks.isFirst())
        ranks.barrier();
    auto task = makeTask(config, images, job);
    if (ranks.isFirst())
        ranks.barrier();
    return task;
}

void requireSameData(const RunConfig& config, const TrainingTask& task, const Ranks& ranks,
                     const fs::path& runFolder, const JobControl& job)
{
    if (ranks.count() == 1)
        return;
    std::string text = readTextFile(runFolder / "run.json", limits::jsonStringBytes)
        + RunFolder::inputHashes(config, job);
    for (const std::string& sentence : task.skipped())
        text += sentence;
    const std::string hash = sha256Hex(std::as_bytes(std::span(text))).substr(0, 15); // 60 bits
    const auto mine = static_cast<std::int64_t>(std::stoull(hash, nullptr, 16));
    const bool isHighest = ranks.highest(mine) == mine;
    const bool isLowest = -ranks.highest(-mine) == mine;
    if (!isHighest || !isLowest)
        throw Failure(ErrorCode::InvalidInput,
                      "Rank " + std::to_string(ranks.rank())
                          + " reads other settings or data than the others. Give all processes of "
                            "this run the same run.json and files.");
}

TrainingOutcome trainTogether(const fs::path& runFolder, const TrainingImages& images,
                              const TrainingObserver& observer, const JobControl& job)
{
    RunConfig config = readRunConfig(runFolder, images.findModel);
    const Ranks ranks = Ranks::join();
    config.rank = ranks.rank();
    config.ranks = ranks.count();
    if (config.ranks > 1 && readsPicturesOnly(config.stage))
        throw Failure(ErrorCode::InvalidInput,
                      "The stages vq and pbs train in one process. Start them without torchrun.");
    const RunFolder folder = ranks.isFirst() ? RunFolder(runFolder) : RunFolder::ofOther(runFolder);
    if (ranks.isFirst())
        folder.checkInputs(config, job);
    const auto task = makeTaskInTurn(config, images, job, ranks);
    if (ranks.isFirst())
        folder.keepSkipped(task->skipped());
    if (ranks.isFirst() && config.lora)
        writeLineage(runFolder, config, task->users());
    requireSameData(config, *task, ranks, runFolder, job);
    return runTraining(folder, config, *task, observer, job, ranks);
}

} // namespace

Result<TrainingOutcome> train(const fs::path& runFolder, const TrainingImages& images,
                              const TrainingObserver& observer, const JobControl& job)
{
    return guarded([&] { return trainTogether(runFolder, images, observer, job); }, trainingError);
}

Result<TrainingEstimate> estimateTraining(const fs::path& runFolder, const TrainingImages& images,
                                          const JobControl& job)
{
    return guarded(
        [&] { return estimate(readRunConfig(runFolder, images.findModel), images, job); },
        trainingError);
}

Result<void> exportAdapter(const fs::path& runFolder, std::int64_t step, const fs::path& target,
                           const ModelFinder& findModel)
{
    return guarded(
        [&] { exportCheckpoint(runFolder, readRunConfig(runFolder, findModel), step, target); });
}

Result<void> forkRun(const fs::path& from, const fs::path& to)
{
    return guarded([&] { RunFolder::fork(from, to); });
}

} // namespace adtailor
