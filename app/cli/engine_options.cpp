// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine_options.h"

#include "core/failure.h"
#include "core/paths.h"

#include <charconv>

namespace adtailor::cli {

namespace {

namespace fs = std::filesystem;

// The folder that was asked for, else the model's own, else the installed one, else none.
fs::path sentenceEncoder(const Arguments& arguments, const fs::path& model)
{
    if (const auto chosen = arguments.path("encoder"))
        return *chosen == "none" ? fs::path() : *chosen;
    std::error_code error;
    const fs::path installed // by `./dev encoder`
        = userDataFolder() / "encoders" / "all-MiniLM-L6-v2";
    for (const fs::path& folder : { model / "sentence_encoder", installed }) {
        if (fs::is_directory(folder, error))
            return folder;
    }
    return {};
}

} // namespace

std::vector<Option> engineOptionList()
{
    return {
        { "model", "PATH",
          "Model: its name in `adtailor models`, a folder, an entry of a Hugging Face cache, or "
          "its weights file (default: mini)" },
        { "add", "PATH[=W]",
          "On top of it, in this order: DINOv2, Uni-AdGen checkpoints, a VQ-16 tokenizer, "
          "PEFT adapters with weight W",
          true },
        { "live-adapters", "", "Keep adapters beside the weights instead of merging them" },
        { "device", "NAME", "cpu, cuda or cuda:1 (default: cpu)" },
        { "precision", "TYPE", "float32, bfloat16, float16, int8 or int4 (default: float32)" },
        { "threads", "N", "CPU threads (default: physical cores)" },
        { "instruction", "FILE",
          "The sentence the checkpoint was trained with, with four {} (default: our own)" },
        { "encoder", "FOLDER",
          "BERT sentence encoder for history titles, or none (default: the model's, or the one of "
          "./dev encoder)" }
    };
}

EngineOptions engineOptions(const Arguments& arguments, const fs::path& model)
{
    EngineOptions options;
    options.device = arguments.textOr("device", options.device);
    options.precision = static_cast<Precision>(
        arguments.choiceOr("precision", { "float32", "bfloat16", "float16", "int8", "int4" },
                           0));
    options.threads = static_cast<int>(arguments.integerOr("threads", 0));
    for (const std::string& part : arguments.all("add"))
        options.parts.push_back(modelPart(part));
    options.liveAdapters = arguments.has("live-adapters");
    options.instructionFile = arguments.textOr("instruction", {});
    options.sentenceEncoder = sentenceEncoder(arguments, model);
    if (options.threads < 0 || options.threads > 1024)
        throw Failure(ErrorCode::InvalidInput, "--threads must lie between 0 and 1024.");
    return options;
}

ModelStore modelStore(const Context& context)
{
    return ModelStore(ModelStore::modelHome(), context.resources / "default_model");
}

std::filesystem::path modelFolder(const Arguments& arguments, const Context& context)
{
    const auto given = arguments.path("model");
    return given ? findModel(given->string(), context) : context.resources / "default_model";
}

std::filesystem::path findModel(const std::string& nameOrPath, const Context& context)
{
    if (std::filesystem::exists(nameOrPath))
        return nameOrPath;
    const auto named = modelStore(context).find(nameOrPath);
    return named ? named->folder : std::filesystem::path(nameOrPath); // loading says what is wrong
}

// "adapter=0.5"; an equals sign with no number behind it belongs to the path.
ModelPart modelPart(const std::string& text)
{
    const auto split = text.rfind('=');
    if (split != std::string::npos) {
        const char* end = text.data() + text.size();
        double weight = 0;
        const auto read = std::from_chars(text.data() + split + 1, end, weight);
        if (read.ec == std::errc() && read.ptr == end)
            return { text.substr(0, split), weight };
    }
    return { text };
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
    const fs::path model = modelFolder(arguments, context);
    return valueOrThrow(Engine::load(model, engineOptions(arguments, model), watchedJob(context)));
}

} // namespace adtailor::cli
