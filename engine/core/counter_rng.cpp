// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/counter_rng.h"

#include <algorithm>
#include <cmath>

namespace adtailor {

namespace {

std::uint32_t low(std::uint64_t value)
{
    return static_cast<std::uint32_t>(value);
}

std::uint32_t high(std::uint64_t value)
{
    return static_cast<std::uint32_t>(value >> 32U);
}

double toUnit(std::uint64_t bits)
{
    return static_cast<double>(bits >> 11U) * 0x1.0p-53;
}

} // namespace

std::array<std::uint32_t, 4> philox4x32(std::array<std::uint32_t, 4> counter,
                                        std::array<std::uint32_t, 2> key)
{
    constexpr std::uint64_t multiplier0 = 0xD2511F53;
    constexpr std::uint64_t multiplier1 = 0xCD9E8D57;
    constexpr std::uint32_t weyl0 = 0x9E3779B9;
    constexpr std::uint32_t weyl1 = 0xBB67AE85;
    for (int round = 0; round < 10; ++round) {
        const std::uint64_t product0 = multiplier0 * counter[0];
        const std::uint64_t product1 = multiplier1 * counter[2];
        counter = { high(product1) ^ counter[1] ^ key[0], low(product1),
                    high(product0) ^ counter[3] ^ key[1], low(product0) };
        key[0] += weyl0;
        key[1] += weyl1;
    }
    return counter;
}

CounterRng::CounterRng(std::uint64_t seed, std::uint64_t stream)
    : m_seed(seed)
    , m_stream(stream)
{
}

std::uint64_t CounterRng::bitsAt(std::uint64_t index) const
{
    const auto block = philox4x32({ low(index), high(index), low(m_stream), high(m_stream) },
                                  { low(m_seed), high(m_seed) });
    return static_cast<std::uint64_t>(block[1]) << 32U | block[0];
}

double CounterRng::uniformAt(std::uint64_t index) const
{
    return toUnit(bitsAt(index));
}

std::uint64_t CounterRng::bits()
{
    return bitsAt(m_next++);
}

double CounterRng::uniform()
{
    return toUnit(bits());
}

std::uint64_t CounterRng::below(std::uint64_t limit)
{
    // Draws under this threshold would make the small remainders more likely.
    const std::uint64_t threshold = (0 - limit) % limit;
    std::uint64_t draw = bits();
    while (draw < threshold)
        draw = bits();
    return draw % limit;
}

double CounterRng::exponential()
{
    // 1 - u lies in (0, 1], so the logarithm is finite.
    return -std::log(1.0 - uniform());
}

void CounterRng::fillExponential(std::span<float> values)
{
    for (float& value : values)
        value = static_cast<float>(exponential());
}

void CounterRng::fillGumbel(std::span<float> values)
{
    // Exp(1) may be exactly 0 (u = 0), whose Gumbel value would be infinite: half of the smallest
    // step of u stands in for it.
    for (float& value : values)
        value = static_cast<float>(-std::log(std::max(exponential(), 0x1.0p-54)));
}

} // namespace adtailor
