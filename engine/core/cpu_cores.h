// physicalCores: the real cores this process may run on; hyper-threads share one.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace adtailor {

int physicalCores(); // at least 1

} // namespace adtailor
