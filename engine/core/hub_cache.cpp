// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hub_cache.h"

#include "core/failure.h"
#include "core/input_file.h"

#include <cctype>
#include <vector>

namespace adtailor {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view entryMark = "models--";

bool isEntry(const fs::path& folder)
{
    return folder.filename().string().starts_with(entryMark);
}

// Absolute, without a slash at its end.
fs::path plainPath(const fs::path& folder)
{
    return fs::absolute(folder / "").lexically_normal().parent_path();
}

fs::path mainSnapshot(const fs::path& entry)
{
    const fs::path main = entry / "refs" / "main";
    if (!fs::is_regular_file(main))
        return {};
    std::string revision = readTextFile(main, 200);
    while (!revision.empty() && std::isspace(static_cast<unsigned char>(revision.back())))
        revision.pop_back();
    const fs::path folder = entry / "snapshots" / fs::path(revision).filename();
    return !revision.empty() && fs::is_directory(folder) ? folder : fs::path();
}

} // namespace

fs::path hubEntry(const fs::path& folder)
{
    const fs::path plain = plainPath(folder);
    if (isEntry(plain))
        return plain;
    const fs::path above = plain.parent_path();
    const bool snapshot = above.filename() == "snapshots" && isEntry(above.parent_path());
    return snapshot ? above.parent_path() : fs::path();
}

fs::path hubSnapshot(const fs::path& folder)
{
    if (!fs::is_directory(folder / "snapshots") || fs::exists(folder / "config.json"))
        return folder;
    if (const fs::path main = mainSnapshot(folder); !main.empty())
        return main;
    std::vector<fs::path> snapshots;
    for (const auto& item : fs::directory_iterator(folder / "snapshots")) {
        if (item.is_directory())
            snapshots.push_back(item.path());
    }
    if (snapshots.size() != 1)
        throw Failure(ErrorCode::FileNotFound,
                      "The cache entry " + folder.string() + " holds "
                          + std::to_string(snapshots.size())
                          + " snapshots and none is marked as current: name one of them.");
    return snapshots.front();
}

std::string hubName(const fs::path& folder)
{
    const fs::path entry = hubEntry(folder);
    if (entry.empty())
        return plainPath(folder).filename().string();
    const std::string name = entry.filename().string().substr(entryMark.size());
    const auto split = name.find("--");
    return split == std::string::npos ? name : name.substr(0, split) + '/' + name.substr(split + 2);
}

} // namespace adtailor
