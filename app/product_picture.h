// ProductPicture: one product cut out of its file, and where it stands in the ad frame.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/error.h>
#include <adtailor/image.h>

#include <QImage>
#include <QRectF>
#include <QSize>
#include <QString>

namespace adtailor {

// All three are shares of the square ad frame. The defaults are the middle of what the bundled
// scenes show: products a little above half the frame, standing at four fifths of its height.
struct Placement
{
    double ratio = 0.55; // longer side of the product (`max_ratio` of the research data)
    double across = 0.5; // centre of the product, from the left
    double ground = 0.8; // foot of the product, from the top

    bool operator==(const Placement&) const = default;
    QRectF rect(const QSizeF& product) const; // the same as a rectangle of frame fractions
    static Placement fromRect(const QRectF& fraction);
};

struct ProductPicture
{
    QString fileName;
    QSize fileSize; // pixels of the file
    Image product; // RGBA, trimmed to the product
    QImage preview; // the same for the canvas
    double coverage = 0; // share of the file that is product
    bool touchesEdge = false;
    bool wasOpaque = false; // a photo whose background could not be removed
    bool mattedFromBackground = false;
};

// Reads and cuts out; heavy, so it runs off the window's thread.
Result<ProductPicture> readProductPicture(const QString& path);
Result<ProductPicture> makeProductPicture(const Image& picture, const QString& name);

// The product pasted at full resolution on the square frame, so that no pixel of it changes;
// only a frame of more than 2048 pixels is made smaller first.
Image placeProduct(const Image& product, const Placement& placement);

// Where the product of an already placed frame stands.
Placement placementOf(const Image& placed);

} // namespace adtailor
