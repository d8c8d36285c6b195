// engineError: currentError that knows torch's exceptions as well.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/error.h>

namespace adtailor {

// Call only inside a catch block; meant as the second argument of guarded().
Error engineError();

} // namespace adtailor
