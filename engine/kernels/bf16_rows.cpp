// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/bf16_rows.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <string_view>

#if defined(__x86_64__)
#include <immintrin.h>
#define ADTAILOR_AVX2 __attribute__((target("avx2,fma")))
#endif

namespace adtailor {

namespace {

constexpr std::int64_t bf16Lanes = 16; // values read at once
constexpr std::int64_t registerRows = 4; // of x; more would not fit into registers
[[maybe_unused]] constexpr std::int64_t bytesAhead = 1024; // ahead of the reading

float fromBf16(std::uint16_t value)
{
    const std::uint32_t bits = std::uint32_t{ value } << 16U;
    float wide = 0;
    std::memcpy(&wide, &bits, sizeof wide);
    return wide;
}

// To the nearest, ties to even; NaN stays NaN.
std::uint16_t toBf16(float value)
{
    std::uint32_t bits = 0;
    std::memcpy(&bits, &value, sizeof bits);
    if (value != value)
        return 0x7fc0;
    return static_cast<std::uint16_t>((bits + 0x7fffU + ((bits >> 16U) & 1U)) >> 16U);
}

CpuKernels bestKernels()
{
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512bf16"))
        return CpuKernels::Library;
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
        return CpuKernels::Avx2;
    return CpuKernels::Portable;
#else
    return CpuKernels::Library;
#endif
}

CpuKernels chosenKernels()
{
    const char* asked = std::getenv("ADTAILOR_KERNELS");
    const std::string_view name = asked ? asked : "";
    if (name == "library")
        return CpuKernels::Library;
    if (name == "portable")
        return CpuKernels::Portable;
    if (name == "avx2" && bestKernels() != CpuKernels::Portable)
        return CpuKernels::Avx2;
    return bestKernels();
}

// Sums of one row of weights with `Rows` rows of x: written out for two kinds of processor.
template<int Rows>
void portableSums(const std::uint16_t* weight, const float* x, std::int64_t inner, float* sums)
{
    float lanes[Rows][bf16Lanes] = {};
    for (std::int64_t k = 0; k < inner; k += bf16Lanes) {
        float wide[bf16Lanes];
        for (int lane = 0; lane < bf16Lanes; ++lane)
            wide[lane] = fromBf16(weight[k + lane]);
        for (int row = 0; row < Rows; ++row)
            for (int lane = 0; lane < bf16Lanes; ++lane)
                lanes[row][lane] += wide[lane] * x[row * inner + k + lane];
    }
    for (int row = 0; row < Rows; ++row) {
        sums[row] = 0;
        for (const float lane : lanes[row])
            sums[row] += lane;
    }
}

#if defined(__x86_64__)
ADTAILOR_AVX2 inline __m256 fromBf16(const std::uint16_t* values)
{
    const __m128i bits = _mm_loadu_si128(reinterpret_cast<const __m128i*>(values));
    return _mm256_castsi256_ps(_mm256_slli_epi32(_mm256_cvtepu16_epi32(bits), 16));
}

ADTAILOR_AVX2 inline float sumOfLanes(__m256 lanes)
{
    __m128 sum = _mm_add_ps(_mm256_castps256_ps128(lanes), _mm256_extractf128_ps(lanes, 1));
    sum = _mm_add_ps(sum, _mm_movehl_ps(sum, sum));
    return _mm_cvtss_f32(_mm_add_ss(sum, _mm_movehdup_ps(sum)));
}

template<int Rows>
ADTAILOR_AVX2 void avx2Sums(const std::uint16_t* weight, const float* x, std::int64_t inner,
                            float* sums)
{
    __m256 low[Rows], high[Rows]; // unrolled, so that these are registers
#pragma GCC unroll 4
    for (int row = 0; row < Rows; ++row)
        low[row] = high[row] = _mm256_setzero_ps();
    for (std::int64_t k = 0; k < inner; k += bf16Lanes) {
        _mm_prefetch(reinterpret_cast<const char*>(weight + k) + bytesAhead, _MM_HINT_T0);
        const __m256 first = fromBf16(weight + k), second = fromBf16(weight + k + bf16Lanes / 2);
#pragma GCC unroll 4
        for (int row = 0; row < Rows; ++row) {
            const float* values = x + row * inner + k;
            low[row] = _mm256_fmadd_ps(first, _mm256_loadu_ps(values), low[row]);
            high[row] = _mm256_fmadd_ps(second, _mm256_loadu_ps(values + bf16Lanes / 2), high[row]);
        }
    }
#pragma GCC unroll 4
    for (int row = 0; row < Rows; ++row)
        sums[row] = sumOfLanes(_mm256_add_ps(low[row], high[row]));
}
#undef ADTAILOR_AVX2
#endif

using RowSums = void (*)(const std::uint16_t*, const float*, std::int64_t, float*);

RowSums sumsOf(CpuKernels kernels, std::int64_t rows)
{
    constexpr RowSums portable[]
        = { portableSums<1>, portableSums<2>, portableSums<3>, portableSums<4> };
#if defined(__x86_64__)
    constexpr RowSums avx2[] = { avx2Sums<1>, avx2Sums<2>, avx2Sums<3>, avx2Sums<4> };
    if (kernels == CpuKernels::Avx2)
        return avx2[rows - 1];
#endif
    return portable[rows - 1];
}

} // namespace

CpuKernels cpuKernels()
{
    static const CpuKernels kernels = chosenKernels();
    return kernels;
}

Bf16Rows::Bf16Rows(const Input& input, CpuKernels kernels)
    : m_input(input)
    , m_kernels(kernels)
    , m_x(static_cast<std::size_t>(input.rows * input.inner))
{
    std::transform(input.x, input.x + m_x.size(), m_x.begin(),
                   [](std::uint16_t value) { return fromBf16(value); });
}

void Bf16Rows::multiply(std::int64_t begin, std::int64_t end, std::uint16_t* y) const
{
    const auto& [x, weight, bias, rows, inner, outer] = m_input;
    float sums[registerRows];
    for (std::int64_t n = begin; n < end; ++n) {
        const float added = bias ? fromBf16(bias[n]) : 0;
        for (std::int64_t row = 0; row < rows; row += registerRows) {
            const std::int64_t count = std::min(registerRows, rows - row);
            sumsOf(m_kernels, count)(weight + n * inner, m_x.data() + row * inner, inner, sums);
            for (std::int64_t i = 0; i < count; ++i)
                y[(row + i) * outer + n] = toBf16(sums[i] + added);
        }
    }
}

} // namespace adtailor
