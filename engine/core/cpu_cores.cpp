// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cpu_cores.h"

#include <algorithm>
#include <fstream>
#include <sched.h>
#include <set>
#include <string>
#include <utility>

namespace adtailor {

namespace {

int topologyNumber(int cpu, const char* name, int fallback)
{
    std::ifstream file("/sys/devices/system/cpu/cpu" + std::to_string(cpu) + "/topology/" + name);
    int value = fallback;
    file >> value;
    return file ? value : fallback;
}

} // namespace

int physicalCores()
{
    cpu_set_t allowed;
    CPU_ZERO(&allowed);
    sched_getaffinity(0, sizeof allowed, &allowed);
    std::set<std::pair<int, int>> cores;
    for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu)
        if (CPU_ISSET(cpu, &allowed)) // without topology files every processor counts as a core
            cores.emplace(topologyNumber(cpu, "physical_package_id", 0),
                          topologyNumber(cpu, "core_id", cpu));
    return std::max<int>(1, static_cast<int>(cores.size()));
}

} // namespace adtailor
