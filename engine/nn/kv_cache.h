// KvCache: keys and values of the positions read so far, allocated once for a whole generation.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/types.h>

#include <vector>

namespace adtailor {

class KvCache
{
public:
    // Each layer holds [batch, heads, capacity, headDim].
    KvCache(std::int64_t layers, std::int64_t batch, std::int64_t heads, std::int64_t capacity,
            std::int64_t headDim, const torch::TensorOptions& options)
    {
        for (std::int64_t i = 0; i < layers; ++i) {
            m_keys.push_back(torch::empty({ batch, heads, capacity, headDim }, options));
            m_values.push_back(torch::empty({ batch, heads, capacity, headDim }, options));
        }
    }

    std::int64_t length() const { return m_length; }
    std::int64_t capacity() const { return m_keys.front().size(2); }

    // Writes positions [length, length+T) of one layer; answers all positions written so far.
    std::pair<torch::Tensor, torch::Tensor> append(std::int64_t layer, const torch::Tensor& keys,
                                                   const torch::Tensor& values)
    {
        const std::int64_t added = keys.size(2);
        TORCH_CHECK(m_length + added <= capacity(), "KV cache of ", capacity(), " is full");
        m_keys[layer].narrow(2, m_length, added).copy_(keys);
        m_values[layer].narrow(2, m_length, added).copy_(values);
        return { m_keys[layer].narrow(2, 0, m_length + added),
                 m_values[layer].narrow(2, 0, m_length + added) };
    }
    // After all layers have appended the same positions.
    void advance(std::int64_t added) { m_length += added; }

    // A cache with the given rows of this one, in that order, and room for `capacity` positions; a
    // row may be taken often. Layer by layer: both are never in memory whole.
    KvCache gathered(const torch::Tensor& rows, std::int64_t capacity) &&
    {
        const auto moved = [&](torch::Tensor& from) { // [B, heads, S, headDim]
            const auto read = from.narrow(2, 0, m_length).index_select(0, rows);
            auto to = torch::empty({ rows.size(0), from.size(1), capacity, from.size(3) },
                                   from.options());
            to.narrow(2, 0, m_length).copy_(read);
            from = torch::Tensor();
            return to;
        };
        KvCache result;
        for (std::size_t i = 0; i < m_keys.size(); ++i) {
            result.m_keys.push_back(moved(m_keys[i]));
            result.m_values.push_back(moved(m_values[i]));
        }
        result.m_length = m_length;
        return result;
    }

private:
    KvCache() = default;

    std::vector<torch::Tensor> m_keys, m_values;
    std::int64_t m_length = 0;
};

} // namespace adtailor
