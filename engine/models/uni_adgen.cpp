// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/uni_adgen.h"

namespace adtailor {

UniAdGenImpl::UniAdGenImpl(const UniAdGenConfig& c)
    : config(c)
    , language_model(register_module("language_model", LanguageModel(c.language)))
    , gen_vision_model(register_module("gen_vision_model", VqModel(c.vq)))
    , gen_embed(register_module("gen_embed", torch::nn::Embedding(c.vq.codebookSize, c.vq.codeDim)))
    , gen_aligner(register_module("gen_aligner", Aligner(c.vq.codeDim, c.language.hiddenSize)))
    , gen_head(register_module("gen_head", ImageHead(c.language.hiddenSize, c.vq.codebookSize)))
{
    const std::int64_t width = c.language.hiddenSize;
    if (c.control) {
        control = ControlBranch(*c.control, width, c.language.layers, c.gridSide());
        // Published checkpoints keep these parts inside the decoder.
        for (const auto& child : control->named_children())
            language_model->model->register_module(child.key(), child.value());
    }
    if (c.preference) {
        visual_mask_generator
            = register_module("visual_mask_generator",
                              MaskGenerator(*c.preference, width, c.preference->imageTokens()));
        text_mask_generator = register_module(
            "text_mask_generator", MaskGenerator(*c.preference, width, c.preference->titleTokens));
        dual_modality_fusion_encoder
            = register_module("dual_modality_fusion_encoder", FusionEncoder(*c.preference, width));
    }
}

torch::Tensor UniAdGenImpl::embedText(const torch::Tensor& ids)
{
    return language_model->model->embed_tokens(ids);
}

torch::Tensor UniAdGenImpl::embedImage(const torch::Tensor& ids)
{
    return gen_aligner(gen_embed(ids));
}

torch::Tensor UniAdGenImpl::imageLogits(const torch::Tensor& hidden)
{
    return gen_head(hidden).to(torch::kFloat32);
}

PreferenceTokens UniAdGenImpl::extractPreferences(const HistoryInput& history)
{
    TORCH_CHECK(dual_modality_fusion_encoder, "this model has no history inputs");
    PreferenceTokens result;
    auto images = embedImage(history.imageIds);
    auto titles = embedText(history.titleIds);
    if (!history.trainsEmbeddings) {
        images = images.detach();
        titles = titles.detach();
    }
    result.imageMask
        = visual_mask_generator(images, history.imageNoise, torch::Tensor(), history.keepsAll);
    result.titleMask
        = text_mask_generator(titles, history.titleNoise, history.titleReal, history.keepsAll);
    const auto fused = dual_modality_fusion_encoder(result.imageMask.tokens,
                                                    result.titleMask.tokens, history.titleReal);
    const std::int64_t count = history.imageIds.size(1) * history.imageIds.size(2);
    result.images = fused.narrow(1, 0, count);
    result.titles = fused.slice(1, count);
    return result;
}

torch::Tensor UniAdGenImpl::promptEmbeddings(const torch::Tensor& ids,
                                             const PreferenceTokens* preferences,
                                             std::int64_t imagePlaceholder,
                                             std::int64_t titlePlaceholder)
{
    auto embeddings = embedText(ids);
    if (!preferences)
        return embeddings;
    const auto overwrite = [&](std::int64_t placeholder, const torch::Tensor& tokens) {
        const auto places = (ids == placeholder).unsqueeze(-1);
        embeddings = embeddings.masked_scatter(places, tokens.to(embeddings.scalar_type()));
    };
    overwrite(titlePlaceholder, preferences->titles);
    overwrite(imagePlaceholder, preferences->images);
    return embeddings;
}

} // namespace adtailor
