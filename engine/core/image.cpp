// SPDX-License-Identifier: GPL-3.0-or-later
#include <adtailor/image.h>

#include <algorithm>
#include <stdexcept>

namespace adtailor {

Image::Image(int width, int height, int channels, std::vector<std::uint8_t> pixels)
    : m_width(width)
    , m_height(height)
    , m_channels(channels)
{
    const bool shapeOk = width > 0 && height > 0 && (channels == 3 || channels == 4);
    if (!shapeOk || pixels.size() != static_cast<std::size_t>(width) * height * channels)
        throw std::invalid_argument("Image: pixel count does not match width x height x channels");
    m_pixels = std::make_shared<const std::vector<std::uint8_t>>(std::move(pixels));
}

bool Image::operator==(const Image& other) const
{
    if (m_width != other.m_width || m_height != other.m_height || m_channels != other.m_channels)
        return false;
    return m_pixels == other.m_pixels
        || std::equal(m_pixels->begin(), m_pixels->end(), other.m_pixels->begin());
}

} // namespace adtailor
