// The joint next-token objective: title and picture as one sequence, their losses reported apart.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/uni_adgen.h"

#include <optional>

namespace adtailor {

inline constexpr std::int64_t ignoredLabel = -100;

// B samples, T prompt positions (left-padded), N image tokens.
struct TrainingBatch
{
    torch::Tensor ids; // int64 [B, T]: BOS, chat, <prompt>title</prompt>, EOS, <begin_of_image>
    torch::Tensor real; // bool [B, T], false on the padding at the left
    torch::Tensor textLabels; // int64 [B, T]: the token that position t has to predict, or ignored
    torch::Tensor imageIds; // int64 [B, N], the labels; undefined: titles only
    torch::Tensor imageInput; // int64 [B, N], what the model reads of them; undefined: imageIds
    torch::Tensor control; // float [B, 3, S, S] in [-1, 1]; undefined: no control
    torch::Tensor controlKept; // float [B], 0 where condition dropout took the maps away
    // Of the samples whose prompt has placeholders, in order; imageIds undefined: none has.
    HistoryInput history;
    std::int64_t imagePlaceholder = -1, titlePlaceholder = -1;
    // Dropout is drawn from this seed; without one, from torch's generator. firstRow: the place of
    // these samples in a batch that several processes share.
    std::optional<std::uint64_t> dropoutSeed;
    std::int64_t firstRow = 0;
};

struct JointLoss
{
    torch::Tensor text; // mean over the labelled positions of the batch
    torch::Tensor image; // weighted mean over B*N; undefined without pictures
    double imageStart = 0; // mean over the first imageStartTokens, where the style is decided
    std::int64_t textHits = 0, textCount = 0; // labelled tokens that were the most likely ones
};

inline constexpr std::int64_t imageStartTokens = 16;

// Decoder output [B, T + N - 1, D] of prompts and all image tokens but the last.
torch::Tensor hiddenStates(UniAdGen& model, const TrainingBatch& batch);

// Log-probability of each sample's labelled title tokens, and of its picture: [B] each.
struct SampleLogProbabilities
{
    torch::Tensor title, picture;
};
SampleLogProbabilities sampleLogProbabilities(UniAdGen& model, const TrainingBatch& batch);

// Source: paper's L = text + image cross-entropy; procedure of PlanGen's public training code.
// startWeight: the first image token counts this much (1 = as published), fading to 1 over the
// first imageStartTokens: few tokens choose the style, and only they teach reading it from history.
JointLoss jointLoss(UniAdGen& model, const TrainingBatch& batch, double startWeight = 1.0);

} // namespace adtailor
