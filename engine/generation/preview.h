// Preview: pictures of the image tokens drawn so far, made only while they cost little.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "generation/image_decoder.h"

#include <adtailor/image.h>

#include <chrono>

namespace adtailor {

// One picture an ad from whole rows of tokens; rows not yet drawn are black.
Image decodeRows(UniAdGen& network, const std::vector<std::int32_t>& tokens, std::int64_t rows);

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
