// SPDX-License-Identifier: GPL-3.0-or-later
#include "weights/finite.h"

#include <cstdint>
#include <cstring>

namespace adtailor {

namespace {

// NaN and infinity are the numbers whose exponent bits are all set.
template<typename Bits> bool noneHasFullExponent(std::span<const std::byte> values, Bits exponent)
{
    Bits found = 0;
    for (std::size_t i = 0; i + sizeof(Bits) <= values.size(); i += sizeof(Bits)) {
        Bits bits;
        std::memcpy(&bits, values.data() + i, sizeof bits);
        found |= static_cast<Bits>((bits & exponent) == exponent);
    }
    return found == 0;
}

} // namespace

bool allFinite(std::span<const std::byte> values, c10::ScalarType type)
{
    switch (type) {
    case c10::ScalarType::BFloat16:
        return noneHasFullExponent<std::uint16_t>(values, 0x7F80);
    case c10::ScalarType::Half:
        return noneHasFullExponent<std::uint16_t>(values, 0x7C00);
    case c10::ScalarType::Float:
        return noneHasFullExponent<std::uint32_t>(values, 0x7F80'0000);
    case c10::ScalarType::Double:
        return noneHasFullExponent<std::uint64_t>(values, 0x7FF0'0000'0000'0000);
    default:
        return true;
    }
}

} // namespace adtailor
