// SPDX-License-Identifier: GPL-3.0-or-later
#include <adtailor/memory_plan.h>

#include <algorithm>

namespace adtailor {

namespace {

// The engine on the CPU after start, without a model: an estimate. A GPU's context takes about as
// much of its memory.
constexpr std::uint64_t programBytes = 300U << 20U;

// Words of a brief and of the instruction, and the longest title.
constexpr std::int64_t textTokens = 384;

// Full-size maps that are alive at once while a picture is decoded: input, output and the
// unfolded rows of a convolution, in float32.
constexpr std::uint64_t codecMaps = 6;

std::uint64_t bytesOf(Precision precision)
{
    return precision == Precision::Float32 ? 4 : 2;
}

} // namespace

MemoryPlan planMemory(const ModelDescription& model, const MemoryUse& use)
{
    const ModelSizes& sizes = model.sizes;
    const auto size = [](std::int64_t value) {
        return static_cast<std::uint64_t>(std::max<std::int64_t>(0, value));
    };
    MemoryPlan plan;
    const std::uint64_t codec = model.partBytes[static_cast<std::size_t>(WeightPart::PictureCodec)];
    const std::uint64_t stored
        = model.parameters > 0 ? model.weightBytes / size(model.parameters) : 0; // bytes each
    const std::uint64_t codecParameters = stored > 0 ? codec / stored : 0;
    // The picture tokenizer stays in float32: its codes lose too much in 16 bits.
    plan.weights
        = (size(model.parameters) - codecParameters) * bytesOf(use.precision) + codecParameters * 4;
    if (model.parameters == 0)
        plan.weights = model.weightBytes;
    const std::uint64_t rows = size(use.ads) * (use.guidance ? 2 : 1);
    const std::uint64_t positions
        = size(sizes.historyTokens + sizes.imageTokens) + static_cast<std::uint64_t>(textTokens);
    plan.cache = 2 * size(sizes.layers) * size(sizes.keyValueHeads) * size(sizes.headDim)
        * positions * rows * bytesOf(use.precision);
    const std::uint64_t logits = rows * size(sizes.vocabulary) * 4 * 2;
    const std::uint64_t pixels
        = size(sizes.codecChannels) * size(sizes.imageSize) * size(sizes.imageSize) * 4;
    plan.working = std::max(logits, pixels * codecMaps);
    plan.program = programBytes;
    return plan;
}

MemoryFit memoryFit(std::uint64_t needed, std::uint64_t available)
{
    if (needed > available)
        return MemoryFit::No;
    return needed > available / 100 * 85 ? MemoryFit::Tight : MemoryFit::Fits;
}

std::vector<MemoryKnob> memoryKnobs(const ModelDescription& model, const MemoryUse& use)
{
    const std::uint64_t now = planMemory(model, use).total();
    std::vector<MemoryKnob> knobs;
    const auto offer = [&](MemoryUse changed) {
        const std::uint64_t then = planMemory(model, changed).total();
        if (then < now)
            knobs.push_back({ changed, now - then });
    };
    MemoryUse half = use;
    half.precision = Precision::BFloat16;
    MemoryUse single = use;
    single.ads = 1;
    MemoryUse plain = use;
    plain.guidance = false;
    for (const MemoryUse& changed : { half, single, plain })
        if (changed != use)
            offer(changed);
    std::sort(knobs.begin(), knobs.end(),
              [](const MemoryKnob& a, const MemoryKnob& b) { return a.freed > b.freed; });
    return knobs;
}

} // namespace adtailor
