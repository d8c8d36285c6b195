// train: the public door of the training stages.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/failure.h"
#include "engine_error.h"
#include "training/ad_task.h"
#include "training/run_config.h"
#include "training/training_loop.h"
#include "training/vq_task.h"

#include <adtailor/training.h>

#include <ATen/Parallel.h>

namespace adtailor {

namespace {

std::unique_ptr<TrainingTask> makeTask(const RunConfig& config, const TrainingImages& images,
                                       const JobControl& job)
{
    if (config.stage == TrainingStage::Vq)
        return makeVqTask(config, images, job);
    return makeAdTask(config, images, job);
}

} // namespace

Result<TrainingOutcome> train(const std::filesystem::path& runFolder, const TrainingImages& images,
                              const TrainingObserver& observer, const JobControl& job)
{
    return guarded(
        [&] {
            const RunConfig config = readRunConfig(runFolder);
            const RunFolder folder(runFolder);
            folder.checkInputs(config, job);
            if (config.threads > 0)
                at::set_num_threads(config.threads);
            at::manual_seed(config.seed);
            const auto task = makeTask(config, images, job);
            folder.writeSkipped(task->skipped());
            return runTraining(folder, config, *task, observer, job);
        },
        engineError);
}

} // namespace adtailor
