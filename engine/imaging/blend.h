// blend: one colour value over another by alpha.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace adtailor::imaging {

// Rounded to nearest; exact for alpha 0 and 255.
inline std::uint8_t blend(unsigned over, unsigned under, unsigned alpha)
{
    return static_cast<std::uint8_t>((over * alpha + under * (255 - alpha) + 127) / 255);
}

} // namespace adtailor::imaging
