// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"
#include "core/failure.h"
#include "engine_options.h"

#include <adtailor/brief.h>
#include <adtailor/memory_plan.h>
#include <adtailor/merge.h>

#include <nlohmann/json.hpp>

#include <array>
#include <cstdio>
#include <ctime>

namespace adtailor::cli {

namespace {

using nlohmann::json;

std::string inMegabytes(std::uint64_t bytes)
{
    char text[48];
    if (bytes >= 1'000'000'000)
        std::snprintf(text, sizeof text, "%.1f GB", static_cast<double>(bytes) / 1e9);
    else
        std::snprintf(text, sizeof text, "%.1f MB", static_cast<double>(bytes) / 1e6);
    return text;
}

const char* kindName(ModelKind kind)
{
    constexpr std::array names{ "complete", "base", "adapter" };
    return names[static_cast<std::size_t>(kind)];
}

const char* fitName(MemoryFit fit)
{
    constexpr std::array names{ "fits", "tight", "no" };
    return names[static_cast<std::size_t>(fit)];
}

const char* precisionName(Precision precision)
{
    constexpr std::array names{ "float32", "bfloat16", "float16", "int8", "int4" };
    return names[static_cast<std::size_t>(precision)];
}

std::string line(const json& object)
{
    return object.dump(-1, ' ', false, json::error_handler_t::replace);
}

json describe(const ModelDescription& model)
{
    return { { "event", "model" },
             { "name", model.name },
             { "folder", model.folder.string() },
             { "kind", kindName(model.kind) },
             { "layout", model.layout },
             { "quality", model.quality },
             { "licence", model.licence },
             { "dtype", model.dtype },
             { "bytes", model.fileBytes },
             { "parameters", model.parameters },
             { "missing", model.missing },
             { "bundled", model.bundled },
             { "imported", model.imported } };
}

std::string stateOf(const ModelDescription& model, const ModelCheck& last)
{
    if (!model.missing.empty())
        return "incomplete";
    if (!last.isIntact())
        return "changed";
    return last.first ? "not checked" : "intact";
}

void list(const ModelStore& store, Console& console)
{
    const auto models = valueOrThrow(store.list());
    if (!console.isJson())
        std::printf("%-28s %-9s %-10s %10s  %-11s  %s\n", "NAME", "KIND", "TYPE", "SIZE", "FILES",
                    "LICENCE");
    for (const ModelDescription& model : models) {
        const auto known = store.lastCheck(model);
        const ModelCheck last = known ? *known : ModelCheck{ .first = true };
        const std::string state = stateOf(model, last);
        char row[512];
        std::snprintf(row, sizeof row, "%-28.60s %-9s %-10.20s %10s  %-11s  %.80s",
                      model.name.c_str(), kindName(model.kind), model.dtype.c_str(),
                      inMegabytes(model.fileBytes).c_str(), state.c_str(),
                      model.licence.empty() ? "not stated" : model.licence.c_str());
        json object = describe(model);
        object["state"] = state;
        console.result(row, line(object));
    }
}

void showMemory(const ModelDescription& model, int ads, Console& console)
{
    if (ads < 1 || ads > limits::adsPerRequest)
        throw Failure(ErrorCode::InvalidInput,
                      "--count must lie between 1 and " + std::to_string(limits::adsPerRequest)
                          + '.');
    for (const MemoryRoom& room : memoryRooms()) {
        for (const Precision precision :
             { Precision::Float32, Precision::BFloat16, Precision::Int8, Precision::Int4 }) {
            const bool onCpuOnly = precision == Precision::Int8 || precision == Precision::Int4;
            if (onCpuOnly && room.device != "cpu")
                continue;
            const MemoryUse use{ .precision = precision, .ads = ads };
            const MemoryPlan plan = planMemory(model, use);
            const MemoryFit fit = memoryFit(plan.total(), room.available);
            std::string text = "  " + room.device + ", " + precisionName(precision) + ", "
                + std::to_string(ads) + (ads == 1 ? " ad: " : " ads: ") + inMegabytes(plan.total())
                + " of " + inMegabytes(room.available) + " free: " + fitName(fit);
            json knobs = json::array();
            for (const MemoryKnob& knob : memoryKnobs(model, use)) {
                const std::string what = knob.use.precision != use.precision
                    ? precisionName(knob.use.precision)
                    : knob.use.ads != use.ads                                ? "one ad at a time"
                                                                             : "guidance off";
                knobs.push_back({ { "change", what }, { "frees", knob.freed } });
                if (fit != MemoryFit::Fits)
                    text += "\n    " + what + " frees " + inMegabytes(knob.freed);
            }
            console.result(text,
                           line({ { "event", "memory" },
                                  { "device", room.device },
                                  { "precision", precisionName(precision) },
                                  { "ads", ads },
                                  { "needed", plan.total() },
                                  { "weights", plan.weights },
                                  { "cache", plan.cache },
                                  { "working", plan.working },
                                  { "program", plan.program },
                                  { "available", room.available },
                                  { "fit", fitName(fit) },
                                  { "knobs", std::move(knobs) } }));
        }
    }
}

std::string dateOf(std::int64_t time)
{
    const std::time_t seconds = time;
    char text[32];
    std::strftime(text, sizeof text, "%Y-%m-%d %H:%M", std::localtime(&seconds));
    return text;
}

void show(const ModelStore& store, const std::string& name, int ads, Console& console)
{
    const ModelDescription model = valueOrThrow(store.find(name));
    const ModelCheck last = valueOrThrow(store.lastCheck(model));
    std::string text = model.name + "\n  folder: " + model.folder.string() + "\n  kind: "
        + kindName(model.kind) + ", " + model.layout + (model.quality.empty() ? "" : ", ")
        + model.quality + "\n  licence: " + (model.licence.empty() ? "not stated" : model.licence)
        + "\n  weights: " + inMegabytes(model.weightBytes) + " " + model.dtype;
    if (model.parameters > 0)
        text += ", " + std::to_string(model.parameters) + " parameters";
    if (model.kind == ModelKind::Adapter)
        text += "\n  rank " + std::to_string(model.rank) + ", made for: " + model.base;
    constexpr std::array parts{ "language model",  "picture codec", "picture tokens",
                                "product control", "history",       "other" };
    for (std::size_t i = 0; i < parts.size(); ++i)
        if (model.partBytes[i] > 0)
            text += std::string("\n    ") + parts[i] + ": " + inMegabytes(model.partBytes[i]);
    for (const std::string& sentence : model.missing)
        text += "\n  missing: " + sentence;
    text += last.first ? "\n  files: never checked; adtailor models verify makes a manifest"
                       : "\n  files: " + std::string(last.isIntact() ? "as" : "NOT as")
            + " checked on " + dateOf(last.time);
    json object = describe(model);
    object["state"] = stateOf(model, last);
    object["part_bytes"] = model.partBytes;
    object["base"] = model.base;
    object["rank"] = model.rank;
    console.result(text, line(object));
    if (model.kind != ModelKind::Adapter)
        showMemory(model, ads, console);
}

void verify(const ModelStore& store, const std::string& name, CheckDepth depth,
            const Context& context)
{
    const ModelDescription model = valueOrThrow(store.find(name));
    const ModelCheck check = valueOrThrow(store.check(model, depth, watchedJob(context)));
    std::string problem;
    const auto nameAll = [&](const char* what, const std::vector<std::string>& files) {
        for (const std::string& file : files)
            problem += (problem.empty() ? "" : "; ") + file + ' ' + what;
    };
    nameAll("has changed", check.changed);
    nameAll("is not there any more", check.missing);
    if (!check.isIntact())
        throw Failure(ErrorCode::FileCorrupt,
                      model.name + ": " + problem
                          + ". Import the model again; or, if you changed it yourself, remove it "
                            "from the list and add it again.");
    const std::string files
        = std::to_string(check.files) + " files, " + std::to_string(check.hashed) + " of them read";
    context.console.result(
        check.first ? model.name + ": manifest made, " + files + "."
                    : model.name + ": unchanged, " + files
                + (check.added.empty() ? "." : ", " + std::to_string(check.added.size()) + " new."),
        line({ { "event", "done" },
               { "first", check.first },
               { "files", check.files },
               { "read", check.hashed },
               { "added", check.added } }));
}

void import(const ModelStore& store, const Arguments& arguments, const std::string& source,
            const Context& context)
{
    if (arguments.has("in-place")) {
        valueOrThrow(store.addFolder(source));
        context.console.result(source + " is listed where it is.",
                               line({ { "event", "done" }, { "folder", source } }));
        return;
    }
    const ModelDescription model
        = valueOrThrow(store.import(source, arguments.textOr("name", {}), watchedJob(context)));
    for (const std::string& sentence : model.missing)
        context.console.warn(model.name + ": " + sentence);
    json object = describe(model);
    object["event"] = "done";
    context.console.result(model.name + ": imported into " + model.folder.string() + ", "
                               + inMegabytes(model.fileBytes) + ".",
                           line(object));
}

void remove(const ModelStore& store, const std::string& name, Console& console)
{
    const bool deleted = valueOrThrow(store.remove(name));
    console.result(deleted ? name + ": deleted."
                           : name + ": not listed any more; its files were left alone.",
                   line({ { "event", "done" }, { "deleted", deleted } }));
}

void merge(const Arguments& arguments, const Context& context)
{
    const std::vector<std::string>& words = arguments.positionals();
    if (words.size() != 4)
        throw Failure(
            ErrorCode::InvalidInput,
            "merge needs a base, an adapter and a new folder; see adtailor models --help.");
    ModelPart part = modelPart(words[2]);
    part.path = findModel(part.path, context).string();
    std::optional<Precision> precision;
    if (arguments.has("precision"))
        precision = static_cast<Precision>(
            arguments.choiceOr("precision", { "float32", "bfloat16", "float16" }, 0));
    valueOrThrow(mergeModel(findModel(words[1], context), { part }, words[3], precision,
                            watchedJob(context)));
    context.console.result("The merged model is in " + words[3] + ".",
                           line({ { "event", "done" }, { "folder", words[3] } }));
}

int run(const Arguments& arguments, const Context& context)
{
    arguments.allowPositionals(4);
    const std::vector<std::string>& words = arguments.positionals();
    const std::string verb = words.empty() ? "list" : words[0];
    const ModelStore store = modelStore(context);
    if (verb == "list" && words.size() <= 1) {
        list(store, context.console);
        return 0;
    }
    if (verb == "merge") {
        merge(arguments, context);
        return 0;
    }
    if (words.size() != 2)
        throw Failure(ErrorCode::InvalidInput,
                      "Say list, or show, verify, import or remove and one model, or merge and "
                      "two; see adtailor models --help.");
    if (verb == "show")
        show(store, words[1], static_cast<int>(arguments.integerOr("count", MemoryUse().ads)),
             context.console);
    else if (verb == "verify")
        verify(store, words[1], arguments.has("quick") ? CheckDepth::Quick : CheckDepth::Full,
               context);
    else if (verb == "import")
        import(store, arguments, words[1], context);
    else if (verb == "remove")
        remove(store, words[1], context.console);
    else
        throw Failure(ErrorCode::InvalidInput,
                      "\"" + verb.substr(0, 40)
                          + "\" is none of list, show, verify, import, remove, merge.");
    return 0;
}

} // namespace

Command modelsCommand()
{
    CommandHelp help{
        .name = "models",
        .usage
        = "models [list | show MODEL | verify MODEL | import FOLDER | remove MODEL | merge MODEL "
          "ADAPTER[=W] FOLDER] [OPTIONS]",
        .summary = "List, check, import and remove models; tell whether one fits into memory; make "
                   "one model "
                   "of a model and its adapter.",
        .options = { { "quick", "", "verify: read only files whose size or time has changed" },
                     { "name", "NAME", "import: the name in the list (default: the folder's)" },
                     { "count", "N", "show: ads made at once, for the memory (default: 4)" },
                     { "in-place", "", "import: do not copy, list the folder where it is" },
                     { "precision", "TYPE",
                       "merge: float32, bfloat16 or float16 (default: as the base is stored)" },
                     { "json", "", "Write progress and results as JSON lines" } },
        .examples = { "models", "models show mini", "models import Janus-Pro-1B",
                      "models import --in-place models-on-a-disk", "models verify Janus-Pro-1B",
                      "models merge mini runs/tuned/adapter models/tuned" }
    };
    return { help, run };
}

} // namespace adtailor::cli
