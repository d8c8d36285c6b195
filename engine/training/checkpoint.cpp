// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/checkpoint.h"

#include "core/atomic_file.h"
#include "core/failure.h"
#include "core/strict_json.h"
#include "weights/safetensors.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace adtailor {

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::size_t keptCheckpoints = 2; // beside the best one
constexpr std::size_t largestManifest = 1U << 16U;
constexpr const char* tensorFiles[] = { "weights.safetensors", "optimizer.safetensors" };
constexpr std::string_view finishedPrefix = "step_", unfinishedPrefix = "writing_";

fs::path rootOf(const fs::path& runFolder)
{
    return runFolder / "checkpoints";
}

// Newest first.
std::vector<Checkpoint> checkpoints(const fs::path& runFolder)
{
    std::vector<Checkpoint> found;
    if (!fs::is_directory(rootOf(runFolder)))
        return found;
    for (const auto& entry : fs::directory_iterator(rootOf(runFolder))) {
        const std::string name = entry.path().filename().string();
        const std::string digits = name.substr(std::min(name.size(), finishedPrefix.size()));
        if (name.starts_with(finishedPrefix) && !digits.empty() && digits.size() < 16
            && digits.find_first_not_of("0123456789") == std::string::npos)
            found.push_back({ std::stoll(digits), entry.path() });
    }
    std::ranges::sort(found, std::ranges::greater(), &Checkpoint::step);
    return found;
}

// A manifest that cannot be read makes its checkpoint a broken one, not the run.
bool isWhole(const Checkpoint& checkpoint)
{
    const fs::path file = checkpoint.folder / "manifest.json";
    const auto whole = guarded([&] {
        const json bytes = readJsonFile(file, largestManifest).at("bytes");
        return std::all_of(std::begin(tensorFiles), std::end(tensorFiles), [&](const char* name) {
            return bytes.at(name) == fs::file_size(checkpoint.folder / name);
        });
    });
    return whole && *whole;
}

// Folders that a killed process left half written.
void removeUnfinished(const fs::path& runFolder)
{
    std::vector<fs::path> unfinished;
    for (const auto& entry : fs::directory_iterator(rootOf(runFolder))) {
        if (entry.path().filename().string().starts_with(unfinishedPrefix))
            unfinished.push_back(entry.path());
    }
    for (const fs::path& folder : unfinished)
        fs::remove_all(folder);
}

void removeOld(const fs::path& runFolder)
{
    const auto best = bestStep(runFolder);
    std::size_t kept = 0; // broken ones, however new, do not take a place
    for (const Checkpoint& checkpoint : checkpoints(runFolder)) {
        if (kept < keptCheckpoints)
            kept += isWhole(checkpoint) ? 1 : 0;
        else if (!best || checkpoint.step != best->step)
            fs::remove_all(checkpoint.folder);
    }
}

void writeFiles(const fs::path& folder, std::int64_t step, const NamedTensors& weights,
                const NamedTensors& state)
{
    writeSafetensors(folder / tensorFiles[0], weights, {});
    writeSafetensors(folder / tensorFiles[1], state, {});
    json manifest = { { "step", step } };
    for (const char* file : tensorFiles)
        manifest["bytes"][file] = fs::file_size(folder / file);
    writeFileAtomically(folder / "manifest.json", manifest.dump(1));
}

} // namespace

void saveCheckpoint(const fs::path& runFolder, std::int64_t step, const NamedTensors& weights,
                    const NamedTensors& state)
{
    const fs::path root = rootOf(runFolder);
    const fs::path target = root / (std::string(finishedPrefix) + std::to_string(step));
    const fs::path temporary = root / (std::string(unfinishedPrefix) + std::to_string(step));
    fs::create_directories(root);
    removeUnfinished(runFolder);
    fs::create_directory(temporary);
    try {
        writeFiles(temporary, step, weights, state);
    } catch (...) {
        std::error_code ignored;
        fs::remove_all(temporary, ignored); // on a full disk it would only be in the way
        throw;
    }
    fs::remove_all(target); // a broken one of an earlier attempt
    fs::rename(temporary, target);
    removeOld(runFolder);
}

std::optional<Checkpoint> newestCheckpoint(const fs::path& runFolder)
{
    for (const Checkpoint& checkpoint : checkpoints(runFolder)) {
        if (isWhole(checkpoint))
            return checkpoint;
    }
    return std::nullopt;
}

NamedTensors loadCheckpoint(const Checkpoint& checkpoint, const NamedTensors& weights)
{
    const torch::NoGradGuard noGrad;
    const auto stored = SafetensorsFile::open(checkpoint.folder / tensorFiles[0]);
    for (const auto& [name, tensor] : weights) {
        if (stored.shape(name) != tensor.sizes().vec())
            throw Failure(ErrorCode::ModelMismatch,
                          stored.path().string() + ": \"" + name
                              + "\" has another shape than run.json says. Restore run.json, or "
                                "start in a new run folder.");
        torch::Tensor(tensor).copy_(stored.read(name));
    }
    const auto storedState = SafetensorsFile::open(checkpoint.folder / tensorFiles[1]);
    NamedTensors state;
    for (const std::string& name : storedState.names())
        state[name] = storedState.read(name);
    return state;
}

NamedTensors checkpointWeights(const Checkpoint& checkpoint)
{
    const auto file = SafetensorsFile::open(checkpoint.folder / tensorFiles[0]);
    NamedTensors weights;
    for (const std::string& name : file.names())
        weights[name] = file.read(name);
    return weights;
}

void markBest(const fs::path& runFolder, const BestStep& best)
{
    const json mark = { { "step", best.step }, { "held_out", best.heldOutLoss } };
    writeFileAtomically(runFolder / "best.json", mark.dump(1));
}

// A mark that cannot be read is no mark: it only costs one checkpoint kept too long or too short.
std::optional<BestStep> bestStep(const fs::path& runFolder)
{
    const fs::path file = runFolder / "best.json";
    const auto best = guarded([&] {
        const json mark = readJsonFile(file, largestManifest);
        return BestStep{ mark.at("step").get<std::int64_t>(), mark.at("held_out").get<double>() };
    });
    if (!best)
        return std::nullopt;
    return *best;
}

std::optional<Checkpoint> checkpointOf(const fs::path& runFolder, std::int64_t step)
{
    for (const Checkpoint& checkpoint : checkpoints(runFolder)) {
        if (checkpoint.step == step && isWhole(checkpoint))
            return checkpoint;
    }
    return std::nullopt;
}

std::optional<Checkpoint> bestCheckpoint(const fs::path& runFolder)
{
    const auto best = bestStep(runFolder);
    return best ? checkpointOf(runFolder, best->step) : std::nullopt;
}

} // namespace adtailor
