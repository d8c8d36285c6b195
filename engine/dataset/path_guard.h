// PathGuard: keeps the paths of a foreign file beneath one folder.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <unordered_set>

namespace adtailor {

class PathGuard
{
public:
    // root must exist: FileNotFound.
    explicit PathGuard(const std::filesystem::path& root, bool checkFiles);

    // The path beneath the root. Throws Failure(InvalidInput) for an absolute path, a way out by
    // "..", or (with checkFiles) a link out, a missing file or one that is not a plain file.
    std::filesystem::path resolve(const std::string& path);

    // The last three of these for a path that resolve() gave without checking. name: in sentences.
    void check(const std::filesystem::path& full, const std::string& name);

private:
    std::filesystem::path m_root; // canonical
    bool m_checkFiles;
    std::unordered_set<std::string> m_known; // checked already; bounded
};

} // namespace adtailor
