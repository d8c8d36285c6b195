// FolderLock: a folder that one process at a time works in.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

namespace adtailor {

class FolderLock
{
public:
    // Claims the folder by a lock on its file `lock` until this object dies or the process does.
    // InvalidInput when another process has it (the sentence goes on with `held`), or the file
    // cannot be made (with the reason, and then `remedy`).
    FolderLock(const std::filesystem::path& folder, const std::string& held,
               const std::string& remedy);
    // Of an evaluation: whoever makes ads in it or scores them. Makes the folder.
    static FolderLock ofEvaluation(const std::filesystem::path& folder);
    FolderLock(const FolderLock&) = delete;
    FolderLock& operator=(const FolderLock&) = delete;
    ~FolderLock();

private:
    int m_file = -1;
};

} // namespace adtailor
