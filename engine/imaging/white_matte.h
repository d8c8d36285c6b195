// Removes a plain white background: studio product photos come without alpha.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/image.h>

#include <optional>

namespace adtailor::imaging {

// RGB or opaque RGBA in, RGBA out. nullopt when the border is not plain white, or when nothing or
// nearly everything would remain.
std::optional<Image> removeWhiteBackground(const Image& image);

} // namespace adtailor::imaging
