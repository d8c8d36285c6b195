// Training: one run, described by run.json in a run folder, resumable at any moment.
//
// A run folder holds run.json (all settings), metrics.jsonl (one line per logged step),
// checkpoints/step_N/ (written whole, then renamed), samples/ and a one-word file `control` that
// is read once per step: pause, resume or stop.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/error.h>
#include <adtailor/image.h>
#include <adtailor/job.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>

namespace adtailor {

struct TrainingStep
{
    std::int64_t step = 0; // finished steps
    std::int64_t total = 0;
    std::map<std::string, double> losses; // means since the last report, by name
    double gradientNorm = 0;
    double learningRate = 0;
    double secondsPerStep = 0;
};

// What the engine cannot do itself, because it links no image codec.
struct TrainingImages
{
    std::function<Result<Image>(const std::filesystem::path&)> load;
    std::function<Result<void>(const Image&, const std::filesystem::path&)> savePng;
};

using TrainingObserver = std::function<void(const TrainingStep&)>;

// Runs or resumes the run in `runFolder` until its last step, a stop, or an error. A run that is
// stopped keeps a checkpoint of its last step.
Result<void> train(const std::filesystem::path& runFolder, const TrainingImages& images,
                   const TrainingObserver& observer, const JobControl& job = {});

} // namespace adtailor
