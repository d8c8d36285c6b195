// RunConfig: the settings of one training run, as written in run.json.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/model_source.h"
#include "training/pbs_network.h"

#include <adtailor/pad1m.h>
#include <adtailor/training.h>

#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace adtailor {

enum class TrainingStage {
    Vq, // the image tokenizer
    General, // product -> title + picture, no history
    Personalised, // the same with history: adds mask generators and fusion
    Pbs // the feature model of PBS; see <adtailor/background_similarity.h>
};

// Stages that learn from the scenes' pictures alone: no records, tokenizer, base or adapter.
inline bool readsPicturesOnly(TrainingStage stage)
{
    return stage == TrainingStage::Vq || stage == TrainingStage::Pbs;
}

// The decoder's linear layers that can have a LoRA path.
inline constexpr std::array loraTargets
    = { "q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj" };

struct LoraConfig
{
    std::int64_t rank = 16;
    double alpha = 32; // the path counts alpha / rank
    double dropout = 0;
    std::vector<std::string> targets{ "q_proj", "k_proj", "v_proj", "o_proj" };
};

struct RunConfig
{
    TrainingStage stage = TrainingStage::Vq;
    std::uint64_t seed = 1;
    std::int64_t steps = 1000;
    std::int64_t batch = 4; // 0: titles only; stage pbs: products
    std::int64_t textBatch
        = 0; // further samples per step of which only the text is trained, all of it
    std::int64_t accumulation = 1;
    double learningRate = 5e-5; // peak
    double minimumLearningRate = 0; // end of the cosine
    std::int64_t warmup = 0; // steps, linear
    bool cosine = false; // else constant
    double weightDecay = 0.01;
    double beta2 = 0.999;
    double clip = 1.0; // global gradient norm
    double preferenceRate = 1.0; // share of the learning rate for mask generators and fusion
    double emaDecay = 0; // of the weights' moving average, which is then the result; 0: off
    double wordSubstitution = 0; // of the text-only samples; see CollatorOptions
    double conditionDropout = 0.1;
    double historyDropout = 0.1; // personalised stage: samples read without their history
    double promptDropout = 0.1; // whole prompt replaced by the negative one, for guidance
    double textWeight = 1.0, imageWeight = 1.0;
    // false: the history path leaves the token embeddings alone. Small fresh embeddings meet a norm
    // there, whose gradient would drown the rest.
    bool historyTrainsEmbeddings = true;
    double imageStartWeight = 1.0; // of the first image token; see jointLoss
    double imageTokenNoise = 0; // see CollatorOptions::imageNoise
    bool lossOnPrompt = false;
    bool decoderOnly = false; // vq stage: whole pictures, codes as they are
    double adversarialWeight = 0; // vq stage: of the PatchDiscriminator's word, once it is in full
    std::int64_t adversarialWarmup = 400; // steps until then
    std::int64_t logEvery = 20, checkpointEvery = 500, validateEvery = 500;
    std::int64_t earlyStopPatience = 0; // validations without a better held-out loss; 0: off
    int threads = 0;
    int rank = 0, ranks = 1; // of this process, and how many share each step; not in run.json
    std::size_t exampleLimit = 0; // only the first records or pictures, for estimates; 0: all

    // Paths are taken as they stand, or relative to the run folder.
    std::filesystem::path scenes; // folder with index.jsonl
    std::filesystem::path records; // train split, in any form that readPad1m takes
    std::filesystem::path heldOut; // valid split; empty: 5 % of the users of records
    Pad1mColumns columns; // of both
    std::filesystem::path tokenizer; // tokenizer.json
    std::filesystem::path instruction; // sentence with four {}; empty: our own
    std::filesystem::path initial; // safetensors to start from; empty: fresh weights
    UniAdGenConfig model;
    std::optional<PbsTrainingConfig> pbs; // of the stage pbs, which has no `model`

    // Fine-tuning: where the run starts instead of `initial`, with the parts it lacks planned.
    std::optional<ModelSource> base;
    std::optional<LoraConfig> lora; // empty: every weight is trained
    bool trainEmbedTokens = true; // beside LoRA: the whole table, as published
    bool gradientCheckpointing = false; // see RecomputeGuard
    std::optional<double>
        dpoBeta; // objective dpo: how far from the base; only LoRA is trained then
    bool bfloat16 = false; // matrix products of a training step; weights stay float32
};

// Reads runFolder/run.json, and the headers of its base. Throws Failure naming the key that is
// wrong. findModel: see TrainingImages.
RunConfig readRunConfig(const std::filesystem::path& runFolder, const ModelFinder& findModel = {});

} // namespace adtailor
