// Which of the loops in engine/kernels this processor runs.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace adtailor {

enum class CpuKernels {
    Library, // none: LibTorch's own functions wherever it has one
    Portable,
    Avx2, // with FMA
    Avx512 // with bfloat16 and integer dot products (VNNI)
};

// What serves this processor best; ADTAILOR_KERNELS=library|portable|avx2|avx512 asks for another,
// and is ignored where the processor lacks it.
CpuKernels cpuKernels();
// The same, but never Library: for what LibTorch has no function.
CpuKernels ownKernels();
bool hasKernels(CpuKernels kernels);

} // namespace adtailor
