// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/picture_difference.h"

#include "app/qt_types.h"
#include "widgets/compare_view.h"

#include <adtailor/imaging.h>

namespace adtailor {

PictureDifference comparePictures(const QImage& a, const Image& placedA, const QImage& b,
                                  const Image& placedB)
{
    PictureDifference found;
    found.picture = differencePicture(a, b);
    if (found.picture.isNull())
        return found;
    const int width = found.picture.width(), height = found.picture.height();
    Image mask;
    if (!placedA.isEmpty() && placedA.hasAlpha() && placedA == placedB)
        mask = imaging::resize(placedA, width, height);
    found.hasProduct = !mask.isEmpty();
    double upper = 0, lower = 0, product = 0;
    for (int y = 0; y < height; ++y) {
        const uchar* row = found.picture.constScanLine(y);
        double background = 0;
        for (int x = 0; x < width; ++x) {
            const bool covered = found.hasProduct && mask.row(y)[x * 4 + 3] == 255;
            (covered ? product : background) += row[x];
        }
        (y < height / 2 ? upper : lower) += background;
    }
    const double total = upper + lower + product;
    found.isSame = total == 0;
    if (found.isSame)
        return found;
    found.upper = upper / total;
    found.lower = lower / total;
    found.product = product / total;
    return found;
}

} // namespace adtailor
