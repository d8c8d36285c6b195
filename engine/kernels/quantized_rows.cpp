// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/quantized_rows.h"

#include "kernels/bf16.h"
#include "kernels/simd.h"

#include <algorithm>
#include <cmath>
#include <type_traits>

namespace adtailor {

namespace {

constexpr std::int64_t rowsAtOnce = 4; // of x; more would not fit into registers
constexpr std::int64_t group = QuantizedWeight::group, chunk = QuantizedWeight::chunk;

float wide(float value)
{
    return value;
}

float wide(std::uint16_t value)
{
    return fromBf16(value);
}

// One row of weights as the loops read it, and the rows of x.
struct Int8Row
{
    const std::int8_t *weight, *x;
    std::int64_t inner;
    std::int32_t weightSum;
};

struct Int4Row
{
    const std::uint8_t* weight;
    const std::uint16_t* scales; // bfloat16
    const std::int8_t* x;
    const float* groupSums;
    std::int64_t inner;
};

template<int Rows> void portableInt8(const Int8Row& row, float* sums)
{
    for (int i = 0; i < Rows; ++i) {
        std::int32_t sum = 0;
        for (std::int64_t k = 0; k < row.inner; ++k)
            sum += std::int32_t{ row.weight[k] } * row.x[i * row.inner + k];
        sums[i] = static_cast<float>(sum);
    }
}

template<int Rows> void portableInt4(const Int4Row& row, float* sums)
{
    const std::int64_t groups = row.inner / group;
    for (int i = 0; i < Rows; ++i) {
        const std::int8_t* x = row.x + i * row.inner;
        float sum = 0;
        for (std::int64_t g = 0; g < groups; ++g) {
            const std::int64_t k = g * group;
            const bool high = k % chunk >= chunk / 2;
            const std::uint8_t* bytes = row.weight + k / chunk * (chunk / 2) + k % (chunk / 2);
            std::int32_t part = 0;
            for (std::int64_t j = 0; j < group; ++j)
                part += (high ? bytes[j] >> 4 : bytes[j] & 15) * x[k + j];
            sum += fromBf16(row.scales[g])
                * (static_cast<float>(part) - 8 * row.groupSums[i * groups + g]);
        }
        sums[i] = sum;
    }
}

#if defined(__x86_64__)
// Sums of four neighbours: bytes without sign times bytes with it, at most 127 * 127 each.
ADTAILOR_AVX2 inline __m256i dotBytes(__m256i unsignedBytes, __m256i signedBytes)
{
    return _mm256_madd_epi16(_mm256_maddubs_epi16(unsignedBytes, signedBytes),
                             _mm256_set1_epi16(1));
}

ADTAILOR_AVX2 inline __m256i load32(const void* bytes)
{
    return _mm256_loadu_si256(static_cast<const __m256i*>(bytes));
}

template<int Rows> ADTAILOR_AVX2 void avx2Int8(const Int8Row& row, float* sums)
{
    __m256i lanes[Rows];
#pragma GCC unroll 4
    for (int i = 0; i < Rows; ++i)
        lanes[i] = _mm256_setzero_si256();
    for (std::int64_t k = 0; k < row.inner; k += 32) {
        _mm_prefetch(reinterpret_cast<const char*>(row.weight + k) + simd::bytesAhead, _MM_HINT_T0);
        const __m256i weight = load32(row.weight + k), size = _mm256_abs_epi8(weight);
#pragma GCC unroll 4
        for (int i = 0; i < Rows; ++i) {
            const __m256i x = load32(row.x + i * row.inner + k);
            lanes[i] = _mm256_add_epi32(lanes[i], dotBytes(size, _mm256_sign_epi8(x, weight)));
        }
    }
#pragma GCC unroll 4
    for (int i = 0; i < Rows; ++i)
        sums[i] = static_cast<float>(simd::sumOfLanes(lanes[i]));
}

template<int Rows> ADTAILOR_AVX2 void avx2Int4(const Int4Row& row, float* sums)
{
    const std::int64_t groups = row.inner / group;
    const __m256i nibble = _mm256_set1_epi8(15);
    __m256 lanes[Rows];
#pragma GCC unroll 4
    for (int i = 0; i < Rows; ++i) {
        lanes[i] = _mm256_setzero_ps();
        for (std::int64_t g = 0; g < groups; g += 4) { // chunks have four
            const __m128 scales = _mm_castsi128_ps(
                _mm_slli_epi32(_mm_cvtepu16_epi32(_mm_loadl_epi64(
                                   reinterpret_cast<const __m128i*>(row.scales + g))),
                               16));
            const __m128 x = _mm_loadu_ps(row.groupSums + i * groups + g);
            lanes[i] = _mm256_add_ps(
                lanes[i],
                _mm256_zextps128_ps256(_mm_mul_ps(_mm_mul_ps(scales, x), _mm_set1_ps(-8))));
        }
    }
    for (std::int64_t g = 0; g < groups; g += 4) {
        const std::uint8_t* bytes = row.weight + g * (group / 2);
        _mm_prefetch(reinterpret_cast<const char*>(bytes) + simd::bytesAhead, _MM_HINT_T0);
        const __m256i first = load32(bytes), second = load32(bytes + 32);
        const __m256i parts[4]
            = { _mm256_and_si256(first, nibble), _mm256_and_si256(second, nibble),
                _mm256_and_si256(_mm256_srli_epi16(first, 4), nibble),
                _mm256_and_si256(_mm256_srli_epi16(second, 4), nibble) };
#pragma GCC unroll 4
        for (int part = 0; part < 4; ++part) {
            const __m256 scale = _mm256_set1_ps(fromBf16(row.scales[g + part]));
#pragma GCC unroll 4
            for (int i = 0; i < Rows; ++i) {
                const __m256i x = load32(row.x + i * row.inner + (g + part) * group);
                lanes[i] = _mm256_fmadd_ps(_mm256_cvtepi32_ps(dotBytes(parts[part], x)), scale,
                                           lanes[i]);
            }
        }
    }
#pragma GCC unroll 4
    for (int i = 0; i < Rows; ++i)
        sums[i] = simd::sumOfLanes(lanes[i]);
}

ADTAILOR_AVX512 inline __m512i load64(const void* bytes)
{
    return _mm512_loadu_si512(bytes);
}

template<int Rows> ADTAILOR_AVX512 void avx512Int8(const Int8Row& row, float* sums)
{
    // The instruction wants one side without sign: x + 128, and 128 times the weights off again.
    const __m512i shift = _mm512_set1_epi8(static_cast<char>(0x80));
    __m512i even[Rows], odd[Rows];
#pragma GCC unroll 4
    for (int i = 0; i < Rows; ++i)
        even[i] = odd[i] = _mm512_setzero_si512();
    std::int64_t k = 0;
    for (; k + 128 <= row.inner; k += 128) {
        _mm_prefetch(reinterpret_cast<const char*>(row.weight + k) + simd::bytesAhead, _MM_HINT_T0);
        _mm_prefetch(reinterpret_cast<const char*>(row.weight + k + 64) + simd::bytesAhead,
                     _MM_HINT_T0);
        const __m512i first = load64(row.weight + k), second = load64(row.weight + k + 64);
#pragma GCC unroll 4
        for (int i = 0; i < Rows; ++i) {
            const std::int8_t* x = row.x + i * row.inner + k;
            even[i] = _mm512_dpbusd_epi32(even[i], _mm512_xor_si512(load64(x), shift), first);
            odd[i] = _mm512_dpbusd_epi32(odd[i], _mm512_xor_si512(load64(x + 64), shift), second);
        }
    }
    if (k < row.inner) {
        const __m512i last = load64(row.weight + k);
#pragma GCC unroll 4
        for (int i = 0; i < Rows; ++i)
            even[i] = _mm512_dpbusd_epi32(
                even[i], _mm512_xor_si512(load64(row.x + i * row.inner + k), shift), last);
    }
#pragma GCC unroll 4
    for (int i = 0; i < Rows; ++i)
        sums[i] = static_cast<float>(_mm512_reduce_add_epi32(_mm512_add_epi32(even[i], odd[i]))
                                     - 128 * row.weightSum);
}

template<int Rows> ADTAILOR_AVX512 void avx512Int4(const Int4Row& row, float* sums)
{
    const std::int64_t groups = row.inner / group;
    const __m512i nibble = _mm512_set1_epi8(15), zero = _mm512_setzero_si512();
    // A chunk's four scales to the sixteen sums of its low halves, and of its high ones.
    const __m512i low = _mm512_set_epi32(1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0);
    const __m512i high = _mm512_set_epi32(3, 3, 3, 3, 3, 3, 3, 3, 2, 2, 2, 2, 2, 2, 2, 2);
    __m512 lanes[Rows];
#pragma GCC unroll 4
    for (int i = 0; i < Rows; ++i)
        lanes[i] = _mm512_setzero_ps();
    for (std::int64_t g = 0; g < groups; g += 16) { // values are stored 8 too high
        const auto mask
            = static_cast<__mmask16>(groups - g >= 16 ? 0xffff : (1U << (groups - g)) - 1);
        const __m512 scales = _mm512_castsi512_ps(_mm512_slli_epi32(
            _mm512_cvtepu16_epi32(_mm256_maskz_loadu_epi16(mask, row.scales + g)), 16));
        const __m512 eights = _mm512_mul_ps(scales, _mm512_set1_ps(-8));
#pragma GCC unroll 4
        for (int i = 0; i < Rows; ++i)
            lanes[i] = _mm512_fmadd_ps(
                eights, _mm512_maskz_loadu_ps(mask, row.groupSums + i * groups + g), lanes[i]);
    }
    for (std::int64_t g = 0; g < groups; g += 4) {
        const std::uint8_t* bytes = row.weight + g * (group / 2);
        _mm_prefetch(reinterpret_cast<const char*>(bytes) + simd::bytesAhead, _MM_HINT_T0);
        const __m512i both = load64(bytes);
        const __m512i lows = _mm512_and_si512(both, nibble);
        const __m512i highs = _mm512_and_si512(_mm512_srli_epi16(both, 4), nibble);
        const __m512 scales = _mm512_castps128_ps512(_mm_castsi128_ps(_mm_slli_epi32(
            _mm_cvtepu16_epi32(_mm_loadl_epi64(reinterpret_cast<const __m128i*>(row.scales + g))),
            16)));
        const __m512 lowScales = _mm512_permutexvar_ps(low, scales);
        const __m512 highScales = _mm512_permutexvar_ps(high, scales);
#pragma GCC unroll 4
        for (int i = 0; i < Rows; ++i) {
            const std::int8_t* x = row.x + i * row.inner + g * group;
            const __m512i first = _mm512_dpbusd_epi32(zero, lows, load64(x));
            const __m512i second = _mm512_dpbusd_epi32(zero, highs, load64(x + 64));
            lanes[i] = _mm512_fmadd_ps(_mm512_cvtepi32_ps(first), lowScales, lanes[i]);
            lanes[i] = _mm512_fmadd_ps(_mm512_cvtepi32_ps(second), highScales, lanes[i]);
        }
    }
#pragma GCC unroll 4
    for (int i = 0; i < Rows; ++i)
        sums[i] = _mm512_reduce_add_ps(lanes[i]);
}
#endif

using Int8Sums = void (*)(const Int8Row&, float*);
using Int4Sums = void (*)(const Int4Row&, float*);

Int8Sums int8Sums(CpuKernels kernels, std::int64_t rows)
{
    constexpr Int8Sums portable[]
        = { portableInt8<1>, portableInt8<2>, portableInt8<3>, portableInt8<4> };
#if defined(__x86_64__)
    constexpr Int8Sums avx2[] = { avx2Int8<1>, avx2Int8<2>, avx2Int8<3>, avx2Int8<4> };
    constexpr Int8Sums avx512[] = { avx512Int8<1>, avx512Int8<2>, avx512Int8<3>, avx512Int8<4> };
    if (kernels == CpuKernels::Avx512)
        return avx512[rows - 1];
    if (kernels == CpuKernels::Avx2)
        return avx2[rows - 1];
#endif
    return portable[rows - 1];
}

Int4Sums int4Sums(CpuKernels kernels, std::int64_t rows)
{
    constexpr Int4Sums portable[]
        = { portableInt4<1>, portableInt4<2>, portableInt4<3>, portableInt4<4> };
#if defined(__x86_64__)
    constexpr Int4Sums avx2[] = { avx2Int4<1>, avx2Int4<2>, avx2Int4<3>, avx2Int4<4> };
    constexpr Int4Sums avx512[] = { avx512Int4<1>, avx512Int4<2>, avx512Int4<3>, avx512Int4<4> };
    if (kernels == CpuKernels::Avx512)
        return avx512[rows - 1];
    if (kernels == CpuKernels::Avx2)
        return avx2[rows - 1];
#endif
    return portable[rows - 1];
}

} // namespace

template<typename Value>
QuantizedRows<Value>::QuantizedRows(const QuantizedWeight& weight, const Value* x,
                                    const Value* bias, std::int64_t rows, CpuKernels kernels)
    : m_weight(weight)
    , m_bias(bias)
    , m_rows(rows)
    , m_kernels(kernels)
    , m_x(static_cast<std::size_t>(rows * weight.inner))
    , m_scales(static_cast<std::size_t>(rows))
{
    if (weight.type == QuantizedType::Int4)
        m_groupSums.resize(static_cast<std::size_t>(rows * weight.inner / group));
    for (std::int64_t row = 0; row < rows; ++row)
        roundRow(x + row * weight.inner, row);
}

template<typename Value> void QuantizedRows<Value>::roundRow(const Value* x, std::int64_t row)
{
    const std::int64_t inner = m_weight.inner;
    float most = 0;
    for (std::int64_t k = 0; k < inner; ++k)
        most = std::max(most, std::abs(wide(x[k])));
    const float steps = most > 0 ? 127 / most : 0;
    m_scales[static_cast<std::size_t>(row)] = most / 127;
    std::int8_t* rounded = m_x.data() + row * inner;
    for (std::int64_t k = 0; k < inner; ++k) {
        const float value = wide(x[k]) * steps; // halves go away from 0: unlike nearbyint, vectors
        rounded[k] = static_cast<std::int8_t>(
            static_cast<std::int32_t>(value + std::copysign(0.5F, value)));
    }
    if (m_groupSums.empty())
        return;
    for (std::int64_t g = 0; g < inner / group; ++g) {
        std::int32_t sum = 0;
        for (std::int64_t k = g * group; k < (g + 1) * group; ++k)
            sum += rounded[k];
        m_groupSums[static_cast<std::size_t>(row * (inner / group) + g)] = static_cast<float>(sum);
    }
}

template<typename Value>
void QuantizedRows<Value>::multiply(std::int64_t begin, std::int64_t end, Value* y) const
{
    const std::int64_t inner = m_weight.inner, groups = inner / group;
    const bool int8 = m_weight.type == QuantizedType::Int8;
    float sums[rowsAtOnce];
    for (std::int64_t n = begin; n < end; ++n) {
        const float scale = int8 ? static_cast<const float*>(m_weight.scales)[n] : 1;
        const float added = m_bias ? wide(m_bias[n]) : 0;
        for (std::int64_t row = 0; row < m_rows; row += rowsAtOnce) {
            const std::int64_t count = std::min(rowsAtOnce, m_rows - row);
            const std::int8_t* x = m_x.data() + row * inner;
            if (int8)
                int8Sums(m_kernels,
                         count)({ static_cast<const std::int8_t*>(m_weight.values) + n * inner, x,
                                  inner, m_weight.sums[n] },
                                sums);
            else
                int4Sums(m_kernels, count)(
                    { static_cast<const std::uint8_t*>(m_weight.values) + n * (inner / 2),
                      static_cast<const std::uint16_t*>(m_weight.scales) + n * groups, x,
                      m_groupSums.data() + row * groups, inner },
                    sums);
            for (std::int64_t i = 0; i < count; ++i) {
                const float value
                    = m_scales[static_cast<std::size_t>(row + i)] * scale * sums[i] + added;
                if constexpr (std::is_same_v<Value, float>)
                    y[(row + i) * m_weight.outer + n] = value;
                else
                    y[(row + i) * m_weight.outer + n] = toBf16(value);
            }
        }
    }
}

template class QuantizedRows<float>;
template class QuantizedRows<std::uint16_t>;

} // namespace adtailor
