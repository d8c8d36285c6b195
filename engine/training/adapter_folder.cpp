// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/adapter_folder.h"

#include "core/atomic_file.h"
#include "core/atomic_folder.h"
#include "core/failure.h"
#include "models/model_parts.h"
#include "training/checkpoint.h"
#include "training/fine_tuning.h"
#include "training/lineage.h"
#include "training/weight_average.h"
#include "weights/safetensors.h"

namespace adtailor {

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

const std::string decoderPrefix = "language_model.model.";

// "language_model.model.LAYER.lora.lora_A" -> PEFT's name in the classes that publish the base.
std::string peftName(const std::string& own, ModelLayout layout)
{
    const std::string mark = ".lora.";
    const auto place = own.rfind(mark);
    std::string layer = own.substr(0, place);
    if (layout == ModelLayout::Transformers)
        layer.replace(0, decoderPrefix.size(), "model.language_model.");
    return "base_model.model." + layer + '.' + own.substr(place + mark.size()) + ".weight";
}

json adapterConfig(const RunConfig& config)
{
    const LoraConfig& lora = *config.lora;
    std::string targets;
    for (const std::string& target : lora.targets)
        targets += (targets.empty() ? "" : "|") + target;
    // A pattern, because the vision tower of a Janus has layers of the same names.
    return { { "peft_type", "LORA" },
             { "task_type", nullptr },
             { "base_model_name_or_path", config.base->config.name },
             { "inference_mode", true },
             { "r", lora.rank },
             { "lora_alpha", lora.alpha },
             { "lora_dropout", lora.dropout },
             { "target_modules",
               ".*language_model\\..*layers\\.\\d+\\.(self_attn|mlp)\\.(" + targets + ")" },
             { "bias", "none" },
             { "fan_in_fan_out", false },
             { "init_lora_weights", true },
             { "modules_to_save", nullptr },
             { "use_dora", false },
             { "use_rslora", false } };
}

void writeFiles(const fs::path& folder, const NamedTensors& trained, const RunConfig& config,
                const json& lineage)
{
    NamedTensors lora, modules;
    for (const auto& [name, tensor] : trained) {
        if (isLoraWeight(name))
            lora[peftName(name, config.base->layout)] = tensor.detach();
        else
            modules[name] = tensor.detach();
    }
    writeSafetensors(folder / "adapter_model.safetensors", lora, { { "format", "pt" } });
    if (!modules.empty())
        writeSafetensors(folder / trainedModulesFile, modules,
                         { { "format", "pt" },
                           { "config", toJson(config.model).dump() },
                           { "lineage", lineage.dump() } });
    writeFileAtomically(folder / "lineage.json", lineage.dump(1));
    writeFileAtomically(folder / "adapter_config.json", adapterConfig(config).dump(1));
}

Checkpoint chosenCheckpoint(const fs::path& runFolder, std::int64_t step)
{
    const auto found = step > 0 ? checkpointOf(runFolder, step) : bestCheckpoint(runFolder);
    if (found)
        return *found;
    const auto newest = newestCheckpoint(runFolder);
    if (step > 0 || !newest)
        throw Failure(ErrorCode::InvalidInput,
                      "The run " + runFolder.string() + " has no whole checkpoint"
                          + (step > 0 ? " of step " + std::to_string(step) : std::string())
                          + ": see its folder checkpoints.");
    return *newest;
}

} // namespace

void writeAdapterFolder(const fs::path& target, const NamedTensors& trained,
                        const RunConfig& config, const fs::path& runFolder, std::int64_t step)
{
    json lineage = readLineage(runFolder);
    lineage["step"] = step;
    writeFolderAtomically(
        target, [&](const fs::path& folder) { writeFiles(folder, trained, config, lineage); });
}

void exportCheckpoint(const fs::path& runFolder, const RunConfig& config, std::int64_t step,
                      const fs::path& target)
{
    if (!config.lora)
        throw Failure(ErrorCode::InvalidInput,
                      "The run " + runFolder.string()
                          + " trains a whole model, not an adapter: use its model.safetensors.");
    if (fs::exists(target))
        throw Failure(ErrorCode::InvalidInput,
                      target.string() + " exists already; name a new folder for the adapter.");
    const Checkpoint checkpoint = chosenCheckpoint(runFolder, step);
    NamedTensors weights = checkpointWeights(checkpoint);
    WeightAverage average(weights, config.emaDecay);
    average.restore(loadCheckpoint(checkpoint, weights));
    average.swap();
    writeAdapterFolder(target, weights, config, runFolder, checkpoint.step);
}

} // namespace adtailor
