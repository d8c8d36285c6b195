// Products of few rows, where reading the weights takes longer than the sums.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kernels/cpu_kernels.h"

#include <cstdint>
#include <vector>

namespace adtailor {

// y = x W^T + bias, of float32 or bfloat16 (its bits). Each weight is read once for up to four
// rows, in the order of memory, and summed in float32; a sum does not depend on the threads or the
// other rows.
template<typename Value> // float or std::uint16_t
class FewRows
{
public:
    // x [rows, inner], weight [outer, inner], bias [outer] or null
    struct Input
    {
        const Value *x, *weight, *bias;
        std::int64_t rows, inner, outer;
    };
    static bool suits(std::int64_t inner) { return inner % 32 == 0; }

    // kernels: any but Library
    FewRows(const Input& input, CpuKernels kernels);
    // Columns [begin, end) of y [rows, outer].
    void multiply(std::int64_t begin, std::int64_t end, Value* y) const;

private:
    Input m_input;
    CpuKernels m_kernels;
    std::vector<float> m_wide; // x in float32, where the loop reads it so
};

} // namespace adtailor
