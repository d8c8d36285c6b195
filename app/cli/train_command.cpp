// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"
#include "core/failure.h"
#include "engine_options.h"

#include <adtailor/imaging.h>
#include <adtailor/training.h>

#include <cstdio>

namespace adtailor::cli {

namespace {

TrainingImages imageCodecs()
{
    return { .load = [](const std::filesystem::path& path) { return imaging::load(path); },
             .savePng
             = [](const Image& image,
                  const std::filesystem::path& path) { return imaging::savePng(image, path); } };
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

std::string sentenceOf(const TrainingOutcome& outcome, const std::filesystem::path& folder)
{
    const std::string step = "step " + std::to_string(outcome.steps);
    if (!outcome.finished)
        return "Stopped at " + step + "; the same command goes on from there.";
    const std::string weights = "the weights are in " + (folder / "model.safetensors").string();
    if (outcome.stoppedEarly)
        return "Ended at " + step + " because the held-out loss no longer falls; " + weights
            + ", those of step " + std::to_string(outcome.bestStep) + ".";
    return "Finished; " + weights + ".";
}

int run(const Arguments& arguments, const Context& context)
{
    arguments.allowPositionals(1);
    if (arguments.positionals().size() != 1)
        throw Failure(ErrorCode::InvalidInput,
                      "Give the run folder that holds run.json; see adtailor train --help.");
    const std::filesystem::path folder = arguments.positionals().front();
    const TrainingOutcome outcome = valueOrThrow(train(
        folder, imageCodecs(), [&](const TrainingStep& step) { report(step, context.console); },
        watchedJob(context)));
    for (const std::string& sentence : outcome.skipped)
        context.console.warn(sentence);
    context.console.result(sentenceOf(outcome, folder),
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
        .usage = "train RUN_FOLDER [--json]",
        .summary
        = "Start or resume the training run that RUN_FOLDER/run.json describes. Ctrl+C, or "
          "the word stop in RUN_FOLDER/control, saves the last step first.",
        .options = { { "json", "", "Write progress and results as JSON lines" } },
        .examples = { "train runs/vq", "train runs/general --json" }
    };
    return { help, run };
}

} // namespace adtailor::cli
