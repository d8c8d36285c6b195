// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"
#include "core/failure.h"
#include "engine_options.h"

#include <adtailor/imaging.h>
#include <adtailor/training.h>

#include <cstdio>

namespace adtailor::cli {

namespace {

TrainingImages helpers(const Context& context)
{
    const std::filesystem::path pbs = context.resources / "pbs_mini/model.safetensors";
    return { .load = [](const std::filesystem::path& path) { return imaging::load(path); },
             .savePng
             = [](const Image& image,
                  const std::filesystem::path& path) { return imaging::savePng(image, path); },
             .findModel = [&context](const std::string& name) -> Result<std::filesystem::path> {
                 const auto model = modelStore(context).find(name);
                 if (!model)
                     return model.error();
                 return model->folder;
             },
             .pbsModel = std::filesystem::exists(pbs) ? pbs : std::filesystem::path() };
}

std::string number(double value, const char* format)
{
    char text[32];
    std::snprintf(text, sizeof text, format, value);
    return text;
}

void report(const TrainingStep& step, Console& console)
{
    std::string sentence
        = "step " + std::to_string(step.step) + " of " + std::to_string(step.total);
    std::string json = "{\"event\":\"step\",\"step\":" + std::to_string(step.step) + ",\"total\":"
        + std::to_string(step.total) + ",\"gradientNorm\":" + number(step.gradientNorm, "%.6g")
        + ",\"learningRate\":" + number(step.learningRate, "%.6g")
        + ",\"secondsPerStep\":" + number(step.secondsPerStep, "%.6g");
    for (const auto& [name, value] : step.losses) {
        sentence += "  " + name + " " + number(value, "%.4f");
        json += "," + jsonQuoted(name) + ":" + number(value, "%.6g");
    }
    const double left = step.secondsPerStep * static_cast<double>(step.total - step.step);
    sentence += "  " + number(left / 60, "%.0f") + " min left";
    console.result(sentence, json + "}");
}

std::string sentenceOf(const TrainingOutcome& outcome)
{
    const std::string step = "step " + std::to_string(outcome.steps);
    if (!outcome.finished)
        return "Stopped at " + step + "; the same command goes on from there.";
    const std::string weights = "the weights are in " + outcome.result.string();
    if (outcome.stoppedEarly)
        return "Ended at " + step + " because the held-out loss no longer falls; " + weights
            + ", those of step " + std::to_string(outcome.bestStep) + ".";
    return "Finished; " + weights + ".";
}

std::string megabytes(std::uint64_t bytes)
{
    return std::to_string((bytes + 999'999) / 1'000'000) + " MB";
}

int estimateOnly(const std::filesystem::path& folder, const Context& context)
{
    const TrainingEstimate e
        = valueOrThrow(estimateTraining(folder, helpers(context), watchedJob(context)));
    for (const std::string& sentence : e.skipped)
        context.console.warn(sentence);
    const double minutes = (e.secondsOfData + e.secondsPerStep * static_cast<double>(e.steps)) / 60;
    const bool isTight = e.memoryBytes > e.machineBytes;
    context.console.result(
        std::to_string(e.examples) + " examples (" + std::to_string(e.skipped.size())
            + " left out), " + std::to_string(e.trainedParameters) + " trained weights.\n"
            + std::to_string(e.steps) + " steps of " + number(e.secondsPerStep, "%.3g")
            + " s, about " + number(minutes, "%.0f") + " min with the reading of the data.\n"
            + megabytes(e.memoryBytes) + " of this machine's " + megabytes(e.machineBytes)
            + " of memory" + (isTight ? ": too much. Lower \"batch\" in run.json" : "") + "; "
            + megabytes(e.checkpointBytes) + " of disk for each of up to three checkpoints.",
        "{\"event\":\"estimate\",\"examples\":" + std::to_string(e.examples)
            + ",\"skipped\":" + std::to_string(e.skipped.size()) + ",\"trainedParameters\":"
            + std::to_string(e.trainedParameters) + ",\"steps\":" + std::to_string(e.steps)
            + ",\"secondsPerStep\":" + number(e.secondsPerStep, "%.6g") + ",\"secondsOfData\":"
            + number(e.secondsOfData, "%.6g") + ",\"memoryBytes\":" + std::to_string(e.memoryBytes)
            + ",\"machineBytes\":" + std::to_string(e.machineBytes)
            + ",\"checkpointBytes\":" + std::to_string(e.checkpointBytes) + "}");
    return 0;
}

int exportOnly(const std::filesystem::path& folder, const std::filesystem::path& target,
               const Arguments& arguments, const Context& context)
{
    valueOrThrow(
        exportAdapter(folder, arguments.integerOr("step", 0), target, helpers(context).findModel));
    context.console.result("The adapter is in " + target.string() + "; use it with --add.",
                           "{\"event\":\"done\",\"adapter\":" + jsonQuoted(target.string()) + "}");
    return 0;
}

int run(const Arguments& arguments, const Context& context)
{
    arguments.allowPositionals(1);
    if (arguments.positionals().size() != 1)
        throw Failure(ErrorCode::InvalidInput,
                      "Give the run folder that holds run.json; see adtailor train --help.");
    std::filesystem::path folder = arguments.positionals().front();
    if (folder.filename() == "run.json")
        folder = folder.has_parent_path() ? folder.parent_path() : ".";
    if (arguments.has("dry-run"))
        return estimateOnly(folder, context);
    if (const auto target = arguments.path("export"))
        return exportOnly(folder, *target, arguments, context);
    if (arguments.has("resume") && !std::filesystem::exists(folder / "checkpoints"))
        throw Failure(ErrorCode::InvalidInput,
                      "There is nothing to resume in " + folder.string()
                          + ": it has no checkpoint. Start the run without --resume.");
    if (const auto fork = arguments.path("fork")) {
        valueOrThrow(forkRun(folder, *fork));
        folder = *fork;
    }
    const TrainingOutcome outcome = valueOrThrow(train(
        folder, helpers(context), [&](const TrainingStep& step) { report(step, context.console); },
        watchedJob(context)));
    if (!outcome.isFirst)
        return 0;
    for (const std::string& sentence : outcome.skipped)
        context.console.warn(sentence);
    context.console.result(sentenceOf(outcome),
                           "{\"event\":\"done\",\"step\":" + std::to_string(outcome.steps)
                               + ",\"finished\":" + (outcome.finished ? "true" : "false")
                               + ",\"stoppedEarly\":" + (outcome.stoppedEarly ? "true" : "false")
                               + ",\"best\":" + std::to_string(outcome.bestStep) + "}");
    return 0;
}

} // namespace

Command trainCommand()
{
    CommandHelp help{
        .name = "train",
        .usage = "train RUN_FOLDER [OPTIONS]",
        .summary
        = "Start or resume the training run that RUN_FOLDER/run.json describes. Ctrl+C, or "
          "the word stop in RUN_FOLDER/control, saves the last step first. Under torchrun "
          "--no-python or srun the processes train together; \"batch\" is the share of each.",
        .options = { { "dry-run", "", "Only estimate time and memory; nothing is written" },
                     { "resume", "", "Only go on; an error when there is no checkpoint" },
                     { "fork", "FOLDER",
                       "Copy settings and newest checkpoint there and go on in it, with inputs "
                       "that have changed" },
                     { "export", "FOLDER",
                       "Only make the adapter of a checkpoint there: the best one, or --step N" },
                     { "step", "N", "export: of this step" },
                     { "json", "", "Write progress and results as JSON lines" } },
        .examples
        = { "train runs/vq", "train runs/general --dry-run",
            "train runs/tuned --export adapters/mine --step 500", "train runs/general --json" }
    };
    return { help, run };
}

} // namespace adtailor::cli
