// What the loops for x86-64 share. Each function names the instructions it needs, because the
// programs are built for plain x86-64 and choose at run time.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#if defined(__x86_64__)

#include <cstdint>
#include <immintrin.h>

#define ADTAILOR_AVX2 __attribute__((target("avx2,fma")))
#define ADTAILOR_AVX512                                                                            \
    __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512bf16,avx512vnni,avx2,fma")))

namespace adtailor::simd {

constexpr std::int64_t bytesAhead = 1024; // of the reading: what memory needs to keep up

ADTAILOR_AVX2 inline __m256 load8(const float* values)
{
    return _mm256_loadu_ps(values);
}

ADTAILOR_AVX2 inline __m256 load8(const std::uint16_t* bf16)
{
    const __m128i bits = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bf16));
    return _mm256_castsi256_ps(_mm256_slli_epi32(_mm256_cvtepu16_epi32(bits), 16));
}

ADTAILOR_AVX2 inline float sumOfLanes(__m256 lanes)
{
    __m128 sum = _mm_add_ps(_mm256_castps256_ps128(lanes), _mm256_extractf128_ps(lanes, 1));
    sum = _mm_add_ps(sum, _mm_movehl_ps(sum, sum));
    return _mm_cvtss_f32(_mm_add_ss(sum, _mm_movehdup_ps(sum)));
}

ADTAILOR_AVX2 inline std::int32_t sumOfLanes(__m256i lanes)
{
    __m128i sum = _mm_add_epi32(_mm256_castsi256_si128(lanes), _mm256_extracti128_si256(lanes, 1));
    sum = _mm_add_epi32(sum, _mm_shuffle_epi32(sum, 0x4e));
    return _mm_cvtsi128_si32(_mm_add_epi32(sum, _mm_shuffle_epi32(sum, 0xb1)));
}

ADTAILOR_AVX512 inline __m512 load16(const float* values)
{
    return _mm512_loadu_ps(values);
}

ADTAILOR_AVX512 inline __m512 load16(const std::uint16_t* bf16)
{
    const __m256i bits = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(bf16));
    return _mm512_castsi512_ps(_mm512_slli_epi32(_mm512_cvtepu16_epi32(bits), 16));
}

ADTAILOR_AVX512 inline __m512bh loadBf16(const std::uint16_t* bf16)
{
    return (__m512bh)_mm512_loadu_si512(bf16);
}

} // namespace adtailor::simd

#endif
