// Dropout by rows: a row of a batch loses the same elements whichever process it is computed in.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/types.h>

#include <cstdint>
#include <optional>

namespace adtailor {

// Where the masks of this thread come from.
struct RowDraws
{
    std::uint64_t seed = 0;
    std::int64_t firstRow = 0; // place in the whole batch of row 0 of the tensors at hand
    std::uint32_t calls = 0; // of rowDropout so far

    static std::optional<RowDraws> current();
};

// While it lives, rowDropout of this thread draws from these.
class RowDrawsGuard
{
public:
    explicit RowDrawsGuard(std::optional<RowDraws> draws);
    RowDrawsGuard(const RowDrawsGuard&) = delete;
    RowDrawsGuard& operator=(const RowDrawsGuard&) = delete;
    ~RowDrawsGuard();

private:
    std::optional<RowDraws> m_before;
};

// x [B, ...]: each element is zero with probability p, else 1 / (1 - p) of itself. Which ones
// follows from (seed, place of the row in the whole batch, number of the call), drawn on the CPU.
// Without a guard it is torch's own dropout.
torch::Tensor rowDropout(const torch::Tensor& x, double p);

} // namespace adtailor
