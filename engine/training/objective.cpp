// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/objective.h"

#include "nn/row_dropout.h"

namespace adtailor {

namespace {

// Each part of the network counts its own draws: a process without history rows skips one part.
std::optional<RowDraws> drawsOf(const TrainingBatch& batch, std::uint64_t part,
                                std::int64_t firstRow)
{
    if (!batch.dropoutSeed)
        return std::nullopt;
    return RowDraws{ .seed = *batch.dropoutSeed + part, .firstRow = firstRow };
}

// Embeddings of the prompt and of all image tokens but the last, which predicts nothing.
torch::Tensor inputEmbeddings(UniAdGen& model, const TrainingBatch& batch)
{
    std::optional<PreferenceTokens> preferences;
    if (batch.history.imageIds.defined()) {
        const RowDrawsGuard draws(drawsOf(batch, 0, batch.history.firstRow));
        preferences = model->extractPreferences(batch.history);
    }
    auto embeddings = model->promptEmbeddings(batch.ids, preferences ? &*preferences : nullptr,
                                              batch.imagePlaceholder, batch.titlePlaceholder);
    if (!batch.imageIds.defined())
        return embeddings;
    const auto& seen = batch.imageInput.defined() ? batch.imageInput : batch.imageIds;
    const auto picture = model->embedImage(seen.slice(1, 0, -1));
    return torch::cat({ embeddings, picture }, 1);
}

// Without the last image input, the last N positions are the last prompt position (which predicts
// image token 0) and image tokens 0 ... N-2.
std::vector<torch::Tensor> injections(UniAdGen& model, const TrainingBatch& batch)
{
    if (!batch.control.defined() || !batch.imageIds.defined())
        return {};
    auto maps = model->control(batch.control, batch.controlKept);
    if (model->control->shift == 0) {
        for (auto& map : maps)
            map = map.slice(1, 0, -1);
    }
    return maps;
}

// Cross-entropy of every image token [B, N].
torch::Tensor imageLosses(UniAdGen& model, const torch::Tensor& hidden, const TrainingBatch& batch)
{
    const std::int64_t count = batch.imageIds.size(1);
    const auto logits = model->imageLogits(hidden.narrow(1, hidden.size(1) - count, count));
    return torch::cross_entropy_loss(logits.flatten(0, 1), batch.imageIds.flatten(), {},
                                     at::Reduction::None)
        .view_as(batch.imageIds);
}

// [N], mean 1: startWeight at the first token, falling geometrically to 1 at imageStartTokens.
torch::Tensor tokenWeights(std::int64_t count, double startWeight, const torch::Tensor& like)
{
    const auto place = torch::arange(count, like.options());
    const auto weights
        = torch::pow(startWeight, (1 - place / static_cast<double>(imageStartTokens)).clamp_min(0));
    return weights / weights.mean();
}

struct TitleLogits
{
    torch::Tensor rows; // of the batch, of each labelled position
    torch::Tensor logits, wanted;
};

TitleLogits titleLogits(UniAdGen& model, const torch::Tensor& hidden, const TrainingBatch& batch)
{
    const auto labels = batch.textLabels.flatten();
    const auto labelled = (labels != ignoredLabel).nonzero().squeeze(1);
    const auto states = hidden.slice(1, 0, batch.ids.size(1)).flatten(0, 1);
    return { .rows = labelled.div(batch.ids.size(1), "floor"),
             .logits = model->language_model->textLogits(states.index_select(0, labelled)),
             .wanted = labels.index_select(0, labelled) };
}

} // namespace

torch::Tensor hiddenStates(UniAdGen& model, const TrainingBatch& batch)
{
    DecoderInput input;
    input.embeddings = inputEmbeddings(model, batch);
    input.injections = injections(model, batch);
    if (model->control)
        input.injectionInterval = model->control->interval;
    const std::int64_t added = input.embeddings.size(1) - batch.real.size(1);
    input.keyMask = torch::cat(
        { batch.real, torch::ones({ batch.real.size(0), added }, batch.real.options()) }, 1);
    const RowDrawsGuard draws(drawsOf(batch, 1, batch.firstRow));
    return model->language_model(input);
}

SampleLogProbabilities sampleLogProbabilities(UniAdGen& model, const TrainingBatch& batch)
{
    const auto hidden = hiddenStates(model, batch);
    const TitleLogits title = titleLogits(model, hidden, batch);
    const auto losses
        = torch::cross_entropy_loss(title.logits, title.wanted, {}, at::Reduction::None);
    return { .title = torch::zeros({ batch.ids.size(0) }, losses.options())
                          .index_add(0, title.rows, losses)
                          .neg(),
             .picture = imageLosses(model, hidden, batch).sum(1).neg() };
}

JointLoss jointLoss(UniAdGen& model, const TrainingBatch& batch, double startWeight)
{
    const auto hidden = hiddenStates(model, batch);
    JointLoss loss;
    const auto [rows, logits, wanted] = titleLogits(model, hidden, batch);
    // Of a batch without any label, the mean would not be a number.
    loss.text = wanted.size(0) > 0 ? torch::cross_entropy_loss(logits, wanted) : logits.sum();
    loss.textCount = wanted.size(0);
    if (!logits.is_meta())
        loss.textHits = (logits.argmax(1) == wanted).sum().item<std::int64_t>();
    if (batch.imageIds.defined()) {
        const auto losses = imageLosses(model, hidden, batch);
        loss.image = (losses * tokenWeights(losses.size(1), startWeight, losses)).mean();
        if (!losses.is_meta())
            loss.imageStart = losses.slice(1, 0, imageStartTokens).mean().item<double>();
    }
    return loss;
}

} // namespace adtailor
