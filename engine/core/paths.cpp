// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/paths.h"

#include <algorithm>
#include <cstdlib>

namespace adtailor {

namespace fs = std::filesystem;

bool isBeneath(const fs::path& path, const fs::path& root)
{
    return std::mismatch(root.begin(), root.end(), path.begin(), path.end()).first == root.end();
}

fs::path userDataFolder()
{
    if (const char* data = std::getenv("XDG_DATA_HOME"); data && *data)
        return fs::path(data) / "adtailor";
    const char* user = std::getenv("HOME");
    return fs::path(user ? user : ".") / ".local" / "share" / "adtailor";
}

} // namespace adtailor
