// Names the format of a file that is not one of ours, so that a refusal can say what it really is.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "imaging/byte_view.h"

#include <string>

namespace adtailor::imaging {

// With its article: "a GIF", "an SVG drawing", "an unknown kind of file".
std::string foreignFormat(const ByteView& bytes);

} // namespace adtailor::imaging
