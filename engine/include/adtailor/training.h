// Training: one run, described by run.json in a run folder, resumable at any moment.
//
// A run folder holds run.json (all settings, see below), inputs.json (what the run read, by hash),
// metrics.jsonl (one line per logged step), checkpoints/step_N/ (written whole, then renamed),
// best.json (the step with the lowest held-out loss), samples/, skipped.txt (data that could not be
// used) and a one-word file `control` that is read once per step: pause, resume or stop. The result
// is model.safetensors, or for LoRA the PEFT folder adapter/ with lineage.json.
//
// Fine-tuning in run.json, stages general and personalised:
//   base      a model: path, relative to the run folder, or name in the user's list; it gives the
//             sizes and the tokenizer, so that "model", "initial" and "tokenizer" are left out
//   add       list of paths: what is added on top of it, as with --add (DINOv2, an earlier stage)
//   model     only the sizes ("control", "preference") of what base and parts do not have
//   lora      {rank 16, alpha 32, dropout 0, targets [q_proj, k_proj, v_proj, o_proj]}; without it
//             every weight is trained. With it: LoRA, foreground perception, history parts, and
//   train_embed_tokens   (true) the table of token embeddings
//   gradient_checkpointing   (false) keep only each layer's input: less memory, a third more time
//   objective   ("next_token") or "dpo": learn from pairs of ads, as a study exports them. Only
//   LoRA
//             is trained; "records" has rejected_f_path and rejected_title beside the ad that was
//             chosen, and beta (0.1) says how near to the base it stays
//   precision ("fp32") or "bf16": matrix products in bfloat16, weights and sums in float32
//
// Stage pbs trains the feature model of PBS on `scenes`, whose rows need "product" and "style";
// "batch" counts products. "initial" may name a ViT to start from. Instead of "model":
//   pbs   {image_size 224, patch_size 16, hidden_size 768, num_hidden_layers 12, intermediate_size
//         3072, feature_size 64, projector_size 4096, group 2 (pictures of a product), temperature
//         0.2, momentum 0.99, sibling_views 0 (share of second views that show another picture of
//         the same product and style), freeze_backbone false}
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
#include <vector>

namespace adtailor {

struct TrainingOutcome
{
    std::int64_t steps = 0; // finished, in all
    bool finished = false; // the result is written; else the run was stopped
    std::filesystem::path result; // of a finished run: model.safetensors, or adapter/
    bool stoppedEarly = false; // the held-out loss no longer fell
    std::int64_t bestStep = 0; // with the lowest held-out loss; 0: none yet
    std::vector<std::string> skipped; // what of the data could not be used, one sentence each
    bool isFirst = true; // false: another process of this run writes its folder and reports
};

struct TrainingStep
{
    std::int64_t step = 0; // finished steps
    std::int64_t total = 0;
    std::map<std::string, double> losses; // means since the last report, by name
    double gradientNorm = 0;
    double learningRate = 0;
    double secondsPerStep = 0;
};

// What a run would take, from two of its steps on a part of its data.
struct TrainingEstimate
{
    std::int64_t examples = 0; // records, or pictures of the tokenizer's stage
    std::int64_t steps = 0;
    std::int64_t trainedParameters = 0;
    double secondsPerStep = 0; // validations come on top
    double secondsOfData = 0; // to read and encode the data; less when that was done before
    std::uint64_t memoryBytes = 0; // resident at the highest
    std::uint64_t machineBytes = 0; // what this machine has
    std::uint64_t checkpointBytes = 0; // up to three are kept
    std::vector<std::string> skipped; // data that cannot be used, one sentence each
};

// The folder of a model by its name in the user's list.
using ModelFinder = std::function<Result<std::filesystem::path>(const std::string& name)>;

// What the engine cannot do itself: it links no image codec and knows no list of models.
struct TrainingImages
{
    std::function<Result<Image>(const std::filesystem::path&)> load;
    std::function<Result<void>(const Image&, const std::filesystem::path&)> savePng;
    ModelFinder findModel; // empty: run.json's "base" is a path
    // Feature model of PBS that the samples are scored with, for metrics.jsonl: "sample_pbs" to the
    // clicked ads, "sample_pbs_history" to the clicks before them. Empty: they are not scored.
    std::filesystem::path pbsModel;
};

using TrainingObserver = std::function<void(const TrainingStep&)>;

// Runs or resumes the run in `runFolder` until its last step, a stop, or an error. A run that is
// stopped keeps a checkpoint of its last step. Started several times with RANK, WORLD_SIZE,
// MASTER_ADDR and MASTER_PORT set, as torchrun does, the processes train together: "batch" is then
// the share of each.
Result<TrainingOutcome> train(const std::filesystem::path& runFolder, const TrainingImages& images,
                              const TrainingObserver& observer, const JobControl& job = {});

// Writes nothing.
Result<TrainingEstimate> estimateTraining(const std::filesystem::path& runFolder,
                                          const TrainingImages& images, const JobControl& job = {});

// Makes the folder `target` of a checkpoint of a LoRA run, as adapter/ is made of the last one: a
// PEFT folder that --add takes. step 0: the best one, or the newest when none is marked.
Result<void> exportAdapter(const std::filesystem::path& runFolder, std::int64_t step,
                           const std::filesystem::path& target, const ModelFinder& findModel = {});

// Copies the settings and the newest checkpoint of `from` into the new folder `to`, where a run
// goes on from them although its inputs are others now.
Result<void> forkRun(const std::filesystem::path& from, const std::filesystem::path& to);

} // namespace adtailor
