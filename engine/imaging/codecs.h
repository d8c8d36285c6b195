// The three decoders, the PNG and the WebP encoder. Callers have probed the header before.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "imaging/image_probe.h"

#include <adtailor/image.h>

#include <string>
#include <utility>
#include <vector>

namespace adtailor::imaging {

// Each answers upright 8-bit RGB or RGBA of the probed size (sides swapped by an EXIF rotation) and
// throws Failure(FileCorrupt) for a truncated or damaged file.
Image decodePng(std::span<const std::byte> bytes, const ImageHeader& header,
                const std::string& name);
Image decodeJpeg(std::span<const std::byte> bytes, const ImageHeader& header,
                 const std::string& name);
Image decodeWebP(std::span<const std::byte> bytes, const ImageHeader& header,
                 const std::string& name);

std::vector<std::byte> writePng(const Image& image,
                                const std::vector<std::pair<std::string, std::string>>& text);
// Lossy, of an RGB picture; quality 1 to 100.
std::vector<std::byte> writeWebP(const Image& image, int quality);

} // namespace adtailor::imaging
