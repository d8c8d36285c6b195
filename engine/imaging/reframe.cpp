// SPDX-License-Identifier: GPL-3.0-or-later
#include "imaging/alpha_box.h"
#include "imaging/blend.h"

#include <adtailor/ad_export.h>
#include <adtailor/imaging.h>

#include <algorithm>
#include <cmath>

namespace adtailor {

namespace {

// Of the frame that the product may take along one axis: alone, and beside words.
constexpr double largestShare = 0.86, shareWithWords = 0.47;

struct Axis
{
    int frame = 0;
    double start = 0, length = 0; // the product's, as shares of the square
};

// The product in the middle as far as the picture reaches; one that is shorter than the frame may
// also go to its end.
int placeAlong(const Axis& axis, int side, bool atEnd)
{
    const int spare = axis.frame - side;
    if (atEnd && spare > 0)
        return spare;
    const double middle = (axis.start + axis.length / 2) * side;
    const int wanted = static_cast<int>(std::lround(axis.frame / 2.0 - middle));
    return std::clamp(wanted, std::min(spare, 0), std::max(spare, 0));
}

// Beyond the edges the picture is folded back and forth, no deeper than a strip at its edge, so
// that no line shows where it ends and nothing of the product comes twice. The outermost pixels,
// where a model draws worst, come once only.
int folded(int at, int side)
{
    const int beyond = at < 0 ? -at : at >= side ? at - side + 1 : 0;
    if (beyond == 0)
        return at;
    const int depth = std::max(side / 10, 2), strip = std::max(depth - side / 40, 1);
    int inside = beyond;
    if (beyond > depth) {
        const int phase = (beyond - depth) % (2 * strip);
        inside = depth - (phase < strip ? phase : 2 * strip - phase);
    }
    inside = std::min(inside, side - 1);
    return at < 0 ? inside : side - 1 - inside;
}

// The rows of `image` averaged with their neighbours, `reach` rows up and down: what is drawn out
// of an edge shall not show every grain of it as a stripe.
std::array<double, 3> edgeColour(const Image& image, int x, int y, int dx, int dy, int reach)
{
    std::array<double, 3> sum{};
    for (int step = -reach; step <= reach; ++step) {
        const int column = std::clamp(x + dx * step, 0, image.width() - 1);
        const int row = std::clamp(y + dy * step, 0, image.height() - 1);
        const std::uint8_t* pixel = image.row(row) + static_cast<std::ptrdiff_t>(column) * 3;
        for (std::size_t c = 0; c < 3; ++c)
            sum[c] += pixel[c];
    }
    for (double& value : sum)
        value /= 2 * reach + 1;
    return sum;
}

// The scaled background in its frame; beyond its edges their colours go on, softer with distance.
std::vector<std::uint8_t> extended(const Image& square, const FramePlan& plan)
{
    std::vector<std::uint8_t> pixels(static_cast<std::size_t>(plan.width) * plan.height * 3);
    std::uint8_t* target = pixels.data();
    for (int y = 0; y < plan.height; ++y) {
        for (int x = 0; x < plan.width; ++x, target += 3) {
            const int sourceX = folded(x - plan.left, plan.side);
            const int sourceY = folded(y - plan.top, plan.side);
            const int beyondX = std::max({ plan.left - x, x - plan.left - plan.side + 1, 0 });
            const int beyondY = std::max({ plan.top - y, y - plan.top - plan.side + 1, 0 });
            const int beyond = std::max(beyondX, beyondY);
            if (beyond == 0) {
                std::copy_n(square.row(sourceY) + static_cast<std::ptrdiff_t>(sourceX) * 3, 3,
                            target);
                continue;
            }
            const int reach = std::min(beyond / 4, plan.side / 16);
            const bool across = beyondX >= beyondY;
            const auto colour
                = edgeColour(square, sourceX, sourceY, across ? 0 : 1, across ? 1 : 0, reach);
            for (std::size_t c = 0; c < 3; ++c)
                target[c] = static_cast<std::uint8_t>(std::lround(colour[c]));
        }
    }
    return pixels;
}

void layProduct(std::vector<std::uint8_t>& pixels, const Image& product, const FramePlan& plan)
{
    for (int y = std::max(0, plan.top); y < std::min(plan.height, plan.top + plan.side); ++y) {
        const std::uint8_t* row = product.row(y - plan.top);
        for (int x = std::max(0, plan.left); x < std::min(plan.width, plan.left + plan.side); ++x) {
            const std::uint8_t* source = row + static_cast<std::ptrdiff_t>(x - plan.left) * 4;
            std::uint8_t* target
                = pixels.data() + (static_cast<std::size_t>(y) * plan.width + x) * 3;
            for (std::size_t c = 0; c < 3; ++c)
                target[c] = imaging::blend(source[c], target[c], source[3]);
        }
    }
}

} // namespace

std::array<double, 4> productBox(const Image& placed)
{
    if (placed.isEmpty())
        return { 0, 0, 1, 1 };
    const imaging::AlphaBox box = imaging::alphaBox(placed);
    if (box.count == 0)
        return { 0, 0, 1, 1 };
    const double width = placed.width(), height = placed.height();
    return { box.left / width, box.top / height, box.width() / width, box.height() / height };
}

FramePlan planFrame(const std::array<double, 4>& product, int width, int height, bool textRoom)
{
    const Axis across{ width, product[0], std::max(product[2], 0.01) };
    const Axis down{ height, product[1], std::max(product[3], 0.01) };
    // Half as wide again as high and more: words stand beside the product, else above it.
    const bool wide = width * 2 >= height * 3;
    const double shareAcross = textRoom && wide ? shareWithWords : largestShare;
    const double shareDown = textRoom && !wide ? shareWithWords : largestShare;
    const double roomy
        = std::min(width * shareAcross / across.length, height * shareDown / down.length);
    const int shorter = std::min(width, height);
    FramePlan plan{ .width = width, .height = height };
    plan.side = std::clamp(static_cast<int>(std::floor(roomy)), textRoom ? shorter / 2 : shorter,
                           std::max(width, height));
    plan.left = placeAlong(across, plan.side, textRoom && wide);
    plan.top = placeAlong(down, plan.side, textRoom && !wide);
    return plan;
}

Image reframe(const Image& background, const Image& placed, const FramePlan& plan)
{
    std::vector<std::uint8_t> pixels;
    if (background.isEmpty())
        pixels.assign(static_cast<std::size_t>(plan.width) * plan.height * 3, 255);
    else
        pixels
            = extended(imaging::onWhite(imaging::resize(background, plan.side, plan.side)), plan);
    if (!placed.isEmpty())
        layProduct(pixels, imaging::resize(imaging::toRgba(placed), plan.side, plan.side), plan);
    return Image(plan.width, plan.height, 3, std::move(pixels));
}

} // namespace adtailor
