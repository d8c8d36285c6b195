// SPDX-License-Identifier: GPL-3.0-or-later
#include "imaging/alpha_box.h"

#include <algorithm>

namespace adtailor::imaging {

AlphaBox alphaBox(const Image& image, int threshold)
{
    if (!image.hasAlpha())
        return { 0, 0, image.width() - 1, image.height() - 1,
                 static_cast<std::size_t>(image.width()) * image.height() };
    AlphaBox box{ image.width(), image.height(), -1, -1, 0 };
    for (int y = 0; y < image.height(); ++y) {
        const std::uint8_t* alpha = image.row(y) + 3;
        for (int x = 0; x < image.width(); ++x, alpha += 4) {
            if (*alpha <= threshold)
                continue;
            box.left = std::min(box.left, x);
            box.right = std::max(box.right, x);
            box.top = std::min(box.top, y);
            box.bottom = y;
            ++box.count;
        }
    }
    return box.count > 0 ? box : AlphaBox{};
}

Image toRgba(const Image& image)
{
    if (image.isEmpty() || image.hasAlpha())
        return image;
    std::vector<std::uint8_t> pixels;
    pixels.reserve(image.byteCount() / 3 * 4);
    for (std::size_t i = 0; i < image.byteCount(); i += 3) {
        const std::uint8_t* rgb = image.data() + i;
        pixels.insert(pixels.end(), { rgb[0], rgb[1], rgb[2], 255 });
    }
    return Image(image.width(), image.height(), 4, std::move(pixels));
}

Image cropRgba(const Image& image, int left, int top, int width, int height)
{
    std::vector<std::uint8_t> pixels(static_cast<std::size_t>(width) * height * 4);
    const int fromX = std::max(left, 0);
    const int toX = std::min(left + width, image.width());
    for (int y = std::max(top, 0); y < std::min(top + height, image.height()) && fromX < toX; ++y) {
        const std::size_t target = (static_cast<std::size_t>(y - top) * width + (fromX - left)) * 4;
        std::copy_n(image.row(y) + static_cast<std::size_t>(fromX) * 4,
                    static_cast<std::size_t>(toX - fromX) * 4, pixels.begin() + target);
    }
    return Image(width, height, 4, std::move(pixels));
}

} // namespace adtailor::imaging
