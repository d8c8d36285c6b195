// CLIP checkpoints under OpenAI's names, as open_clip writes them, seen under transformers'.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "weights/tensor_source.h"

namespace adtailor {

// The same data: query, key and value are views of in_proj, the two projections transposed views. A
// source under other names comes back as it is.
TensorSource fromOpenClip(const TensorSource& source);

} // namespace adtailor
