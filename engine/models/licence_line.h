// The licence of a model as its folder states it, for people to read.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

namespace adtailor {

// "license:" of the card's front matter in README.md, or else the first line of a licence file. At
// most 200 bytes of printable text; empty when there is neither.
std::string licenceLine(const std::filesystem::path& folder);

} // namespace adtailor
