// Fresh weights for training from scratch.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/uni_adgen.h"

namespace adtailor {

// Decoder N(0, 0.02), its output projections scaled down by depth; the last control layer 0, so
// that control starts as no-op and still learns. The image embedding starts as the codebook.
// Preference parts start as what they read, only normalised and small: at the public code's plain
// Xavier start a young decoder meets loud noise in its prompt and teaches these parts to give one
// constant token, from which post-norm blocks do not come back. Call after the VQ weights are in
// place. Draws from torch's default generator.
void initializeWeights(UniAdGen& model);

// The parts alone that a base model may lack, whose weights need not hold anything before. Of the
// control branch all but its image encoder, which is never trained from nothing.
void initializeControl(UniAdGen& model);
void initializePreferenceParts(UniAdGen& model);

// Image tokenizer: every convolution keeps the variance of its input (Kaiming, linear gain), every
// residual branch starts at zero, the codebook at random unit vectors. LibTorch's default shrinks
// the signal at each of the ten resampling convolutions, and colour then takes long to appear.
void initializeTokenizer(VqModel& model);

} // namespace adtailor
