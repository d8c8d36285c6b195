// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/run_config.h"

#include "core/failure.h"
#include "core/strict_json.h"
#include "training/fine_tuning.h"

#include <nlohmann/json.hpp>

namespace adtailor {

namespace {

using nlohmann::json;
namespace fs = std::filesystem;

[[noreturn]] void refuseRun(const std::string& what)
{
    throw Failure(ErrorCode::InvalidInput, "run.json: " + what + ". Correct it and start again.");
}

template<typename T> void readField(const json& source, const char* key, T& value)
{
    if (!source.contains(key))
        return;
    try {
        source.at(key).get_to(value);
    } catch (const json::exception&) {
        refuseRun(std::string("\"") + key + "\" has the wrong type");
    }
}

void readPath(const json& source, const char* key, const fs::path& base, fs::path& value)
{
    std::string text;
    readField(source, key, text);
    if (!text.empty())
        value = base / text; // an absolute text replaces the base
}

TrainingStage stageOf(const std::string& name)
{
    if (name == "vq")
        return TrainingStage::Vq;
    if (name == "general")
        return TrainingStage::General;
    if (name == "personalised")
        return TrainingStage::Personalised;
    if (name == "pbs")
        return TrainingStage::Pbs;
    refuseRun("\"stage\" is \"" + name + "\", not vq, general, personalised or pbs");
}

void requirePath(const char* key, const fs::path& path)
{
    if (path.empty())
        refuseRun(std::string("\"") + key + "\" (a path) is missing");
}

bool isBfloat16(const json& source)
{
    std::string precision = "fp32";
    readField(source, "precision", precision);
    if (precision != "fp32" && precision != "bf16")
        refuseRun("\"precision\" is \"" + precision.substr(0, 40) + "\", not fp32 or bf16");
    return precision == "bf16";
}

void readObjective(const json& source, RunConfig& c)
{
    std::string objective = "next_token";
    readField(source, "objective", objective);
    if (objective == "next_token")
        return;
    if (objective != "dpo")
        refuseRun("\"objective\" is \"" + objective.substr(0, 40) + "\", not next_token or dpo");
    readField(source, "beta", c.dpoBeta.emplace(0.1));
    c.trainEmbedTokens = false;
}

void checkDpo(const RunConfig& c)
{
    if (!(*c.dpoBeta > 0))
        refuseRun("\"beta\" must be above 0; 0.1 is usual");
    if (!c.lora)
        refuseRun("the objective dpo compares with a frozen base: give \"base\" and \"lora\"");
    if (!c.base->fresh.empty())
        refuseRun("the objective dpo goes on from a model that makes ads already, but \"base\" "
                  "lacks parts; train these first");
    if (c.batch < 1 || c.textBatch > 0)
        refuseRun("the objective dpo needs a batch of at least 1 and no text_batch");
}

void readLora(const json& source, RunConfig& c)
{
    if (!source.contains("lora"))
        return;
    const json& lora = source["lora"];
    if (!lora.is_object())
        refuseRun("\"lora\" has the wrong type");
    c.lora.emplace();
    readField(lora, "rank", c.lora->rank);
    readField(lora, "alpha", c.lora->alpha);
    readField(lora, "dropout", c.lora->dropout);
    readField(lora, "targets", c.lora->targets);
}

// The narrower side of a target layer, beyond which a rank only costs.
std::int64_t rankLimit(const std::string& target, const LanguageModelConfig& c)
{
    if (target == "k_proj" || target == "v_proj")
        return c.headDim() * c.keyValueHeads;
    if (target == "q_proj" || target == "o_proj")
        return c.hiddenSize;
    return std::min(c.hiddenSize, c.feedForwardSize);
}

void checkLora(const RunConfig& c)
{
    const LoraConfig& lora = *c.lora;
    if (!c.base)
        refuseRun("\"lora\" needs \"base\": the model that it changes");
    if (!(lora.alpha > 0) || !(lora.dropout >= 0 && lora.dropout < 1))
        refuseRun("lora's alpha must be above 0, its dropout in [0, 1)");
    if (lora.targets.empty())
        refuseRun(
            "lora's \"targets\" are empty; leave them out for q_proj, k_proj, v_proj, o_proj");
    for (const std::string& target : lora.targets) {
        if (std::ranges::find(loraTargets, target) == loraTargets.end())
            refuseRun(
                "lora's target \"" + target.substr(0, 40)
                + "\" is none of q_proj, k_proj, v_proj, o_proj, gate_proj, up_proj, down_proj");
        const std::int64_t largest = rankLimit(target, c.model.language);
        if (lora.rank < 1 || lora.rank > largest)
            refuseRun("lora's rank is " + std::to_string(lora.rank)
                      + ", but must lie between 1 and " + std::to_string(largest)
                      + ", the narrower side of " + target);
    }
    if (c.base->tiedHead && c.trainEmbedTokens)
        refuseRun("this base's head is its embedding table: an adapter would keep a trained table "
                  "apart from the head, and could not be loaded as it was trained; set "
                  "train_embed_tokens to false");
}

// A path as it stands or relative to the run folder, or else a name in the user's list.
fs::path findBase(const std::string& given, const fs::path& runFolder, const ModelFinder& find)
{
    const fs::path path = runFolder / given;
    if (fs::exists(path) || !find || given.find('/') != std::string::npos)
        return path;
    const auto found = find(given);
    return found ? *found : path; // opening it says what is wrong
}

// The base says what "model" and the tokenizer else would.
void readBase(const json& source, const fs::path& runFolder, const ModelFinder& find, RunConfig& c)
{
    std::string name;
    std::vector<std::string> parts;
    readField(source, "base", name);
    readField(source, "add", parts);
    readField(source, "train_embed_tokens", c.trainEmbedTokens);
    if (name.empty())
        refuseRun("\"base\" is empty; name a model's folder");
    std::vector<fs::path> add;
    for (const std::string& part : parts)
        add.push_back(runFolder / part);
    c.base = openBase(findBase(name, runFolder, find), add, c.stage,
                      source.value("model", json::object()));
    c.model = c.base->config;
    if (c.tokenizer.empty())
        c.tokenizer = c.base->tokenizer;
    if (c.instruction.empty() && fs::exists(c.base->folder / "instruction.txt"))
        c.instruction = c.base->folder / "instruction.txt";
}

void readPbs(const json& source, RunConfig& c)
{
    const json pbs = source.value("pbs", json());
    if (!pbs.is_object())
        refuseRun("\"pbs\" (the feature model's sizes) is missing");
    PbsTrainingConfig& p = c.pbs.emplace();
    VisionTransformerConfig& vision = p.encoder.vision;
    readField(pbs, "image_size", vision.imageSize);
    readField(pbs, "patch_size", vision.patch);
    readField(pbs, "hidden_size", vision.hiddenSize);
    readField(pbs, "num_hidden_layers", vision.layers);
    readField(pbs, "intermediate_size", vision.feedForwardSize);
    readField(pbs, "feature_size", p.encoder.featureSize);
    readField(pbs, "group", p.group);
    readField(pbs, "projector_size", p.projectorSize);
    readField(pbs, "temperature", p.temperature);
    readField(pbs, "momentum", p.momentum);
    readField(pbs, "sibling_views", p.siblingViews);
    readField(pbs, "freeze_backbone", p.freezeBackbone);
    vision.heads = vision.hiddenSize / 64; // as whoever loads the result will take them
}

void checkPbs(const RunConfig& c)
{
    const PbsTrainingConfig& p = *c.pbs;
    const VisionTransformerConfig& vision = p.encoder.vision;
    const auto within
        = [](std::int64_t value, std::int64_t most) { return value >= 1 && value <= most; };
    if (!within(vision.hiddenSize, 4096) || vision.hiddenSize % 64 != 0)
        refuseRun("pbs' hidden_size must be a multiple of 64, at most 4096");
    if (!within(vision.patch, 64) || !within(vision.imageSize, 1024)
        || vision.imageSize % vision.patch != 0)
        refuseRun("pbs' image_size must be a multiple of patch_size, at most 1024");
    if (!within(vision.layers, 64) || !within(vision.feedForwardSize, 16384)
        || !within(p.projectorSize, 16384) || !within(p.encoder.featureSize, 4096))
        refuseRun("pbs' num_hidden_layers, intermediate_size, projector_size or feature_size is "
                  "beyond any sane size");
    if (!within(p.group - 1, 63) || c.batch < 1)
        refuseRun(
            "pbs' group (pictures of one product) must be 2 to 64, batch (products) at least 1");
    if (!(p.temperature > 0) || !(p.momentum >= 0 && p.momentum < 1))
        refuseRun("pbs' temperature must be above 0, its momentum in [0, 1)");
    if (!(p.siblingViews >= 0 && p.siblingViews <= 1))
        refuseRun("pbs' sibling_views must lie between 0 and 1");
    if (p.freezeBackbone && c.initial.empty())
        refuseRun("freeze_backbone needs \"initial\": the ViT that stays as it is");
    if (c.emaDecay > 0 || c.earlyStopPatience > 0)
        refuseRun("ema_decay and early_stop_patience are not for the stage pbs, whose running "
                  "statistics belong to the last step");
}

void check(const RunConfig& c)
{
    if (c.steps < 1 || c.batch + c.textBatch < 1 || c.batch < 0 || c.textBatch < 0
        || c.accumulation < 1 || c.logEvery < 1 || c.checkpointEvery < 1 || c.validateEvery < 1)
        refuseRun("steps, batch, accumulation and the intervals must be at least 1");
    if (!(c.learningRate > 0) || !(c.clip > 0) || c.warmup < 0)
        refuseRun("learning_rate and clip must be above 0, warmup at least 0");
    if (!(c.preferenceRate >= 0))
        refuseRun("preference_rate must be at least 0");
    if (!(c.imageStartWeight > 0) || !(c.imageTokenNoise >= 0) || c.imageTokenNoise > 1)
        refuseRun("image_start_weight must be above 0, image_token_noise between 0 and 1");
    if (!(c.adversarialWeight >= 0) || c.adversarialWarmup < 1)
        refuseRun("adversarial_weight must be at least 0, adversarial_warmup at least 1");
    if (c.decoderOnly && c.initial.empty())
        refuseRun("decoder_only needs \"initial\": the tokenizer whose codes stay");
    if (!(c.emaDecay >= 0 && c.emaDecay < 1) || c.earlyStopPatience < 0)
        refuseRun("ema_decay must be in [0, 1), early_stop_patience at least 0");
    if (c.stage == TrainingStage::Personalised && !c.model.preference)
        refuseRun("a personalised run needs \"preference\" in its model");
    if (readsPicturesOnly(c.stage) && (c.base || c.lora))
        refuseRun("\"base\" and \"lora\" are of the stages general and personalised");
    if (readsPicturesOnly(c.stage) && (c.bfloat16 || c.gradientCheckpointing))
        refuseRun("\"precision\" and \"gradient_checkpointing\" are of the stages general and "
                  "personalised");
    if (c.base && !c.initial.empty())
        refuseRun("\"base\" and \"initial\" both say where to start; leave one out");
    if (c.lora)
        checkLora(c);
    if (c.pbs)
        checkPbs(c);
    if (c.dpoBeta)
        checkDpo(c);
    requirePath("scenes", c.scenes);
    if (readsPicturesOnly(c.stage))
        return;
    requirePath("records", c.records);
    requirePath("tokenizer", c.tokenizer);
}

} // namespace

RunConfig readRunConfig(const fs::path& runFolder, const ModelFinder& findModel)
{
    const fs::path file = runFolder / "run.json";
    const json source = readJsonFile(file, limits::jsonStringBytes);
    if (!source.is_object())
        refuseRun("it is not a JSON object");
    RunConfig c;
    std::string stage;
    readField(source, "stage", stage);
    c.stage = stageOf(stage);
    readField(source, "seed", c.seed);
    readField(source, "steps", c.steps);
    readField(source, "batch", c.batch);
    readField(source, "text_batch", c.textBatch);
    readField(source, "accumulation", c.accumulation);
    readField(source, "learning_rate", c.learningRate);
    readField(source, "minimum_learning_rate", c.minimumLearningRate);
    readField(source, "warmup", c.warmup);
    readField(source, "cosine", c.cosine);
    readField(source, "weight_decay", c.weightDecay);
    readField(source, "beta2", c.beta2);
    readField(source, "clip", c.clip);
    readField(source, "preference_rate", c.preferenceRate);
    readField(source, "ema_decay", c.emaDecay);
    readField(source, "word_substitution", c.wordSubstitution);
    readField(source, "condition_dropout", c.conditionDropout);
    readField(source, "history_dropout", c.historyDropout);
    readField(source, "prompt_dropout", c.promptDropout);
    readField(source, "text_weight", c.textWeight);
    readField(source, "image_weight", c.imageWeight);
    readField(source, "history_trains_embeddings", c.historyTrainsEmbeddings);
    readField(source, "image_start_weight", c.imageStartWeight);
    readField(source, "image_token_noise", c.imageTokenNoise);
    readField(source, "loss_on_prompt", c.lossOnPrompt);
    readField(source, "decoder_only", c.decoderOnly);
    readField(source, "adversarial_weight", c.adversarialWeight);
    readField(source, "adversarial_warmup", c.adversarialWarmup);
    readField(source, "log_every", c.logEvery);
    readField(source, "checkpoint_every", c.checkpointEvery);
    readField(source, "validate_every", c.validateEvery);
    readField(source, "early_stop_patience", c.earlyStopPatience);
    readField(source, "threads", c.threads);
    readField(source, "columns", c.columns);
    readPath(source, "scenes", runFolder, c.scenes);
    readPath(source, "records", runFolder, c.records);
    readPath(source, "held_out", runFolder, c.heldOut);
    readPath(source, "tokenizer", runFolder, c.tokenizer);
    readPath(source, "instruction", runFolder, c.instruction);
    readPath(source, "initial", runFolder, c.initial);
    readField(source, "gradient_checkpointing", c.gradientCheckpointing);
    c.bfloat16 = isBfloat16(source);
    readLora(source, c);
    if (c.stage == TrainingStage::Pbs)
        readPbs(source, c);
    else if (source.contains("base"))
        readBase(source, runFolder, findModel, c);
    else if (source.contains("model"))
        c.model = parseUniAdGenConfig(source["model"]);
    else
        refuseRun("\"model\" (the network's sizes) or \"base\" (a model to start from) is missing");
    readObjective(source, c);
    check(c);
    return c;
}

} // namespace adtailor
