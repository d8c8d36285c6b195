// Products of few rows with weights of 8 or 4 bits; x is rounded to 8 bits, row by row.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kernels/cpu_kernels.h"

#include <cstdint>
#include <vector>

namespace adtailor {

enum class QuantizedType { Int8, Int4 };

// W [outer, inner].
// Int8: values int8 [outer, inner], -127 to 127; weight = scales[row] * value, scales float32.
// Int4: values [outer, inner / 2], chunks of 64 bytes for 128 weights: the low halves of the bytes
// are the first 64, the high halves the others; weight = scale * (value - 8) with one scale for
// each 32 weights, bfloat16 [outer, inner / 32] in their order.
struct QuantizedWeight
{
    static constexpr std::int64_t group = 32, chunk = 128; // of Int4, in weights
    QuantizedType type = QuantizedType::Int8;
    const void* values = nullptr;
    const void* scales = nullptr;
    const std::int32_t* sums = nullptr; // of each row's values; Int8 only
    std::int64_t inner = 0, outer = 0;

    static bool suits(QuantizedType type, std::int64_t inner)
    {
        return inner % (type == QuantizedType::Int8 ? 64 : chunk) == 0;
    }
};

// y = x W^T + bias. Sums of 8-bit weights are exact, so that every processor gives the same; a sum
// does not depend on the threads or the other rows.
template<typename Value> // float or std::uint16_t (bfloat16)
class QuantizedRows
{
public:
    // x [rows, inner], bias [outer] or null; kernels: any but Library
    QuantizedRows(const QuantizedWeight& weight, const Value* x, const Value* bias,
                  std::int64_t rows, CpuKernels kernels);
    // Columns [begin, end) of y [rows, outer].
    void multiply(std::int64_t begin, std::int64_t end, Value* y) const;

private:
    void roundRow(const Value* x, std::int64_t row);

    QuantizedWeight m_weight;
    const Value* m_bias;
    std::int64_t m_rows;
    CpuKernels m_kernels;
    std::vector<std::int8_t> m_x; // [rows, inner]
    std::vector<float> m_scales; // of each row of x
    std::vector<float> m_groupSums; // of m_x, [rows, inner / group]; Int4 only
};

} // namespace adtailor
