// SPDX-License-Identifier: GPL-3.0-or-later
#include "imaging/resample.h"

#include <algorithm>
#include <cmath>

namespace adtailor::imaging {

namespace {

double support(Filter filter)
{
    switch (filter) {
    case Filter::Area:
        return 0.5;
    case Filter::Bilinear:
        return 1.0;
    case Filter::Bicubic:
        return 2.0;
    }
    return 1.0;
}

double bilinear(double x)
{
    x = std::abs(x);
    return x < 1.0 ? 1.0 - x : 0.0;
}

// https://en.wikipedia.org/wiki/Bicubic_interpolation#Bicubic_convolution_algorithm; the order of
// operations is PIL's, so that the last bit agrees.
double bicubic(double x)
{
    constexpr double a = -0.5;
    x = std::abs(x);
    if (x < 1.0)
        return ((a + 2.0) * x - (a + 3.0)) * x * x + 1;
    if (x < 2.0)
        return (((x - 5) * x + 8) * x - 4) * a;
    return 0.0;
}

Window filterWindow(int index, int from, double scale, Filter filter)
{
    const double stretch = std::max(scale, 1.0);
    const double radius = support(filter) * stretch;
    const double centre = (index + 0.5) * scale;
    const double inverse = 1.0 / stretch;
    Window window;
    window.start = std::max(static_cast<int>(centre - radius + 0.5), 0);
    const int end = std::min(static_cast<int>(centre + radius + 0.5), from);
    double sum = 0;
    for (int i = 0; i < end - window.start; ++i) {
        const double x = (i + window.start - centre + 0.5) * inverse;
        window.weights.push_back(filter == Filter::Bicubic ? bicubic(x) : bilinear(x));
        sum += window.weights.back();
    }
    for (double& weight : window.weights)
        weight = sum != 0 ? weight / sum : weight;
    return window;
}

Window areaWindow(int index, int from, double scale)
{
    const double left = index * scale;
    const double right = std::min((index + 1) * scale, static_cast<double>(from));
    Window window;
    window.start = std::min(static_cast<int>(left), from - 1);
    const int end = std::clamp(static_cast<int>(std::ceil(right - 1e-9)), window.start + 1, from);
    double sum = 0;
    for (int i = window.start; i < end; ++i) {
        const double share = std::min(right, i + 1.0) - std::max(left, static_cast<double>(i));
        window.weights.push_back(std::max(share, 1e-12));
        sum += window.weights.back();
    }
    for (double& weight : window.weights)
        weight /= sum;
    return window;
}

// One source row to premultiplied floats and then to the target width. Scale: colour 0 ... 255*255.
void resampleRow(const Image& image, int y, const std::vector<Window>& columns,
                 std::vector<float>& premultiplied, float* out)
{
    const int channels = image.channels();
    const std::uint8_t* source = image.row(y);
    if (image.hasAlpha()) {
        for (std::size_t i = 0; i < premultiplied.size(); i += 4) {
            const float alpha = source[i + 3];
            for (std::size_t c = 0; c < 3; ++c)
                premultiplied[i + c] = source[i + c] * alpha;
            premultiplied[i + 3] = alpha;
        }
    } else {
        std::copy_n(source, premultiplied.size(), premultiplied.begin());
    }
    for (const Window& window : columns) {
        const float* from
            = premultiplied.data() + static_cast<std::size_t>(window.start) * channels;
        std::fill_n(out, channels, 0.0F);
        for (const double weight : window.weights) {
            for (int c = 0; c < channels; ++c)
                out[c] += static_cast<float>(weight) * *from++;
        }
        out += channels;
    }
}

std::uint8_t toByte(float value)
{
    return static_cast<std::uint8_t>(std::clamp(value + 0.5F, 0.0F, 255.0F));
}

// sum: one accumulated pixel in the premultiplied scale above.
void storePixel(const float* sum, int channels, std::uint8_t* out)
{
    if (channels == 3) {
        for (int c = 0; c < 3; ++c)
            out[c] = toByte(sum[c]);
        return;
    }
    out[3] = toByte(sum[3]);
    const float alpha = std::clamp(sum[3], 0.0F, 255.0F);
    for (int c = 0; c < 3; ++c)
        out[c] = out[3] == 0 ? 0 : toByte(sum[c] / alpha);
}

} // namespace

std::vector<Window> windows(int from, int to, Filter filter)
{
    const double scale = static_cast<double>(from) / to;
    std::vector<Window> all;
    all.reserve(to);
    for (int i = 0; i < to; ++i)
        all.push_back(filter == Filter::Area ? areaWindow(i, from, scale)
                                             : filterWindow(i, from, scale, filter));
    return all;
}

// Rows stream through a ring as tall as one vertical window, so that a 64-megapixel picture needs
// no full-size float copy.
Image resample(const Image& image, int width, int height, Filter filter)
{
    if (image.isEmpty() || (width == image.width() && height == image.height()))
        return image;
    const int channels = image.channels();
    const std::vector<Window> columns = windows(image.width(), width, filter);
    const std::vector<Window> rows = windows(image.height(), height, filter);
    std::size_t tallest = 1;
    for (const Window& row : rows)
        tallest = std::max(tallest, row.weights.size());

    const std::size_t stride = static_cast<std::size_t>(width) * channels;
    std::vector<float> ring(stride * tallest);
    std::vector<float> premultiplied(static_cast<std::size_t>(image.width()) * channels);
    std::vector<float> sums(stride);
    std::vector<std::uint8_t> pixels(stride * height);
    int ready = 0; // source rows already in the ring
    for (int y = 0; y < height; ++y) {
        const Window& window = rows[y];
        std::fill(sums.begin(), sums.end(), 0.0F);
        for (std::size_t i = 0; i < window.weights.size(); ++i) {
            const int source = window.start + static_cast<int>(i);
            float* slot = ring.data() + stride * (source % tallest);
            if (source >= ready) {
                resampleRow(image, source, columns, premultiplied, slot);
                ready = source + 1;
            }
            const auto weight = static_cast<float>(window.weights[i]);
            for (std::size_t k = 0; k < stride; ++k)
                sums[k] += weight * slot[k];
        }
        for (int x = 0; x < width; ++x)
            storePixel(&sums[static_cast<std::size_t>(x) * channels], channels,
                       &pixels[stride * y + static_cast<std::size_t>(x) * channels]);
    }
    return Image(width, height, channels, std::move(pixels));
}

} // namespace adtailor::imaging
