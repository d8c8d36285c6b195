// XMP packets in PNG, JPEG and WebP files: writing, and finding one in a file nobody vouches for.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/channels.h>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace adtailor::imaging {

// A JPEG segment holds no more.
inline constexpr std::size_t longestXmp = 65'000;

// record: JSON, kept as adtailor:record. composite: a real photo lies over what the model drew.
// Source: IPTC Photo Metadata 2023.2, Digital Source Type; XMP specification, part 1.
std::string xmpPacket(std::string_view title, std::string_view record, bool composite);
// The unescaped adtailor:record of a packet; empty when it has none.
std::string recordInXmp(std::string_view packet);

// The encoded file with the packet put into it. XMP specification, part 3. FileCorrupt when the
// bytes are not of that kind, InvalidInput for a packet that is too long.
std::vector<std::byte> withXmp(std::span<const std::byte> file, FileKind kind,
                               const std::string& packet, int width, int height);
// The first packet of a file; empty when it has none. Looks at no more than 4096 chunks.
std::string xmpOf(std::span<const std::byte> file);

} // namespace adtailor::imaging
