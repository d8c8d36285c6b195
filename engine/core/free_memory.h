// giveBackFreeMemory: hands memory that the allocator keeps for later back to the system.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdlib>
#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace adtailor {

// Between two stages that need much memory, each in pieces of another size.
inline void giveBackFreeMemory()
{
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}

} // namespace adtailor
