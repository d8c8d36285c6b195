// SPDX-License-Identifier: GPL-3.0-or-later
#include <adtailor/memory_plan.h>

#include <algorithm>

namespace adtailor {

namespace {

// Measured on the CPU by tests/parity/size.py.
// The engine without weights, when they are loaded: 115 to 130 MB. A GPU's context takes more.
constexpr std::uint64_t programBytes = 125U << 20U;

// Reading history and prompts, before the caches of all rows are there: 83 MB with the mini model.
constexpr std::uint64_t readingBytes = 80U << 20U;

// Instruction (35 tokens), words of the sample (87) and the longest title (128).
constexpr std::int64_t textTokens = 256;

// Full-size float32 maps that are alive at once while a picture is decoded: 3.1 to 4.1 at 384
// pixels; previews are kept below a limit (see PreviewPainter).
constexpr std::uint64_t codecMaps = 4;
constexpr std::uint64_t previewBytes = 32U << 20U;

std::uint64_t bytesOf(Precision precision)
{
    return precision == Precision::Float32 ? 4 : 2;
}

// Of each 32 weights in the decoder's matrices: Int4 has a scale of 16 bits beside them.
std::uint64_t bytesOf32(Precision precision)
{
    switch (precision) {
    case Precision::Int8:
        return 32;
    case Precision::Int4:
        return 18;
    default:
        return 32 * bytesOf(precision);
    }
}

std::uint64_t weightsOf(const ModelDescription& model, Precision precision)
{
    const auto parameters = static_cast<std::uint64_t>(model.parameters);
    if (model.parameters <= 0 || model.weightBytes < parameters)
        return model.weightBytes;
    const std::uint64_t stored = model.weightBytes / parameters; // bytes each
    const auto count = [&](WeightPart part) {
        return std::min(model.partBytes[static_cast<std::size_t>(part)] / stored, parameters);
    };
    // What ads do not need is not loaded. The picture tokenizer stays in float32: its codes lose
    // too much in 16 bits.
    const std::uint64_t codec = count(WeightPart::PictureCodec);
    const std::uint64_t others
        = parameters - std::min(parameters, codec + count(WeightPart::Other));
    const auto table = static_cast<std::uint64_t>(
        std::max<std::int64_t>(0, model.sizes.vocabulary * model.sizes.hiddenSize));
    const std::uint64_t language = count(WeightPart::LanguageModel);
    const std::uint64_t head = std::min(table, language); // as large as the table of embeddings
    const std::uint64_t matrices = language - std::min(language, 2 * table);
    const auto heads = precision == Precision::Int4 ? Precision::Int8 : precision;
    return (others - matrices - head) * bytesOf(precision) + matrices / 32 * bytesOf32(precision)
        + head / 32 * bytesOf32(heads) + codec * 4;
}

} // namespace

MemoryPlan planMemory(const ModelDescription& model, const MemoryUse& use)
{
    const ModelSizes& sizes = model.sizes;
    const auto size = [](std::int64_t value) {
        return static_cast<std::uint64_t>(std::max<std::int64_t>(0, value));
    };
    MemoryPlan plan;
    plan.weights = weightsOf(model, use.precision);
    const std::uint64_t rows = size(use.ads) * (use.guidance ? 2 : 1);
    const std::uint64_t positions
        = size(sizes.historyTokens + sizes.imageTokens) + static_cast<std::uint64_t>(textTokens);
    plan.cache = 2 * size(sizes.layers) * size(sizes.keyValueHeads) * size(sizes.headDim)
        * positions * rows * bytesOf(use.precision);
    const std::uint64_t logits = rows * size(sizes.vocabulary) * 4 * 2;
    const std::uint64_t pixels
        = size(sizes.codecChannels) * size(sizes.imageSize) * size(sizes.imageSize) * 4;
    // The stages come one after the other, and each gives back what it took.
    const std::uint64_t drawing
        = plan.cache + std::max(logits, std::min(pixels * codecMaps, previewBytes));
    plan.working = std::max({ readingBytes, drawing, pixels * codecMaps }) - plan.cache;
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
