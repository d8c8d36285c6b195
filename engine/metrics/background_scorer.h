// BackgroundScorer: pictures to PBS features, and where two backgrounds differ.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/background_encoder.h"

#include <adtailor/background_similarity.h>

namespace adtailor {

// What the model sees of a picture: RGB, shorter side resized (Pillow's bilinear), square centre.
Image backgroundView(const Image& picture, const BackgroundEncoderConfig& config);

class BackgroundScorer
{
public:
    explicit BackgroundScorer(BackgroundEncoder network)
        : m_network(std::move(network))
    {
    }

    const BackgroundEncoderConfig& config() const { return m_network->config; }
    std::int64_t parameters() const;

    // float32 [N, featureSize] on the CPU
    torch::Tensor features(std::span<const Image> pictures, const JobControl& job);
    DifferenceMap differenceMap(const Image& left, const Image& right, const JobControl& job);

private:
    torch::Tensor view(const Image& picture) const; // uint8 [3, S, S]
    torch::Tensor features(const torch::Tensor& views, const JobControl& job); // uint8 [N, 3, S, S]

    BackgroundEncoder m_network;
};

} // namespace adtailor
