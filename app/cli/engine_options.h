// The options that every command with an engine shares: which model, on what.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "commands.h"

#include <adtailor/engine.h>
#include <adtailor/model_store.h>

#include <filesystem>
#include <vector>

namespace adtailor::cli {

// --model, --device, --precision, --threads, --encoder
std::vector<Option> engineOptionList();
// model: what modelFolder() answered.
EngineOptions engineOptions(const Arguments& arguments, const std::filesystem::path& model);
ModelStore modelStore(const Context& context); // of this user
// --model: a path, or a name in the store.
std::filesystem::path modelFolder(const Arguments& arguments, const Context& context);

// A name in the store or a path, to the folder; what is neither stays as it is.
std::filesystem::path findModel(const std::string& nameOrPath, const Context& context);
ModelPart modelPart(const std::string& text); // "adapter=0.5"

// Loads with progress on the console; throws Failure.
Engine loadEngine(const Arguments& arguments, const Context& context);
// Stops with the context's token and shows progress on its console.
JobControl watchedJob(const Context& context);

} // namespace adtailor::cli
