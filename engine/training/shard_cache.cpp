// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/shard_cache.h"

#include "core/failure.h"
#include "core/sha256.h"
#include "weights/safetensors.h"

#include <optional>

namespace adtailor {

namespace fs = std::filesystem;

struct ShardCache::Shard
{
    NamedTensors tensors;
    Unreadable unreadable;
};

namespace {

constexpr std::int64_t batchRows = 8; // computed at once
constexpr const char* unreadableName = "unreadable"; // int64 rows
constexpr const char* extension = ".safetensors";

std::string shardName(std::span<const fs::path> files, const std::string& key)
{
    std::string text = key + "\n";
    for (const fs::path& file : files) {
        std::error_code error;
        const auto size = fs::file_size(file, error);
        const auto changed = fs::last_write_time(file, error).time_since_epoch().count();
        text += file.string() + "\n" + std::to_string(size) + " " + std::to_string(changed) + "\n";
    }
    return sha256Hex(std::as_bytes(std::span(text))).substr(0, 32) + extension;
}

// Copies `part` into the rows of `whole` from `start` on; makes room for `count` rows first.
void place(NamedTensors& whole, const NamedTensors& part, std::int64_t start, std::int64_t count)
{
    for (const auto& [name, rows] : part) {
        torch::Tensor& all = whole[name];
        if (!all.defined()) {
            auto shape = rows.sizes().vec();
            shape[0] = count;
            all = torch::empty(shape, rows.options());
        }
        all.narrow(0, start, rows.size(0)).copy_(rows);
    }
}

struct KeptShard
{
    NamedTensors tensors;
    std::vector<std::int64_t> unreadable;
};

// Nothing when it is absent, damaged or of another size: then it is computed again.
std::optional<KeptShard> readShard(const fs::path& path, std::int64_t count)
{
    auto read = guarded([&] {
        const auto file = SafetensorsFile::open(path);
        KeptShard kept;
        const auto rows = file.read(unreadableName).to(torch::kInt64).flatten();
        for (std::int64_t i = 0; i < rows.size(0); ++i)
            kept.unreadable.push_back(rows[i].item<std::int64_t>());
        bool fits = file.names().size() > 1;
        for (const std::string& name : file.names()) {
            if (name == unreadableName)
                continue;
            kept.tensors[name] = file.read(name);
            fits = fits && kept.tensors[name].dim() > 0 && kept.tensors[name].size(0) == count;
        }
        for (const std::int64_t row : kept.unreadable)
            fits = fits && row >= 0 && row < count;
        return fits ? std::optional(std::move(kept)) : std::nullopt;
    });
    return read ? std::move(*read) : std::nullopt;
}

void writeShard(const fs::path& path, const NamedTensors& tensors, const Unreadable& unreadable)
{
    std::vector<std::int64_t> rows;
    for (const auto& [row, reason] : unreadable)
        rows.push_back(row);
    NamedTensors all = tensors;
    all[unreadableName] = torch::tensor(rows, torch::kInt64);
    static_cast<void>(guarded([&] { writeSafetensors(path, all); }));
}

} // namespace

ShardCache::ShardCache(fs::path folder, std::int64_t shardRows)
    : m_folder(std::move(folder))
    , m_shardRows(shardRows)
{
    std::error_code ignored;
    if (!m_folder.empty())
        fs::create_directories(m_folder, ignored);
}

NamedTensors ShardCache::rows(const std::vector<fs::path>& files, const std::string& key,
                              const Compute& compute, Unreadable& unreadable, const JobControl& job)
{
    const auto total = static_cast<std::int64_t>(files.size());
    NamedTensors all;
    for (std::int64_t start = 0; start < total; start += m_shardRows) {
        const auto count = std::min(m_shardRows, total - start);
        const auto part = std::span(files).subspan(static_cast<std::size_t>(start),
                                                   static_cast<std::size_t>(count));
        const Shard found = shard(part, key, compute, [&](std::int64_t done) {
            throwIfCancelled(job);
            if (job.report)
                job.report({ .stage = Stage::Data, .done = start + done, .total = total });
        });
        place(all, found.tensors, start, total);
        for (const auto& [row, reason] : found.unreadable)
            unreadable[start + row] = reason;
    }
    return all;
}

ShardCache::Shard ShardCache::shard(std::span<const fs::path> files, const std::string& key,
                                    const Compute& compute,
                                    const std::function<void(std::int64_t)>& progress)
{
    const std::string name = shardName(files, key);
    const auto count = static_cast<std::int64_t>(files.size());
    m_used.insert(name);
    auto kept = m_folder.empty() ? std::nullopt : readShard(m_folder / name, count);
    Shard shard;
    const auto add = [&](std::int64_t start, std::int64_t rows) {
        progress(start);
        Unreadable bad;
        const auto part
            = files.subspan(static_cast<std::size_t>(start), static_cast<std::size_t>(rows));
        place(shard.tensors, compute(part, bad), start, count);
        for (const auto& [row, reason] : bad)
            shard.unreadable[start + row] = reason;
    };
    if (kept) {
        shard.tensors = std::move(kept->tensors);
        for (const std::int64_t row : kept->unreadable)
            add(row, 1);
        return shard;
    }
    for (std::int64_t start = 0; start < count; start += batchRows)
        add(start, std::min(batchRows, count - start));
    if (!m_folder.empty())
        writeShard(m_folder / name, shard.tensors, shard.unreadable);
    return shard;
}

void ShardCache::removeOthers() const
{
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(m_folder, ignored)) {
        if (entry.path().extension() == extension
            && !m_used.contains(entry.path().filename().string()))
            fs::remove(entry.path(), ignored);
    }
}

} // namespace adtailor
