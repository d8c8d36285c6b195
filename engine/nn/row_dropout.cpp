// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/row_dropout.h"

#include "core/counter_rng.h"

#include <algorithm>
#include <array>
#include <utility>

namespace adtailor {

namespace {

thread_local std::optional<RowDraws> rowDraws;

// Four 32-bit draws of one Philox call: probabilities are met to 2^-32.
void fillMask(float* mask, std::int64_t count, double p, const RowDraws& draws, std::int64_t row)
{
    const auto limit = static_cast<std::uint32_t>(p * 4294967296.0);
    const auto kept = static_cast<float>(1 / (1 - p));
    const std::array<std::uint32_t, 2> key{ static_cast<std::uint32_t>(draws.seed),
                                            static_cast<std::uint32_t>(draws.seed >> 32U) };
    for (std::int64_t start = 0; start < count; start += 4) {
        const auto index = static_cast<std::uint64_t>(start / 4);
        const auto bits = philox4x32({ static_cast<std::uint32_t>(index),
                                       static_cast<std::uint32_t>(index >> 32U), draws.calls,
                                       static_cast<std::uint32_t>(row) },
                                     key);
        for (std::int64_t i = start; i < std::min(count, start + 4); ++i)
            mask[i] = bits[static_cast<std::size_t>(i - start)] < limit ? 0.0F : kept;
    }
}

} // namespace

std::optional<RowDraws> RowDraws::current()
{
    return rowDraws;
}

RowDrawsGuard::RowDrawsGuard(std::optional<RowDraws> draws)
    : m_before(std::exchange(rowDraws, draws))
{
}

RowDrawsGuard::~RowDrawsGuard()
{
    rowDraws = m_before;
}

torch::Tensor rowDropout(const torch::Tensor& x, double p)
{
    if (!rowDraws || x.is_meta())
        return torch::dropout(x, p, true);
    const auto mask = torch::empty(x.sizes(), torch::kFloat32);
    const std::int64_t size = x.size(0) > 0 ? x.numel() / x.size(0) : 0;
    for (std::int64_t row = 0; row < x.size(0); ++row)
        fillMask(mask.mutable_data_ptr<float>() + row * size, size, p, *rowDraws,
                 rowDraws->firstRow + row);
    ++rowDraws->calls;
    return x * mask.to(x.options());
}

} // namespace adtailor
