// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/run_config.h"

#include "core/failure.h"
#include "core/input_file.h"
#include "core/strict_json.h"

#include <nlohmann/json.hpp>

namespace adtailor {

namespace {

using nlohmann::json;

[[noreturn]] void refuse(const std::string& what)
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
        refuse(std::string("\"") + key + "\" has the wrong type");
    }
}

void readPath(const json& source, const char* key, const std::filesystem::path& base,
              std::filesystem::path& value)
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
    refuse("\"stage\" is \"" + name + "\", not vq, general or personalised");
}

void requirePath(const char* key, const std::filesystem::path& path)
{
    if (path.empty())
        refuse(std::string("\"") + key + "\" (a path) is missing");
}

void check(const RunConfig& c)
{
    if (c.steps < 1 || c.batch + c.textBatch < 1 || c.batch < 0 || c.textBatch < 0
        || c.accumulation < 1 || c.logEvery < 1 || c.checkpointEvery < 1 || c.validateEvery < 1)
        refuse("steps, batch, accumulation and the intervals must be at least 1");
    if (!(c.learningRate > 0) || !(c.clip > 0) || c.warmup < 0)
        refuse("learning_rate and clip must be above 0, warmup at least 0");
    if (!(c.preferenceRate >= 0))
        refuse("preference_rate must be at least 0");
    if (!(c.imageStartWeight > 0) || !(c.imageTokenNoise >= 0) || c.imageTokenNoise > 1)
        refuse("image_start_weight must be above 0, image_token_noise between 0 and 1");
    if (!(c.adversarialWeight >= 0) || c.adversarialWarmup < 1)
        refuse("adversarial_weight must be at least 0, adversarial_warmup at least 1");
    if (c.decoderOnly && c.initial.empty())
        refuse("decoder_only needs \"initial\": the tokenizer whose codes stay");
    if (!(c.emaDecay >= 0 && c.emaDecay < 1) || c.earlyStopPatience < 0)
        refuse("ema_decay must be in [0, 1), early_stop_patience at least 0");
    if (c.stage == TrainingStage::Personalised && !c.model.preference)
        refuse("a personalised run needs \"preference\" in its model");
    requirePath("scenes", c.scenes);
    if (c.stage == TrainingStage::Vq)
        return;
    requirePath("records", c.records);
    requirePath("tokenizer", c.tokenizer);
}

} // namespace

RunConfig readRunConfig(const std::filesystem::path& runFolder)
{
    const std::filesystem::path file = runFolder / "run.json";
    const json source = parseStrictJson(readTextFile(file, limits::jsonStringBytes), file.string());
    if (!source.is_object())
        refuse("it is not a JSON object");
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
    if (!source.contains("model"))
        refuse("\"model\" (the network's sizes) is missing");
    c.model = parseUniAdGenConfig(source["model"]);
    check(c);
    return c;
}

} // namespace adtailor
