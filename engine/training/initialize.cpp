// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/initialize.h"

#include <torch/nn/init.h>

namespace adtailor {

namespace {

constexpr double branchGain = 0.1; // residual branches of the preference parts: nearly none
constexpr double preferenceScale = 0.2; // of preference tokens, about that of image embeddings

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

bool endsResidualBranch(const std::string& name)
{
    return name.ends_with("attn.proj.weight")
        || name.ends_with("similarity_mask_layer.output_projection.weight")
        || (name.find("_layers.") != std::string::npos && name.ends_with("ff.2.weight"));
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
            torch::nn::init::xavier_uniform_(parameter,
                                             endsResidualBranch(item.key()) ? branchGain : 1.0);
        else if (item.key().ends_with(".bias"))
            torch::nn::init::zeros_(parameter);
        else
            torch::nn::init::ones_(parameter); // of a norm
    }
}

// The fusion encoder starts as preferenceScale * (what it reads, normalised). Its first MLP can
// pass x through because quickGelu(x) - quickGelu(-x) = x.
void initializeFusion(torch::nn::Module& fusion)
{
    initializePreference(fusion);
    const auto parameters = fusion.named_parameters();
    auto in = parameters["proj.0.weight"], out = parameters["proj.2.weight"];
    const std::int64_t width = in.size(1);
    const auto identity = torch::eye(width);
    in.slice(0, 0, width).copy_(identity);
    in.slice(0, width, 2 * width).copy_(-identity);
    out.mul_(branchGain);
    out.slice(1, 0, width).copy_(identity);
    out.slice(1, width, 2 * width).copy_(-identity);
    parameters["output_proj.weight"].copy_(identity * preferenceScale);
}

// Control begins as no-op.
void closeControl(UniAdGen& model)
{
    for (auto& item : model->control->named_parameters()) {
        if (item.key().starts_with("condition_layers.") && item.key().ends_with("newfc2.weight"))
            torch::nn::init::zeros_(item.value());
    }
}

} // namespace

void initializeWeights(UniAdGen& model)
{
    const torch::NoGradGuard noGrad;
    initializeDecoder(model);
    model->gen_embed->weight.copy_(model->gen_vision_model->quantize->normalizedCodebook());
    if (model->control)
        closeControl(model);
    if (model->dual_modality_fusion_encoder)
        initializePreferenceParts(model);
}

void initializeControl(UniAdGen& model)
{
    const torch::NoGradGuard noGrad;
    for (auto& item : model->control->named_parameters()) {
        if (!item.key().starts_with("adapter.")) // the image encoder
            torch::nn::init::kaiming_uniform_(item.value(), std::sqrt(5.0)); // LibTorch's own
    }
    closeControl(model);
}

void initializePreferenceParts(UniAdGen& model)
{
    const torch::NoGradGuard noGrad;
    initializePreference(*model->visual_mask_generator);
    initializePreference(*model->text_mask_generator);
    initializeFusion(*model->dual_modality_fusion_encoder);
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
