// Image: 8-bit RGB or RGBA pixels, shared and immutable, so that copies are cheap.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace adtailor {

class Image
{
public:
    Image() = default;
    // pixels: row-major, width*height*channels bytes, straight (not premultiplied) alpha.
    // Throws std::invalid_argument when the sizes disagree or channels is not 3 or 4.
    Image(int width, int height, int channels, std::vector<std::uint8_t> pixels);

    int width() const { return m_width; }
    int height() const { return m_height; }
    int channels() const { return m_channels; }
    bool isEmpty() const { return m_pixels == nullptr; }
    bool hasAlpha() const { return m_channels == 4; }
    std::size_t byteCount() const { return m_pixels ? m_pixels->size() : 0; }
    const std::uint8_t* data() const { return m_pixels ? m_pixels->data() : nullptr; }
    const std::uint8_t* row(int y) const
    {
        return data() + static_cast<std::size_t>(y) * m_width * m_channels;
    }

    bool operator==(const Image& other) const;

private:
    int m_width = 0;
    int m_height = 0;
    int m_channels = 0;
    std::shared_ptr<const std::vector<std::uint8_t>> m_pixels;
};

} // namespace adtailor
