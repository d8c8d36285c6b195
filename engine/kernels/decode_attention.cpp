// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/decode_attention.h"

#include "kernels/bf16.h"
#include "kernels/simd.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <type_traits>

namespace adtailor {

namespace {

float number(float value)
{
    return value;
}

float number(std::uint16_t value)
{
    return fromBf16(value);
}

// One head: the first position that the mask shows, and what each loop needs.
template<typename Value> struct Head
{
    const float* query; // times the scale
    const Value *keys, *values;
    std::int64_t first, length, headDim;
};

template<typename Value> void portableScores(const Head<Value>& head, float* scores)
{
    for (std::int64_t t = head.first; t < head.length; ++t) {
        float sum = 0;
        for (std::int64_t d = 0; d < head.headDim; ++d)
            sum += head.query[d] * number(head.keys[t * head.headDim + d]);
        scores[t] = sum;
    }
}

template<typename Value>
void portableMix(const Head<Value>& head, const float* weights, float* mixed)
{
    std::fill(mixed, mixed + head.headDim, 0.0F);
    for (std::int64_t t = head.first; t < head.length; ++t)
        for (std::int64_t d = 0; d < head.headDim; ++d)
            mixed[d] += weights[t] * number(head.values[t * head.headDim + d]);
}

#if defined(__x86_64__)
template<typename Value> ADTAILOR_AVX2 void avx2Scores(const Head<Value>& head, float* scores)
{
    for (std::int64_t t = head.first; t < head.length; ++t) {
        const Value* key = head.keys + t * head.headDim;
        __m256 low = _mm256_setzero_ps(), high = low;
        for (std::int64_t d = 0; d < head.headDim; d += 16) {
            low = _mm256_fmadd_ps(_mm256_loadu_ps(head.query + d), simd::load8(key + d), low);
            high = _mm256_fmadd_ps(_mm256_loadu_ps(head.query + d + 8), simd::load8(key + d + 8),
                                   high);
        }
        scores[t] = simd::sumOfLanes(_mm256_add_ps(low, high));
    }
}

template<typename Value>
ADTAILOR_AVX2 void avx2Mix(const Head<Value>& head, const float* weights, float* mixed)
{
    for (std::int64_t d = 0; d < head.headDim; d += 32) {
        __m256 sums[4] = { _mm256_setzero_ps(), _mm256_setzero_ps(), _mm256_setzero_ps(),
                           _mm256_setzero_ps() };
        for (std::int64_t t = head.first; t < head.length; ++t) {
            const __m256 weight = _mm256_set1_ps(weights[t]);
            const Value* value = head.values + t * head.headDim + d;
#pragma GCC unroll 4
            for (int part = 0; part < 4; ++part)
                sums[part] = _mm256_fmadd_ps(weight, simd::load8(value + part * 8), sums[part]);
        }
#pragma GCC unroll 4
        for (int part = 0; part < 4; ++part)
            _mm256_storeu_ps(mixed + d + part * 8, sums[part]);
    }
}

template<typename Value> ADTAILOR_AVX512 void avx512Scores(const Head<Value>& head, float* scores)
{
    for (std::int64_t t = head.first; t < head.length; ++t) {
        const Value* key = head.keys + t * head.headDim;
        _mm_prefetch(reinterpret_cast<const char*>(key) + simd::bytesAhead, _MM_HINT_T0);
        __m512 low = _mm512_setzero_ps(), high = low;
        for (std::int64_t d = 0; d < head.headDim; d += 32) {
            low = _mm512_fmadd_ps(_mm512_loadu_ps(head.query + d), simd::load16(key + d), low);
            high = _mm512_fmadd_ps(_mm512_loadu_ps(head.query + d + 16), simd::load16(key + d + 16),
                                   high);
        }
        scores[t] = _mm512_reduce_add_ps(_mm512_add_ps(low, high));
    }
}

// 32 columns at a time stay in registers over all positions.
template<typename Value>
ADTAILOR_AVX512 void avx512Mix(const Head<Value>& head, const float* weights, float* mixed)
{
    for (std::int64_t d = 0; d < head.headDim; d += 32) {
        __m512 first = _mm512_setzero_ps(), second = first;
        for (std::int64_t t = head.first; t < head.length; ++t) {
            const __m512 weight = _mm512_set1_ps(weights[t]);
            const Value* value = head.values + t * head.headDim + d;
            first = _mm512_fmadd_ps(weight, simd::load16(value), first);
            second = _mm512_fmadd_ps(weight, simd::load16(value + 16), second);
        }
        _mm512_storeu_ps(mixed + d, first);
        _mm512_storeu_ps(mixed + d + 16, second);
    }
}
#endif

template<typename Value> void scoresOf(CpuKernels kernels, const Head<Value>& head, float* scores)
{
#if defined(__x86_64__)
    if (kernels == CpuKernels::Avx512)
        return avx512Scores(head, scores);
    if (kernels == CpuKernels::Avx2)
        return avx2Scores(head, scores);
#endif
    portableScores(head, scores);
}

template<typename Value>
void mixOf(CpuKernels kernels, const Head<Value>& head, const float* weights, float* mixed)
{
#if defined(__x86_64__)
    if (kernels == CpuKernels::Avx512)
        return avx512Mix(head, weights, mixed);
    if (kernels == CpuKernels::Avx2)
        return avx2Mix(head, weights, mixed);
#endif
    portableMix(head, weights, mixed);
}

// Scores become weights that add up to 1.
void softmax(float* scores, std::int64_t first, std::int64_t length)
{
    const float largest = *std::max_element(scores + first, scores + length);
    float sum = 0;
    for (std::int64_t t = first; t < length; ++t) {
        scores[t] = std::exp(scores[t] - largest);
        sum += scores[t];
    }
    for (std::int64_t t = first; t < length; ++t)
        scores[t] /= sum;
}

} // namespace

template<typename Value>
void DecodeAttention<Value>::mix(std::int64_t begin, std::int64_t end, Value* mixed) const
{
    const auto& [query, keys, values, mask, rows, heads, keyHeads, headDim, capacity, length]
        = m_input;
    constexpr float blocked = -std::numeric_limits<float>::infinity();
    const float scale = 1 / std::sqrt(static_cast<float>(headDim));
    std::vector<float> scaled(static_cast<std::size_t>(headDim)), sums(scaled.size());
    std::vector<float> scores(static_cast<std::size_t>(length));
    for (std::int64_t task = begin; task < end; ++task) {
        const std::int64_t row = task / heads, keyHead = task % heads / (heads / keyHeads);
        const std::int64_t start = (row * keyHeads + keyHead) * capacity * headDim;
        std::transform(query + task * headDim, query + (task + 1) * headDim, scaled.begin(),
                       [scale](Value value) { return number(value) * scale; });
        const Value* shown = mask ? mask + row * length : nullptr;
        std::int64_t first = 0; // padding on the left is not read
        while (shown && first + 1 < length && number(shown[first]) == blocked)
            ++first;
        const Head<Value> head{
            scaled.data(), keys + start, values + start, first, length, headDim
        };
        scoresOf(m_kernels, head, scores.data());
        for (std::int64_t t = first; shown && t < length; ++t)
            scores[static_cast<std::size_t>(t)] += number(shown[t]);
        softmax(scores.data(), first, length);
        mixOf(m_kernels, head, scores.data(), sums.data());
        std::transform(sums.begin(), sums.end(), mixed + task * headDim, [](float value) {
            if constexpr (std::is_same_v<Value, float>)
                return value;
            else
                return toBf16(value);
        });
    }
}

template class DecodeAttention<float>;
template class DecodeAttention<std::uint16_t>;

} // namespace adtailor
