// writeFolderAtomically: a folder that is either whole or absent, whatever happens meanwhile.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>

namespace adtailor {

// Calls `write` with a new folder beside `target`, which takes target's place once it returns; an
// older folder there goes only then. When `write` throws, nothing of it stays.
void writeFolderAtomically(const std::filesystem::path& target,
                           const std::function<void(const std::filesystem::path& folder)>& write);

} // namespace adtailor
