// allFinite: whether raw floating-point numbers hold no NaN and no infinity, at memory speed.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <c10/core/ScalarType.h>

#include <cstddef>
#include <span>

namespace adtailor {

// values: whole elements of `type`. True for types that are not floating-point.
bool allFinite(std::span<const std::byte> values, c10::ScalarType type);

} // namespace adtailor
