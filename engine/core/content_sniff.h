// Says what a file really is when it is not what was expected; names and extensions are ignored.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace adtailor {

inline constexpr std::size_t sniffedBytes = 512;

// `head`: the first bytes of the file, up to sniffedBytes. One sentence with what to do, or empty
// when nothing well-known was recognised.
std::string describeForeignContent(std::span<const std::byte> head);

} // namespace adtailor
