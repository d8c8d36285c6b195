// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/lineage.h"

#include "core/atomic_file.h"
#include "core/strict_json.h"

namespace adtailor {

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

json readJson(const fs::path& file)
{
    return readJsonFile(file, limits::jsonStringBytes);
}

// The numbers and switches of run.json and its few fixed words; other texts may be names or paths.
json settingsOf(const json& run)
{
    json settings = json::object();
    for (const auto& [key, value] : run.items()) {
        if (value.is_number() || value.is_boolean() || key == "stage" || key == "precision"
            || key == "lora")
            settings[key] = value;
    }
    return settings;
}

} // namespace

void writeLineage(const fs::path& runFolder, const RunConfig& config, const TrainedUsers& users)
{
    json lineage = { { "format", "adtailor-lineage" },
                     { "version", 1 },
                     { "base", { { "name", config.base->config.name } } },
                     { "users", { { "count", users.count }, { "sha256", users.hash } } },
                     { "settings", settingsOf(readJson(runFolder / "run.json")) } };
    const json inputs = readJson(runFolder / "inputs.json");
    for (const auto& [key, hash] : inputs.items())
        lineage[key.starts_with("base") ? "base" : "data"][key] = hash;
    if (fs::exists(runFolder / "lineage_before.json"))
        lineage["before"] = readJson(runFolder / "lineage_before.json");
    writeFileAtomically(runFolder / "lineage.json", lineage.dump(1));
}

json readLineage(const fs::path& runFolder)
{
    return readJson(runFolder / "lineage.json");
}

} // namespace adtailor
