// hashFile: the SHA-256 of a file of any size, shown in pieces while it is read.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/job.h>

#include <cstddef>
#include <filesystem>
#include <functional>
#include <span>
#include <string>

namespace adtailor {

// Calls `each` with every piece in order. A job may stop it between two pieces.
std::string hashFile(const std::filesystem::path& path, const JobControl& job,
                     const std::function<void(std::span<const std::byte>)>& each);

} // namespace adtailor
