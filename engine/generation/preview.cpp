// SPDX-License-Identifier: GPL-3.0-or-later
#include "generation/preview.h"

#include "core/failure.h"
#include "core/free_memory.h"
#include "nn/pixels.h"

#include <algorithm>

namespace adtailor {

namespace {

constexpr std::int64_t tokenSide = 16; // pixels
constexpr std::int64_t contextRows = 2; // above the rows that are new

// Rows [begin, end) of tokens -> [3, (end - begin) * 16, W] in [-1, 1]
torch::Tensor decodeTokens(UniAdGen& network, const std::vector<std::int32_t>& tokens,
                           std::int64_t begin, std::int64_t end)
{
    const std::int64_t side = network->config.gridSide();
    const std::vector<std::int64_t> ids(tokens.begin() + begin * side, tokens.begin() + end * side);
    return network->gen_vision_model
        ->decode(torch::tensor(ids, torch::kInt64).to(network->device()).unsqueeze(0), end - begin,
                 side)
        .squeeze(0);
}

// Three float32 maps of the last level are alive at once; see VqResBlock.
std::int64_t bytesOfRow(const UniAdGenConfig& config)
{
    const std::int64_t channels = config.vq.baseChannels * config.vq.channelMultipliers.front();
    return 3 * channels * config.imageSize * tokenSide * 4;
}

} // namespace

Image decodePicture(UniAdGen& network, const std::vector<std::int32_t>& tokens)
{
    return toImage(decodeTokens(network, tokens, 0, network->config.gridSide()));
}

PreviewPainter::PreviewPainter(UniAdGen& network, std::int64_t mapBytes)
    : m_network(network)
    , m_rowsAtOnce(std::max(contextRows + 1, mapBytes / bytesOfRow(network->config)))
{
}

std::vector<Image> PreviewPainter::paint(const ImageTokens& tokens, std::int64_t rows,
                                         const JobControl& job)
{
    const std::int64_t side = m_network->config.imageSize;
    while (m_pictures.size() < tokens.size())
        m_pictures.push_back(torch::zeros({ 3, side, side }, torch::kUInt8));
    if (rows <= m_rowsAtOnce)
        m_painted = 0;
    while (m_painted < rows) {
        const std::int64_t begin = std::max<std::int64_t>(0, m_painted - contextRows);
        const std::int64_t end = std::min(rows, begin + m_rowsAtOnce);
        const std::int64_t top = m_painted * tokenSide, height = end * tokenSide - top;
        for (std::size_t ad = 0; ad < tokens.size(); ++ad) {
            throwIfCancelled(job);
            const auto strip = decodeTokens(m_network, tokens[ad], begin, end);
            const auto fresh = strip.narrow(1, strip.size(1) - height, height);
            m_pictures[ad].narrow(1, top, height).copy_(toBytes(fresh));
        }
        m_painted = end;
    }
    if (m_rowsAtOnce < m_network->config.gridSide())
        giveBackFreeMemory();
    std::vector<Image> images;
    for (const torch::Tensor& picture : m_pictures)
        images.push_back(toImage(picture));
    return images;
}

bool PreviewClock::isDue(std::int64_t tokens, std::int64_t side) const
{
    return tokens % side == 0 && tokens < side * side && m_spent * 10 <= Clock::now() - m_start;
}

} // namespace adtailor
