// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/few_rows.h"

#include "kernels/bf16.h"
#include "kernels/simd.h"

#include <algorithm>
#include <type_traits>

namespace adtailor {

namespace {

constexpr std::int64_t registerRows = 4; // of x; more would not fit into registers

float widened(float value)
{
    return value;
}

float widened(std::uint16_t value)
{
    return fromBf16(value);
}

template<typename Value> Value narrowed(float value)
{
    if constexpr (std::is_same_v<Value, float>)
        return value;
    else
        return toBf16(value);
}

// Sums of one row of weights with `Rows` rows of x, float32: written out for each processor.
template<typename Value, int Rows>
void portableSums(const Value* weight, const float* x, std::int64_t inner, float* sums)
{
    constexpr int lanes = 16;
    float partial[Rows][lanes] = {};
    for (std::int64_t k = 0; k < inner; k += lanes) {
        float wide[lanes];
        for (int lane = 0; lane < lanes; ++lane)
            wide[lane] = widened(weight[k + lane]);
        for (int row = 0; row < Rows; ++row)
            for (int lane = 0; lane < lanes; ++lane)
                partial[row][lane] += wide[lane] * x[row * inner + k + lane];
    }
    for (int row = 0; row < Rows; ++row) {
        sums[row] = 0;
        for (const float lane : partial[row])
            sums[row] += lane;
    }
}

#if defined(__x86_64__)
template<typename Value, int Rows>
ADTAILOR_AVX2 void avx2Sums(const Value* weight, const float* x, std::int64_t inner, float* sums)
{
    __m256 low[Rows], high[Rows]; // unrolled, so that these are registers
#pragma GCC unroll 4
    for (int row = 0; row < Rows; ++row)
        low[row] = high[row] = _mm256_setzero_ps();
    for (std::int64_t k = 0; k < inner; k += 16) {
        _mm_prefetch(reinterpret_cast<const char*>(weight + k) + simd::bytesAhead, _MM_HINT_T0);
        const __m256 first = simd::load8(weight + k), second = simd::load8(weight + k + 8);
#pragma GCC unroll 4
        for (int row = 0; row < Rows; ++row) {
            const float* values = x + row * inner + k;
            low[row] = _mm256_fmadd_ps(first, _mm256_loadu_ps(values), low[row]);
            high[row] = _mm256_fmadd_ps(second, _mm256_loadu_ps(values + 8), high[row]);
        }
    }
#pragma GCC unroll 4
    for (int row = 0; row < Rows; ++row)
        sums[row] = simd::sumOfLanes(_mm256_add_ps(low[row], high[row]));
}

template<int Rows>
ADTAILOR_AVX512 void avx512Sums(const float* weight, const float* x, std::int64_t inner,
                                float* sums)
{
    __m512 low[Rows], high[Rows];
#pragma GCC unroll 4
    for (int row = 0; row < Rows; ++row)
        low[row] = high[row] = _mm512_setzero_ps();
    for (std::int64_t k = 0; k < inner; k += 32) {
        _mm_prefetch(reinterpret_cast<const char*>(weight + k) + simd::bytesAhead, _MM_HINT_T0);
        _mm_prefetch(reinterpret_cast<const char*>(weight + k + 16) + simd::bytesAhead,
                     _MM_HINT_T0);
        const __m512 first = _mm512_loadu_ps(weight + k), second = _mm512_loadu_ps(weight + k + 16);
#pragma GCC unroll 4
        for (int row = 0; row < Rows; ++row) {
            const float* values = x + row * inner + k;
            low[row] = _mm512_fmadd_ps(first, _mm512_loadu_ps(values), low[row]);
            high[row] = _mm512_fmadd_ps(second, _mm512_loadu_ps(values + 16), high[row]);
        }
    }
#pragma GCC unroll 4
    for (int row = 0; row < Rows; ++row)
        sums[row] = _mm512_reduce_add_ps(_mm512_add_ps(low[row], high[row]));
}

// The processor multiplies bfloat16 itself, so x stays as it is.
template<int Rows>
ADTAILOR_AVX512 void avx512Sums(const std::uint16_t* weight, const std::uint16_t* x,
                                std::int64_t inner, float* sums)
{
    __m512 even[Rows], odd[Rows];
#pragma GCC unroll 4
    for (int row = 0; row < Rows; ++row)
        even[row] = odd[row] = _mm512_setzero_ps();
    std::int64_t k = 0;
    for (; k + 64 <= inner; k += 64) {
        _mm_prefetch(reinterpret_cast<const char*>(weight + k) + simd::bytesAhead, _MM_HINT_T0);
        _mm_prefetch(reinterpret_cast<const char*>(weight + k + 32) + simd::bytesAhead,
                     _MM_HINT_T0);
        const __m512bh first = simd::loadBf16(weight + k), second = simd::loadBf16(weight + k + 32);
#pragma GCC unroll 4
        for (int row = 0; row < Rows; ++row) {
            even[row] = _mm512_dpbf16_ps(even[row], first, simd::loadBf16(x + row * inner + k));
            odd[row] = _mm512_dpbf16_ps(odd[row], second, simd::loadBf16(x + row * inner + k + 32));
        }
    }
    if (k < inner) {
        const __m512bh last = simd::loadBf16(weight + k);
#pragma GCC unroll 4
        for (int row = 0; row < Rows; ++row)
            even[row] = _mm512_dpbf16_ps(even[row], last, simd::loadBf16(x + row * inner + k));
    }
#pragma GCC unroll 4
    for (int row = 0; row < Rows; ++row)
        sums[row] = _mm512_reduce_add_ps(_mm512_add_ps(even[row], odd[row]));
}
#endif

template<typename Value, typename X>
using RowSums = void (*)(const Value*, const X*, std::int64_t, float*);

template<typename Value> RowSums<Value, float> wideSums(CpuKernels kernels, std::int64_t rows)
{
    constexpr RowSums<Value, float> portable[] = { portableSums<Value, 1>, portableSums<Value, 2>,
                                                   portableSums<Value, 3>, portableSums<Value, 4> };
#if defined(__x86_64__)
    constexpr RowSums<Value, float> avx2[]
        = { avx2Sums<Value, 1>, avx2Sums<Value, 2>, avx2Sums<Value, 3>, avx2Sums<Value, 4> };
    if (kernels == CpuKernels::Avx2)
        return avx2[rows - 1];
    if constexpr (std::is_same_v<Value, float>) {
        constexpr RowSums<float, float> avx512[]
            = { avx512Sums<1>, avx512Sums<2>, avx512Sums<3>, avx512Sums<4> };
        if (kernels == CpuKernels::Avx512)
            return avx512[rows - 1];
    }
#endif
    return portable[rows - 1];
}

// Null: the loop of this processor reads x in float32.
template<typename Value> RowSums<Value, Value> narrowSums(CpuKernels kernels, std::int64_t rows)
{
#if defined(__x86_64__)
    if constexpr (std::is_same_v<Value, std::uint16_t>) {
        constexpr RowSums<Value, Value> avx512[]
            = { avx512Sums<1>, avx512Sums<2>, avx512Sums<3>, avx512Sums<4> };
        if (kernels == CpuKernels::Avx512)
            return avx512[rows - 1];
    }
#endif
    return nullptr;
}

} // namespace

template<typename Value>
FewRows<Value>::FewRows(const Input& input, CpuKernels kernels)
    : m_input(input)
    , m_kernels(kernels)
{
    if (std::is_same_v<Value, float> || narrowSums<Value>(kernels, 1))
        return;
    const std::int64_t count = input.rows * input.inner;
    m_wide.resize(static_cast<std::size_t>(count));
    std::transform(input.x, input.x + count, m_wide.begin(),
                   [](Value value) { return widened(value); });
}

template<typename Value>
void FewRows<Value>::multiply(std::int64_t begin, std::int64_t end, Value* y) const
{
    const auto& [x, weight, bias, rows, inner, outer] = m_input;
    float sums[registerRows];
    for (std::int64_t n = begin; n < end; ++n) {
        const float added = bias ? widened(bias[n]) : 0;
        for (std::int64_t row = 0; row < rows; row += registerRows) {
            const std::int64_t count = std::min(registerRows, rows - row);
            const Value* column = weight + n * inner;
            if constexpr (std::is_same_v<Value, float>)
                wideSums<Value>(m_kernels, count)(column, x + row * inner, inner, sums);
            else if (const auto narrow = narrowSums<Value>(m_kernels, count))
                narrow(column, x + row * inner, inner, sums);
            else
                wideSums<Value>(m_kernels, count)(column, m_wide.data() + row * inner, inner, sums);
            for (std::int64_t i = 0; i < count; ++i)
                y[(row + i) * outer + n] = narrowed<Value>(sums[i] + added);
        }
    }
}

template class FewRows<float>;
template class FewRows<std::uint16_t>;

} // namespace adtailor
