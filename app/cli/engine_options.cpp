// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine_options.h"

#include "core/failure.h"

namespace adtailor::cli {

std::vector<Option> engineOptionList()
{
    return { { "model", "FOLDER", "Model bundle: config.json, tokenizer.json, model.safetensors" },
             { "device", "NAME", "cpu, cuda or cuda:1 (default: cpu)" },
             { "precision", "TYPE", "float32, bfloat16 or float16 (default: float32)" },
             { "threads", "N", "CPU threads (default: physical cores)" } };
}

EngineOptions engineOptions(const Arguments& arguments)
{
    EngineOptions options;
    options.device = arguments.textOr("device", options.device);
    options.precision = static_cast<Precision>(
        arguments.choiceOr("precision", { "float32", "bfloat16", "float16" }, 0));
    options.threads = static_cast<int>(arguments.integerOr("threads", 0));
    if (options.threads < 0 || options.threads > 1024)
        throw Failure(ErrorCode::InvalidInput, "--threads must lie between 0 and 1024.");
    return options;
}

std::filesystem::path modelFolder(const Arguments& arguments, const Context& context)
{
    return arguments.path("model").value_or(context.resources / "default_model");
}

JobControl watchedJob(const Context& context)
{
    return { .stop = context.stop,
             .report = [&console = context.console](const Progress& progress) {
                 console.progress(progress);
             } };
}

Engine loadEngine(const Arguments& arguments, const Context& context)
{
    return valueOrThrow(Engine::load(modelFolder(arguments, context), engineOptions(arguments),
                                     watchedJob(context)));
}

} // namespace adtailor::cli
