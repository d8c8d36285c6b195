// SPDX-License-Identifier: GPL-3.0-or-later
#include "generation/preview.h"

#include "nn/pixels.h"

namespace adtailor {

Image decodeRows(UniAdGen& network, const std::vector<std::int32_t>& tokens, std::int64_t rows)
{
    const std::int64_t side = network->config.gridSide();
    const std::vector<std::int64_t> ids(tokens.begin(), tokens.begin() + rows * side);
    const auto drawn = network->gen_vision_model->decode(
        torch::tensor(ids, torch::kInt64).to(network->device()).unsqueeze(0), rows, side);
    auto pixels = drawn.squeeze(0).to(torch::kCPU, torch::kFloat32);
    if (rows < side) {
        const auto black
            = torch::full({ 3, network->config.imageSize - pixels.size(1), pixels.size(2) }, -1.0F);
        pixels = torch::cat({ pixels, black }, 1);
    }
    return toImage(pixels);
}

bool PreviewClock::isDue(std::int64_t tokens, std::int64_t side) const
{
    return tokens % side == 0 && tokens < side * side && m_spent * 10 <= Clock::now() - m_start;
}

} // namespace adtailor
