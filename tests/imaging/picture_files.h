// Builds picture files byte by byte, hostile ones included, and small pictures to compare with.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/imaging.h>

#include <QByteArray>
#include <QFile>
#include <QString>

#include <cstring>
#include <span>
#include <vector>

namespace pictures {

inline std::span<const std::byte> bytesOf(const QByteArray& data)
{
    return { reinterpret_cast<const std::byte*>(data.constData()),
             static_cast<std::size_t>(data.size()) };
}

inline adtailor::Result<adtailor::Image> decode(const QByteArray& data)
{
    return adtailor::imaging::decode(bytesOf(data), "test.png");
}

inline QByteArray big32(quint32 value)
{
    QByteArray bytes;
    for (int shift = 24; shift >= 0; shift -= 8)
        bytes.append(static_cast<char>(value >> shift));
    return bytes;
}

inline quint32 crc32(const QByteArray& data)
{
    quint32 crc = 0xFFFFFFFF;
    for (const char byte : data) {
        crc ^= static_cast<unsigned char>(byte);
        for (int bit = 0; bit < 8; ++bit)
            crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xEDB88320 : 0);
    }
    return ~crc;
}

inline QByteArray pngChunk(const QByteArray& kind, const QByteArray& data)
{
    return big32(static_cast<quint32>(data.size())) + kind + data + big32(crc32(kind + data));
}

inline QByteArray pngHeader(quint32 width, quint32 height, char depth = 8, char colour = 2)
{
    const QByteArray tail("\0\0\0", 3);
    return QByteArray("\x89PNG\r\n\x1a\n", 8)
        + pngChunk("IHDR", big32(width) + big32(height) + depth + colour + tail);
}

// zlib stream: qCompress puts four bytes of length before it.
inline QByteArray deflate(const QByteArray& data)
{
    return qCompress(data, 9).mid(4);
}

// A sound RGB PNG, all pixels black, with `extra` chunks before the pixels.
inline QByteArray blackPng(int width, int height, const QByteArray& extra = {})
{
    const QByteArray raw(static_cast<qsizetype>(height) * (1 + 3 * static_cast<qsizetype>(width)),
                         '\0');
    return pngHeader(width, height) + extra + pngChunk("IDAT", deflate(raw)) + pngChunk("IEND", {});
}

inline QByteArray fixture(const QString& name)
{
    QFile file(QStringLiteral(ADTAILOR_FIXTURES "/imaging/") + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

inline adtailor::Image fixtureImage(const QString& name)
{
    const auto image = decode(fixture(name));
    return image ? *image : adtailor::Image();
}

inline adtailor::Image filled(int width, int height, std::vector<std::uint8_t> pixel)
{
    std::vector<std::uint8_t> pixels;
    for (int i = 0; i < width * height; ++i)
        pixels.insert(pixels.end(), pixel.begin(), pixel.end());
    return { width, height, static_cast<int>(pixel.size()), std::move(pixels) };
}

// Transparent but for an opaque box with a gradient in it; right and bottom are inclusive.
inline adtailor::Image boxCutout(int width, int height, int left, int top, int right, int bottom)
{
    std::vector<std::uint8_t> pixels(static_cast<std::size_t>(width) * height * 4);
    for (int y = top; y <= bottom; ++y) {
        for (int x = left; x <= right; ++x) {
            std::uint8_t* pixel = &pixels[(static_cast<std::size_t>(y) * width + x) * 4];
            pixel[0] = static_cast<std::uint8_t>(x);
            pixel[1] = static_cast<std::uint8_t>(y);
            pixel[2] = static_cast<std::uint8_t>(x ^ y);
            pixel[3] = 255;
        }
    }
    return { width, height, 4, std::move(pixels) };
}

inline int largestDifference(const adtailor::Image& a, const adtailor::Image& b)
{
    if (a.isEmpty() || a.width() != b.width() || a.height() != b.height()
        || a.channels() != b.channels())
        return 256;
    int largest = 0;
    for (std::size_t i = 0; i < a.byteCount(); ++i)
        largest = std::max(largest, std::abs(a.data()[i] - b.data()[i]));
    return largest;
}

} // namespace pictures
