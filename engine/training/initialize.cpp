// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/initialize.h"

#include <torch/nn/init.h>

namespace adtailor {

namespace {

void initializeDecoder(UniAdGen& model)
{
    const double depth = std::sqrt(2.0 * static_cast<double>(model->config.language.layers));
    for (auto& item : model->language_model->model->layers->named_parameters()) {
        auto& weight = item.value();
        if (weight.dim() < 2)
            continue;
        const bool isOutput
            = item.key().ends_with("o_proj.weight") || item.key().ends_with("down_proj.weight");
        torch::nn::init::normal_(weight, 0.0, isOutput ? 0.02 / depth : 0.02);
    }
    torch::nn::init::normal_(model->language_model->model->embed_tokens->weight, 0.0, 0.02);
    torch::nn::init::normal_(model->language_model->lm_head->weight, 0.0, 0.02);
}

void initializePreference(torch::nn::Module& part)
{
    for (auto& item : part.named_parameters()) {
        auto& parameter = item.value();
        if (item.key().ends_with("pos_encoding"))
            torch::nn::init::normal_(parameter, 0.0, 0.01);
        else if (item.key().ends_with("modality_embeddings.weight"))
            torch::nn::init::normal_(parameter, 0.0, 0.02);
        else if (parameter.dim() == 2)
            torch::nn::init::xavier_uniform_(parameter);
        else if (item.key().ends_with(".bias"))
            torch::nn::init::zeros_(parameter);
    }
}

} // namespace

void initializeWeights(UniAdGen& model)
{
    const torch::NoGradGuard noGrad;
    initializeDecoder(model);
    model->gen_embed->weight.copy_(model->gen_vision_model->quantize->normalizedCodebook());
    if (model->control) {
        for (auto& item : model->control->named_parameters()) {
            if (item.key().starts_with("condition_layers.")
                && item.key().ends_with("newfc2.weight"))
                torch::nn::init::zeros_(item.value());
        }
    }
    if (model->dual_modality_fusion_encoder) {
        initializePreference(*model->visual_mask_generator);
        initializePreference(*model->text_mask_generator);
        initializePreference(*model->dual_modality_fusion_encoder);
    }
}

void initializeTokenizer(VqModel& model)
{
    const torch::NoGradGuard noGrad;
    for (auto& item : model->named_parameters()) {
        auto& parameter = item.value();
        if (parameter.dim() == 4)
            torch::nn::init::kaiming_normal_(parameter, 0, torch::kFanIn, torch::kLinear);
        else if (item.key().ends_with(".bias"))
            torch::nn::init::zeros_(parameter);
        if (item.key().ends_with("conv2.weight") || item.key().ends_with("proj_out.weight"))
            torch::nn::init::zeros_(parameter);
    }
    auto& codebook = model->quantize->embedding->weight;
    codebook.normal_();
    codebook.div_(codebook.norm(2, 1, true));
}

} // namespace adtailor
