// Preview: pictures of the image tokens drawn so far, made only while they cost little.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "generation/image_decoder.h"

#include <adtailor/image.h>

#include <chrono>

namespace adtailor {

// The finished picture of one ad.
Image decodePicture(UniAdGen& network, const std::vector<std::int32_t>& tokens);

// The pictures of a batch while they grow. A small image tokenizer decodes all rows of tokens
// again each time, which is exact. A large one decodes the new rows only, with some rows above as
// context, and never more at once than `mapBytes` allow: its memory and time are worth more than
// exact shades in a preview.
class PreviewPainter
{
public:
    explicit PreviewPainter(UniAdGen& network, std::int64_t mapBytes = 32 << 20);
    // One picture an ad of its first `rows` rows of tokens, not fewer than last time; rows not yet
    // drawn are black.
    std::vector<Image> paint(const ImageTokens& tokens, std::int64_t rows, const JobControl& job);

private:
    UniAdGen& m_network;
    std::int64_t m_rowsAtOnce;
    std::int64_t m_painted = 0;
    std::vector<torch::Tensor> m_pictures; // uint8 [3, H, W]
};

// Says when a preview is due: after a finished row, as long as previews take less than a tenth of
// the time.
class PreviewClock
{
public:
    bool isDue(std::int64_t tokens, std::int64_t side) const;
    void began() { m_began = Clock::now(); }
    void ended() { m_spent += Clock::now() - m_began; }

private:
    using Clock = std::chrono::steady_clock;

    Clock::time_point m_start = Clock::now();
    Clock::time_point m_began;
    Clock::duration m_spent{};
};

} // namespace adtailor
