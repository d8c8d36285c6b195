// What a picture file claims to be, read from its first bytes before any codec is entered.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace adtailor::imaging {

enum class Format { Png, Jpeg, WebP };

struct ImageHeader
{
    Format format = Format::Png;
    std::int64_t width = 0;
    std::int64_t height = 0;
};

// Bytes of a file that probePrefix needs to judge all PNG and WebP files and nearly all JPEGs.
inline constexpr std::size_t probeBytes = 64U << 10U;

// Throws Failure with the real format's name for anything but PNG, JPEG and WebP, and for a picture
// that breaks a limit of imaging.h. nullopt: a JPEG whose size lies behind these bytes.
std::optional<ImageHeader> probePrefix(std::span<const std::byte> bytes, const std::string& name);

// The same for a whole file: a JPEG without a size is FileCorrupt.
ImageHeader probe(std::span<const std::byte> bytes, const std::string& name);

} // namespace adtailor::imaging
