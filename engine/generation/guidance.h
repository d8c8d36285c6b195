// Classifier-free guidance over interleaved rows: row 2b is conditional, row 2b+1 unconditional.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/types.h>

namespace adtailor {

// logits [2B, V] -> u + scale * (c - u), [B, V]
inline torch::Tensor guided(const torch::Tensor& logits, double scale)
{
    const auto pairs = logits.view({ -1, 2, logits.size(-1) });
    const auto conditional = pairs.select(1, 0);
    const auto unconditional = pairs.select(1, 1);
    return unconditional + scale * (conditional - unconditional);
}

// [B, ...] -> [2B, ...]: both rows of a pair read the same.
inline torch::Tensor paired(const torch::Tensor& rows)
{
    return rows.repeat_interleave(2, 0);
}

} // namespace adtailor
