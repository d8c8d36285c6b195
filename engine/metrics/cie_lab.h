// CIE L*a*b* of sRGB colours, and the CIEDE2000 difference of two.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace adtailor {

struct CieLab
{
    double lightness = 0, a = 0, b = 0;
};

CieLab cieLab(const std::uint8_t* rgb); // D65, 2 degrees
// Sharma, Wu and Dalal 2005, with all weights 1.
double ciede2000(const CieLab& left, const CieLab& right);

} // namespace adtailor
