// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/failure.h"
#include "metrics/cie_lab.h"
#include "metrics/product_placement.h"

#include <adtailor/imaging.h>
#include <adtailor/product_fidelity.h>

#include <array>
#include <cmath>

namespace adtailor {

namespace {

constexpr int opaqueAlpha = 250; // colours of softer pixels are mixed with the background
constexpr int productAlpha = 50; // Uni-AdGen public code

// One number a pixel, row-major.
struct Plane
{
    int width = 0, height = 0;
    std::vector<double> values;

    std::size_t at(int x, int y) const { return static_cast<std::size_t>(y) * width + x; }
};

Plane lumaOf(const Image& rgb)
{
    Plane plane{ rgb.width(), rgb.height(), {} };
    plane.values.resize(static_cast<std::size_t>(rgb.width()) * rgb.height());
    for (std::size_t i = 0; i < plane.values.size(); ++i) {
        const std::uint8_t* pixel = rgb.data() + 3 * i;
        plane.values[i] = 0.299 * pixel[0] + 0.587 * pixel[1] + 0.114 * pixel[2]; // BT.601
    }
    return plane;
}

constexpr int radius = 5; // of 11 weights, sigma 1.5

std::array<double, 2 * radius + 1> gaussian()
{
    std::array<double, 2 * radius + 1> weights{};
    double sum = 0;
    for (int i = -radius; i <= radius; ++i)
        sum += weights[i + radius] = std::exp(-i * i / (2 * 1.5 * 1.5));
    for (double& weight : weights)
        weight /= sum;
    return weights;
}

// The picture goes on as its mirror image, edge pixels twice.
int mirrored(int place, int size)
{
    while (place < 0 || place >= size)
        place = place < 0 ? -1 - place : 2 * size - 1 - place;
    return place;
}

Plane blurred(const Plane& plane)
{
    static const auto weights = gaussian();
    Plane across = plane, both = plane;
    for (int y = 0; y < plane.height; ++y)
        for (int x = 0; x < plane.width; ++x) {
            double sum = 0;
            for (int i = -radius; i <= radius; ++i)
                sum += weights[i + radius]
                    * plane.values[plane.at(mirrored(x + i, plane.width), y)];
            across.values[plane.at(x, y)] = sum;
        }
    for (int y = 0; y < plane.height; ++y)
        for (int x = 0; x < plane.width; ++x) {
            double sum = 0;
            for (int i = -radius; i <= radius; ++i)
                sum += weights[i + radius]
                    * across.values[plane.at(x, mirrored(y + i, plane.height))];
            both.values[plane.at(x, y)] = sum;
        }
    return both;
}

Plane product(const Plane& left, const Plane& right)
{
    Plane result = left;
    for (std::size_t i = 0; i < result.values.size(); ++i)
        result.values[i] *= right.values[i];
    return result;
}

// Mean SSIM over the pixels of the mask's product.
double maskedSimilarity(const Image& left, const Image& right, const Image& mask)
{
    constexpr double c1 = (0.01 * 255) * (0.01 * 255), c2 = (0.03 * 255) * (0.03 * 255);
    const Plane x = lumaOf(left), y = lumaOf(right);
    const Plane meanX = blurred(x), meanY = blurred(y);
    const Plane squareX = blurred(product(x, x)), squareY = blurred(product(y, y));
    const Plane both = blurred(product(x, y));
    double sum = 0;
    std::size_t count = 0;
    for (std::size_t i = 0; i < x.values.size(); ++i) {
        if (mask.data()[4 * i + 3] <= productAlpha)
            continue;
        const double mx = meanX.values[i], my = meanY.values[i];
        const double vx = squareX.values[i] - mx * mx, vy = squareY.values[i] - my * my;
        const double covariance = both.values[i] - mx * my;
        sum += (2 * mx * my + c1) * (2 * covariance + c2)
            / ((mx * mx + my * my + c1) * (vx + vy + c2));
        ++count;
    }
    return sum / static_cast<double>(count);
}

double meanDeltaE(const Image& ad, const Image& placed)
{
    double sum = 0;
    std::size_t count = 0;
    const std::size_t pixels = placed.byteCount() / 4;
    for (std::size_t i = 0; i < pixels; ++i) {
        const std::uint8_t* cutout = placed.data() + 4 * i;
        if (cutout[3] < opaqueAlpha)
            continue;
        sum += ciede2000(cieLab(cutout), cieLab(ad.data() + 3 * i));
        ++count;
    }
    if (count == 0)
        throw Failure(ErrorCode::InvalidInput,
                      "The cutout has no opaque pixel, so the product cannot be compared; choose "
                      "another cutout.");
    return sum / static_cast<double>(count);
}

} // namespace

ProductFidelity productFidelity(const Image& ad, const Image& placed)
{
    const auto size = [](const Image& image) {
        return std::to_string(image.width()) + " x " + std::to_string(image.height());
    };
    if (ad.isEmpty() || !placed.hasAlpha() || ad.width() != ad.height() || size(ad) != size(placed))
        throw Failure(ErrorCode::InvalidInput,
                      "The ad has " + size(ad) + " pixels and the cutout " + size(placed)
                          + "; bring both to one square size.");
    const Image rgb = imaging::onWhite(ad);
    ProductFidelity fidelity;
    fidelity.deltaE = meanDeltaE(rgb, placed);
    fidelity.similarity = maskedSimilarity(rgb, imaging::compose(rgb, placed, rgb.width()), placed);
    fidelity.placement = placementOverlap(rgb, placed);
    return fidelity;
}

} // namespace adtailor
