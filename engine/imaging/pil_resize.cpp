// SPDX-License-Identifier: GPL-3.0-or-later
#include "imaging/pil_resize.h"

#include <algorithm>
#include <cmath>

namespace adtailor::imaging {

namespace {

constexpr int precisionBits = 32 - 8 - 2;

using Bytes = std::vector<std::uint8_t>;

struct FixedWindow
{
    int start = 0;
    std::vector<std::int32_t> weights;
};

std::vector<FixedWindow> fixedWindows(int from, int to, Filter filter)
{
    std::vector<FixedWindow> all;
    all.reserve(to);
    for (const Window& window : windows(from, to, filter)) {
        FixedWindow fixed{ window.start, {} };
        for (const double weight : window.weights) {
            const double scaled = weight * (1 << precisionBits);
            fixed.weights.push_back(static_cast<std::int32_t>(scaled + (weight < 0 ? -0.5 : 0.5)));
        }
        all.push_back(std::move(fixed));
    }
    return all;
}

std::uint8_t clip8(std::int32_t sum)
{
    return static_cast<std::uint8_t>(std::clamp(sum >> precisionBits, 0, 255));
}

// Resamples `count` lines; `step` is the distance between neighbours along the axis.
std::uint8_t weighted(const std::uint8_t* source, std::size_t step, const FixedWindow& window)
{
    std::int32_t sum = 1 << (precisionBits - 1);
    source += step * window.start;
    for (const std::int32_t weight : window.weights) {
        sum += *source * weight;
        source += step;
    }
    return clip8(sum);
}

Bytes horizontal(const Bytes& in, int width, int height, int channels, int toWidth, Filter filter)
{
    const std::vector<FixedWindow> columns = fixedWindows(width, toWidth, filter);
    Bytes out(static_cast<std::size_t>(toWidth) * height * channels);
    std::size_t at = 0;
    for (int y = 0; y < height; ++y) {
        const std::uint8_t* row = in.data() + static_cast<std::size_t>(y) * width * channels;
        for (const FixedWindow& window : columns) {
            for (int c = 0; c < channels; ++c)
                out[at++] = weighted(row + c, channels, window);
        }
    }
    return out;
}

Bytes vertical(const Bytes& in, std::size_t stride, int height, int toHeight, Filter filter)
{
    Bytes out(stride * toHeight);
    std::size_t at = 0;
    for (const FixedWindow& window : fixedWindows(height, toHeight, filter)) {
        for (std::size_t x = 0; x < stride; ++x)
            out[at++] = weighted(in.data() + x, stride, window);
    }
    return out;
}

void premultiply(Bytes& pixels)
{
    for (std::size_t i = 0; i < pixels.size(); i += 4) {
        for (std::size_t c = 0; c < 3; ++c) {
            const unsigned product = pixels[i + c] * pixels[i + 3] + 128U;
            pixels[i + c] = static_cast<std::uint8_t>(((product >> 8U) + product) >> 8U);
        }
    }
}

void unpremultiply(Bytes& pixels)
{
    for (std::size_t i = 0; i < pixels.size(); i += 4) {
        const int alpha = pixels[i + 3];
        if (alpha == 0 || alpha == 255)
            continue;
        for (std::size_t c = 0; c < 3; ++c)
            pixels[i + c] = static_cast<std::uint8_t>(std::min(255 * pixels[i + c] / alpha, 255));
    }
}

} // namespace

Image pilResize(const Image& image, int width, int height, Filter filter)
{
    if (image.isEmpty() || (width == image.width() && height == image.height()))
        return image;
    const int channels = image.channels();
    Bytes pixels(image.data(), image.data() + image.byteCount());
    if (image.hasAlpha())
        premultiply(pixels);
    if (width != image.width())
        pixels = horizontal(pixels, image.width(), image.height(), channels, width, filter);
    if (height != image.height())
        pixels = vertical(pixels, static_cast<std::size_t>(width) * channels, image.height(),
                          height, filter);
    if (image.hasAlpha())
        unpremultiply(pixels);
    return Image(width, height, channels, std::move(pixels));
}

} // namespace adtailor::imaging
