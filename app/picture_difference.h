// PictureDifference: how far two finished ads differ, pixel by pixel, and in which part.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/image.h>

#include <QImage>

#include <optional>

namespace adtailor {

struct PictureDifference
{
    QImage picture; // see differencePicture
    double upper = 0, lower = 0; // shares of the difference in the background's halves, 0 to 1
    double product = 0; // share where both show the opaque product
    bool isSame = true; // not one pixel differs
    bool hasProduct = false; // both ads have the same placed cutout
};

// placed: the cutouts on the ads' frames; they need not have the ads' size.
PictureDifference comparePictures(const QImage& a, const Image& placedA, const QImage& b,
                                  const Image& placedB);

} // namespace adtailor
