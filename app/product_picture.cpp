// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/product_picture.h"

#include "app/qt_types.h"

#include <adtailor/imaging.h>

#include <QFileInfo>

#include <algorithm>
#include <cmath>
#include <cstring>

namespace adtailor {

namespace {

constexpr int largestFrame = 2048;
constexpr int previewSide = 1024;
constexpr double smallestRatio = 0.1;
constexpr int softEdge = 2; // pixels

// The box ends where alpha falls to 50; the soft edge reaches a little farther.
Image cropped(const Image& image, const std::array<int, 4>& box)
{
    const int left = std::max(0, box[0] - softEdge);
    const int top = std::max(0, box[1] - softEdge);
    const int width = std::min(image.width(), box[0] + box[2] + softEdge) - left;
    const int height = std::min(image.height(), box[1] + box[3] + softEdge) - top;
    const std::size_t stride = static_cast<std::size_t>(width) * 4;
    std::vector<std::uint8_t> pixels(stride * height);
    for (int y = 0; y < height; ++y)
        std::memcpy(pixels.data() + y * stride,
                    image.row(top + y) + static_cast<std::size_t>(left) * 4, stride);
    return Image(width, height, 4, std::move(pixels));
}

} // namespace

QRectF Placement::rect(const QSizeF& product) const
{
    const double longest = std::max({ product.width(), product.height(), 1.0 });
    const QSizeF size = product * (ratio / longest);
    return QRectF(QPointF(across - size.width() / 2, ground - size.height()), size);
}

Placement Placement::fromRect(const QRectF& fraction)
{
    Placement placement;
    placement.ratio = std::clamp(std::max(fraction.width(), fraction.height()), smallestRatio, 1.0);
    placement.across = std::clamp(fraction.center().x(), 0.0, 1.0);
    placement.ground = std::clamp(fraction.bottom(), 0.0, 1.0);
    return placement;
}

Result<ProductPicture> readProductPicture(const QString& path)
{
    const Result<Image> image = imaging::load(toPath(path));
    if (!image)
        return image.error();
    return makeProductPicture(*image, QFileInfo(path).fileName());
}

Result<ProductPicture> makeProductPicture(const Image& picture, const QString& name)
{
    const Result<imaging::Cutout> cutout = imaging::extractCutout(picture);
    if (!cutout)
        return cutout.error();
    ProductPicture made;
    made.fileName = name;
    made.fileSize = QSize(picture.width(), picture.height());
    made.product = cropped(cutout->image, cutout->box);
    made.preview = toQImage(imaging::thumbnail(made.product, previewSide));
    made.coverage = cutout->coverage;
    made.touchesEdge = cutout->touchesEdge;
    made.wasOpaque = cutout->wasOpaque && !cutout->mattedFromBackground;
    made.mattedFromBackground = cutout->mattedFromBackground;
    return made;
}

Image placeProduct(const Image& product, const Placement& placement)
{
    const int longest = std::max(product.width(), product.height());
    const double ratio = std::clamp(placement.ratio, smallestRatio, 1.0);
    int side = static_cast<int>(std::lround(longest / ratio));
    Image pasted = product;
    if (side > largestFrame) {
        const double shrink = static_cast<double>(largestFrame) / side;
        side = largestFrame;
        pasted = imaging::resize(product, std::max(1, static_cast<int>(product.width() * shrink)),
                                 std::max(1, static_cast<int>(product.height() * shrink)));
    }
    const QRectF place = placement.rect(QSizeF(pasted.width(), pasted.height()));
    const int left = static_cast<int>(std::lround(place.left() * side));
    const int top = static_cast<int>(std::lround(place.top() * side));
    std::vector<std::uint8_t> pixels(static_cast<std::size_t>(side) * side * 4, 0);
    const int first = std::max(0, -left);
    const int last = std::min(pasted.width(), side - left);
    for (int y = std::max(0, -top); y < std::min(pasted.height(), side - top); ++y) {
        if (last <= first)
            break;
        const std::size_t target = (static_cast<std::size_t>(top + y) * side + left + first) * 4;
        std::memcpy(pixels.data() + target, pasted.row(y) + static_cast<std::size_t>(first) * 4,
                    static_cast<std::size_t>(last - first) * 4);
    }
    return Image(side, side, 4, std::move(pixels));
}

Placement placementOf(const Image& placed)
{
    const Result<imaging::Cutout> cutout = imaging::extractCutout(placed);
    if (!cutout || placed.width() <= 0)
        return {};
    const auto [left, top, width, height] = cutout->box;
    const double side = placed.width();
    return Placement::fromRect(QRectF(left / side, top / side, width / side, height / side));
}

} // namespace adtailor
