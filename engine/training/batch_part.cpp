// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/batch_part.h"

namespace adtailor {

namespace {

double labels(const torch::Tensor& textLabels)
{
    return (textLabels != ignoredLabel).sum().item<double>();
}

void keepRows(std::initializer_list<torch::Tensor*> tensors, std::int64_t start, std::int64_t count)
{
    for (torch::Tensor* tensor : tensors) {
        if (tensor->defined())
            *tensor = tensor->narrow(0, start, count);
    }
}

// History rows are only of the samples that read one.
void keepHistory(TrainingBatch& batch, std::int64_t start, std::int64_t count)
{
    if (!batch.history.imageIds.defined())
        return;
    const auto reads = (batch.ids == batch.imagePlaceholder).any(1);
    const auto before = reads.narrow(0, 0, start).sum().item<std::int64_t>();
    const auto own = reads.narrow(0, start, count).sum().item<std::int64_t>();
    if (own == 0) {
        batch.history = { .trainsEmbeddings = batch.history.trainsEmbeddings };
        return;
    }
    HistoryInput& history = batch.history;
    history.firstRow = before;
    keepRows({ &history.imageIds, &history.titleIds, &history.titleReal, &history.imageNoise,
               &history.titleNoise },
             before, own);
}

} // namespace

double takePart(TrainingBatch& batch, int rank, int ranks)
{
    if (ranks == 1)
        return 1;
    const std::int64_t count = batch.ids.size(0) / ranks;
    const std::int64_t start = rank * count;
    batch.firstRow = start;
    const double all = labels(batch.textLabels);
    keepHistory(batch, start, count);
    keepRows({ &batch.ids, &batch.real, &batch.textLabels, &batch.imageIds, &batch.imageInput,
               &batch.control, &batch.controlKept },
             start, count);
    return labels(batch.textLabels) * ranks / std::max(all, 1.0);
}

} // namespace adtailor
