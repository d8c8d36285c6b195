// CounterRng: random numbers as a pure function of (seed, stream, index): Philox4x32-10.
// The same request gives the same draws in any order, on any machine, with any batch size.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <span>

namespace adtailor {

// Random123's Philox4x32 with ten rounds (Salmon et al., SC 2011).
std::array<std::uint32_t, 4> philox4x32(std::array<std::uint32_t, 4> counter,
                                        std::array<std::uint32_t, 2> key);

// One stream for each independent use of a request's seed.
enum class RandomStream : std::uint64_t {
    Title = 1, // index: title token
    Picture = 2, // index: image token
    Mask = 3, // Gumbel noise of the preference masks
    History = 4, // choice of history items
    Data = 5,
    Training = 6,
};

class CounterRng
{
public:
    CounterRng(std::uint64_t seed, std::uint64_t stream);
    CounterRng(std::uint64_t seed, RandomStream stream)
        : CounterRng(seed, static_cast<std::uint64_t>(stream))
    {
    }

    // The draw number `index`, in [0, 1), 53 bits; does not move the generator.
    double uniformAt(std::uint64_t index) const;

    // The next draws in order.
    std::uint64_t bits();
    double uniform();
    std::uint64_t below(std::uint64_t limit); // 0 ... limit-1, unbiased; limit > 0
    double exponential(); // Exp(1)
    void fillExponential(std::span<float> values);
    void fillGumbel(std::span<float> values); // -log(Exp(1))

private:
    std::uint64_t bitsAt(std::uint64_t index) const;

    std::uint64_t m_seed;
    std::uint64_t m_stream;
    std::uint64_t m_next = 0;
};

} // namespace adtailor
