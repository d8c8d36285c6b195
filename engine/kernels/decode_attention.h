// Attention of one new position over a cache of keys and values, which is read once.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kernels/cpu_kernels.h"

#include <cstdint>
#include <vector>

namespace adtailor {

template<typename Value> // float or std::uint16_t (bfloat16)
class DecodeAttention
{
public:
    // query [rows, heads, headDim]; keys and values [rows, keyHeads, capacity, headDim], of which
    // `length` positions count; heads share keys in groups. mask: added to the scores,
    // [rows, length], or null.
    struct Input
    {
        const Value *query, *keys, *values, *mask;
        std::int64_t rows, heads, keyHeads, headDim, capacity, length;
    };
    static bool suits(std::int64_t headDim) { return headDim % 32 == 0 && headDim <= 256; }

    DecodeAttention(const Input& input, CpuKernels kernels) // any but Library
        : m_input(input)
        , m_kernels(kernels)
    {
    }
    // Tasks [begin, end) of rows * heads; mixed [rows, heads, headDim].
    void mix(std::int64_t begin, std::int64_t end, Value* mixed) const;

private:
    Input m_input;
    CpuKernels m_kernels;
};

} // namespace adtailor
