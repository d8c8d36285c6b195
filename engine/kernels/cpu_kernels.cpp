// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/cpu_kernels.h"

#include <array>
#include <cstdlib>
#include <string_view>
#include <utility>

namespace adtailor {

namespace {

CpuKernels bestKernels()
{
    for (const CpuKernels kernels : { CpuKernels::Avx512, CpuKernels::Avx2 })
        if (hasKernels(kernels))
            return kernels;
    return CpuKernels::Portable;
}

CpuKernels chosenKernels()
{
    constexpr std::array names{ std::pair{ std::string_view("library"), CpuKernels::Library },
                                std::pair{ std::string_view("portable"), CpuKernels::Portable },
                                std::pair{ std::string_view("avx2"), CpuKernels::Avx2 },
                                std::pair{ std::string_view("avx512"), CpuKernels::Avx512 } };
    if (const char* asked = std::getenv("ADTAILOR_KERNELS"))
        for (const auto& [name, kernels] : names)
            if (name == asked && hasKernels(kernels))
                return kernels;
    return bestKernels();
}

} // namespace

bool hasKernels(CpuKernels kernels)
{
#if defined(__x86_64__)
    if (kernels == CpuKernels::Avx2)
        return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    if (kernels == CpuKernels::Avx512)
        return __builtin_cpu_supports("avx512bf16") && __builtin_cpu_supports("avx512vnni")
            && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl");
    return true;
#else
    return kernels == CpuKernels::Library || kernels == CpuKernels::Portable;
#endif
}

CpuKernels cpuKernels()
{
    static const CpuKernels kernels = chosenKernels();
    return kernels;
}

CpuKernels ownKernels()
{
    return cpuKernels() == CpuKernels::Library ? bestKernels() : cpuKernels();
}

} // namespace adtailor
