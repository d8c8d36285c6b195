// ShardCache: what is computed from many pictures, kept in files of 1024 pictures each, so that a
// stop in the middle costs at most one of them.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/training_task.h"

#include <adtailor/job.h>

#include <functional>
#include <set>
#include <span>

namespace adtailor {

using Unreadable = std::map<std::int64_t, std::string>; // row -> why

class ShardCache
{
public:
    // Tensors of some pictures, a row for each; tells which of them could not be read.
    using Compute = std::function<NamedTensors(std::span<const std::filesystem::path> files,
                                               Unreadable& unreadable)>;

    // folder: empty keeps nothing. One that cannot be written in only costs the time to compute
    // again.
    explicit ShardCache(std::filesystem::path folder, std::int64_t shardRows = 1024);

    // The rows of all files. key: says what is computed and by which weights; a shard is used
    // again when key and files (path, size, time of change) are the same. Unreadable files are
    // tried again each time.
    NamedTensors rows(const std::vector<std::filesystem::path>& files, const std::string& key,
                      const Compute& compute, Unreadable& unreadable, const JobControl& job);

    // Deletes the shards in the folder that rows() did not give: of older weights or files.
    void removeOthers() const;

private:
    struct Shard;
    Shard shard(std::span<const std::filesystem::path> files, const std::string& key,
                const Compute& compute, const std::function<void(std::int64_t)>& progress);

    std::filesystem::path m_folder;
    std::int64_t m_shardRows;
    std::set<std::string> m_used; // file names
};

} // namespace adtailor
