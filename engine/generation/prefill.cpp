// SPDX-License-Identifier: GPL-3.0-or-later
#include "generation/prefill.h"

#include "core/failure.h"

namespace adtailor {

namespace {

// Positions of all rows together that one piece holds: some tenths of a second for a small model
// on two cores, and enough rows for full speed.
constexpr std::int64_t positionsPerPiece = 1024;

} // namespace

torch::Tensor prefill(LanguageModel& model, const Prefill& input, KvCache& cache,
                      const JobControl& job)
{
    const std::int64_t rows = input.embeddings.size(0);
    const std::int64_t total = input.embeddings.size(1);
    const std::int64_t piece = std::max<std::int64_t>(positionsPerPiece / rows, 16);
    torch::Tensor hidden;
    for (std::int64_t start = 0; start < total; start += piece) {
        throwIfCancelled(job);
        const std::int64_t length = std::min(piece, total - start);
        DecoderInput step{ .embeddings = input.embeddings.narrow(1, start, length),
                           .cache = &cache };
        if (input.mask.defined())
            step.keyMask = input.mask.narrow(1, 0, start + length);
        if (input.injections)
            step.injections = input.injections(start + length, length);
        step.injectionInterval = input.injectionInterval;
        hidden = model(step);
    }
    return hidden.select(1, hidden.size(1) - 1);
}

} // namespace adtailor
