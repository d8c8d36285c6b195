// Products of few rows with bfloat16 weights, for processors without bfloat16 arithmetic.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

namespace adtailor {

enum class CpuKernels {
    Library, // the processor calculates in bfloat16, and LibTorch makes use of it
    Avx2,
    Portable
};
// What serves this processor best; ADTAILOR_KERNELS=library|avx2|portable asks for another.
CpuKernels cpuKernels();

// y = x W^T + bias. Each weight is read once for up to four rows, in the order of memory, widened
// in registers and summed in float32; a sum does not depend on the threads or the other rows.
class Bf16Rows
{
public:
    // x [rows, inner], weight [outer, inner], bias [outer] or null: bits of bfloat16.
    struct Input
    {
        const std::uint16_t *x, *weight, *bias;
        std::int64_t rows, inner, outer;
    };
    static bool suits(std::int64_t inner) { return inner % 16 == 0; }

    Bf16Rows(const Input& input, CpuKernels kernels);
    // Columns [begin, end) of y, bfloat16 [rows, outer].
    void multiply(std::int64_t begin, std::int64_t end, std::uint16_t* y) const;

private:
    Input m_input;
    CpuKernels m_kernels;
    std::vector<float> m_x; // widened
};

} // namespace adtailor
