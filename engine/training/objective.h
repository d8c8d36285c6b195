// The joint next-token objective: title and picture as one sequence, their losses reported apart.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/uni_adgen.h"

namespace adtailor {

inline constexpr std::int64_t ignoredLabel = -100;

// B samples, T prompt positions (left-padded), N image tokens.
struct TrainingBatch
{
    torch::Tensor ids; // int64 [B, T]: BOS, chat, <prompt>title</prompt>, EOS, <begin_of_image>
    torch::Tensor real; // bool [B, T], false on the padding at the left
    torch::Tensor textLabels; // int64 [B, T]: the token that position t has to predict, or ignored
    torch::Tensor imageIds; // int64 [B, N]; undefined: titles only
    torch::Tensor control; // float [B, 3, S, S] in [-1, 1]; undefined: no control
    torch::Tensor controlKept; // float [B], 0 where condition dropout took the maps away
    // Of the samples whose prompt has placeholders, in order; imageIds undefined: none has.
    HistoryInput history;
    std::int64_t imagePlaceholder = -1, titlePlaceholder = -1;
};

struct JointLoss
{
    torch::Tensor text; // mean over the labelled positions of the batch
    torch::Tensor image; // mean over B*N; undefined without pictures
    std::int64_t textHits = 0, textCount = 0; // labelled tokens that were the most likely ones
};

// Source: paper's L = text + image cross-entropy; procedure of PlanGen's public training code.
JointLoss jointLoss(UniAdGen& model, const TrainingBatch& batch);

} // namespace adtailor
