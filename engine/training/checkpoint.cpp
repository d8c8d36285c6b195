// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/checkpoint.h"

#include "core/atomic_file.h"
#include "core/failure.h"
#include "core/input_file.h"
#include "core/strict_json.h"
#include "weights/safetensors.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace adtailor {

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::size_t largestManifest = 1U << 16U;
constexpr const char* files[] = { "weights.safetensors", "optimizer.safetensors" };

std::vector<Checkpoint> checkpoints(const fs::path& runFolder)
{
    std::vector<Checkpoint> found;
    const fs::path root = runFolder / "checkpoints";
    if (!fs::is_directory(root))
        return found;
    for (const auto& entry : fs::directory_iterator(root)) {
        const std::string name = entry.path().filename().string();
        if (!name.starts_with("step_")
            || name.find_first_not_of("0123456789", 5) != std::string::npos || name.size() > 20)
            continue;
        found.push_back({ std::stoll(name.substr(5)), entry.path() });
    }
    std::sort(found.begin(), found.end(),
              [](const Checkpoint& a, const Checkpoint& b) { return a.step > b.step; });
    return found;
}

// A manifest that cannot be read makes its checkpoint a broken one, not the run.
bool isWhole(const Checkpoint& checkpoint)
{
    const fs::path file = checkpoint.folder / "manifest.json";
    const auto whole = guarded([&] {
        const json bytes
            = parseStrictJson(readTextFile(file, largestManifest), file.string()).at("bytes");
        return std::all_of(std::begin(files), std::end(files), [&](const char* name) {
            return bytes.at(name) == fs::file_size(checkpoint.folder / name);
        });
    });
    return whole && *whole;
}

} // namespace

void saveCheckpoint(const fs::path& runFolder, std::int64_t step, const NamedTensors& weights,
                    const AdamW& optimizer)
{
    const fs::path root = runFolder / "checkpoints";
    const fs::path target = root / ("step_" + std::to_string(step));
    const fs::path temporary = root / ("writing_" + std::to_string(step));
    fs::remove_all(temporary);
    fs::create_directories(temporary);
    writeSafetensors(temporary / files[0], weights, {});
    writeSafetensors(temporary / files[1], optimizer.state(), {});
    json manifest = { { "step", step } };
    for (const char* file : files)
        manifest["bytes"][file] = fs::file_size(temporary / file);
    writeFileAtomically(temporary / "manifest.json", manifest.dump(1));
    fs::remove_all(target);
    fs::rename(temporary, target);
    const auto all = checkpoints(runFolder);
    for (std::size_t i = 2; i < all.size(); ++i)
        fs::remove_all(all[i].folder);
}

std::optional<Checkpoint> newestCheckpoint(const fs::path& runFolder)
{
    for (const Checkpoint& checkpoint : checkpoints(runFolder)) {
        if (isWhole(checkpoint))
            return checkpoint;
    }
    return std::nullopt;
}

void loadCheckpoint(const Checkpoint& checkpoint, const NamedTensors& weights, AdamW& optimizer)
{
    const torch::NoGradGuard noGrad;
    const auto stored = SafetensorsFile::open(checkpoint.folder / files[0]);
    for (const auto& [name, tensor] : weights)
        torch::Tensor(tensor).copy_(stored.read(name));
    const auto storedState = SafetensorsFile::open(checkpoint.folder / files[1]);
    NamedTensors state;
    for (const std::string& name : storedState.names())
        state[name] = storedState.read(name);
    optimizer.restore(state);
}

} // namespace adtailor
