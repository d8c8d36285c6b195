// UniAdGen: the whole network: decoder, image tokenizer, control branch, preference extraction.
// Its parameter names are the published checkpoint's (original DeepSeek names).
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/control_branch.h"
#include "models/language_model.h"
#include "models/preference_encoder.h"
#include "models/vq_model.h"

namespace adtailor {

// The n history items of each sample. B samples, Ti picture tokens and Tt title tokens an item.
struct HistoryInput
{
    torch::Tensor imageIds; // int64 [B, n, Ti], VQ codes of the shrunken pictures
    torch::Tensor titleIds; // int64 [B, n, Tt], padded with the pad token
    // bool [B, n*Tt], false on padding; undefined: padding is read like text (the public code)
    torch::Tensor titleReal;
    // Gumbel(0, 1) [B, n*Ti] and [B, n*Tt]; undefined: deterministic masks
    torch::Tensor imageNoise, titleNoise;
    bool keepsAll = false; // no token is masked
    bool trainsEmbeddings = true; // false: gradients stop before the token embeddings
    std::int64_t firstRow = 0; // of these in a batch that several processes share
};

struct PreferenceTokens
{
    torch::Tensor images; // [B, n*Ti, D], for the image placeholders of the prompt
    torch::Tensor titles; // [B, n*Tt, D], for the title placeholders
    MaskedTokens imageMask, titleMask;
};

struct UniAdGenImpl : torch::nn::Module
{
    explicit UniAdGenImpl(const UniAdGenConfig& config);

    torch::Tensor embedText(const torch::Tensor& ids); // [...] -> [..., D]
    torch::Tensor embedImage(const torch::Tensor& ids); // [...] -> [..., D]
    torch::Tensor imageLogits(const torch::Tensor& hidden); // -> float32 [..., codes]

    PreferenceTokens extractPreferences(const HistoryInput& history);
    // Embeddings of prompt ids [B, T] -> [B, T, D]; `preferences` (may be null) overwrites the
    // placeholder positions in order. Placeholder ids below 0 match nothing.
    torch::Tensor promptEmbeddings(const torch::Tensor& ids, const PreferenceTokens* preferences,
                                   std::int64_t imagePlaceholder, std::int64_t titlePlaceholder);

    torch::Device device() const { return gen_embed->weight.device(); }
    torch::ScalarType dtype() const { return gen_embed->weight.scalar_type(); }

    UniAdGenConfig config;
    LanguageModel language_model{ nullptr };
    VqModel gen_vision_model{ nullptr };
    torch::nn::Embedding gen_embed{ nullptr };
    Aligner gen_aligner{ nullptr };
    ImageHead gen_head{ nullptr };
    ControlBranch control{ nullptr }; // null: no foreground perception
    MaskGenerator visual_mask_generator{ nullptr }, text_mask_generator{ nullptr };
    FusionEncoder dual_modality_fusion_encoder{ nullptr }; // null: no history inputs
};
TORCH_MODULE(UniAdGen);

} // namespace adtailor
