// FinishFrame: one finished ad in the frame of one channel: picture, words and what the channel
// says about them.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/finish_layout.h"
#include "app/models/ad_list_model.h"

#include <adtailor/ad_export.h>

namespace adtailor {

// What the ad itself gives; cheap to copy.
struct FinishSource
{
    int number = 0; // of the ad
    QString name; // A-0001
    QString title;
    QStringList points;
    Image background; // as the model drew it
    Image cutout; // placed
    std::shared_ptr<const AdBatch> batch;
    Ad ad;
    ModelInfo model;
};

FinishSource finishSource(const AdItem& ad);
// Number of selling points that are shown while bound.
inline constexpr int boundPoints = 2;
QString layerText(const FinishLayer& layer, const FinishSource& source);

struct FramePicture
{
    QImage picture; // of the channel's size, without words
    QRectF product; // its box, pixels
};
// Heavy (up to a second for a large frame); safe on any thread.
FramePicture framePicture(const FinishSource& source, FinishTemplate pattern, bool white,
                          const Channel& channel);

struct FinishFrame
{
    Channel channel;
    FramePicture picture;
    FrameLayout layout;
    std::vector<LintFinding> findings;

    bool isBlocked() const { return !findings.empty() && findings.front().blocks; }
};

FinishFrame layFrame(const FinishSource& source, const FinishDocument& document,
                     const Channel& channel, const FramePicture& picture);
QImage paintFrame(const FinishFrame& frame);

} // namespace adtailor
