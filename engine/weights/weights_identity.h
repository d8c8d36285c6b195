// weightsIdentity: a hash that tells one set of weights from another within seconds.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/job.h>

#include <filesystem>
#include <string>
#include <vector>

namespace adtailor {

// SHA-256 in hex. One file of at most 256 MiB: its own. More: of each file's size, first MiB (which
// holds all names and shapes of a usual header) and 255 spaced blocks of 64 KiB. It names a model
// in results; it is no proof that every byte is sound (see the manifest for that).
std::string weightsIdentity(const std::vector<std::filesystem::path>& files, const JobControl& job);

} // namespace adtailor
