// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/atomic_folder.h"

#include "core/failure.h"

namespace adtailor {

namespace fs = std::filesystem;

void writeFolderAtomically(const fs::path& target,
                           const std::function<void(const fs::path&)>& write)
{
    fs::path folder = fs::absolute(target / "").lexically_normal().parent_path();
    const fs::path whole = folder;
    folder += ".unfinished";
    std::error_code error;
    fs::remove_all(folder, error); // of a process that was killed
    fs::create_directories(folder, error);
    if (error)
        throw Failure(ErrorCode::InvalidInput,
                      "Cannot make the folder " + folder.string() + " (" + error.message()
                          + "): check the disk and its permissions.");
    try {
        write(folder);
    } catch (...) {
        fs::remove_all(folder, error);
        throw;
    }
    fs::remove_all(whole);
    fs::rename(folder, whole);
}

} // namespace adtailor
