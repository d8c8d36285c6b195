// SPDX-License-Identifier: GPL-3.0-or-later
#include "imaging/image_probe.h"

#include "core/failure.h"
#include "imaging/byte_view.h"
#include "imaging/foreign_formats.h"

#include <adtailor/imaging.h>

namespace adtailor::imaging {

namespace {

constexpr std::string_view pngMagic("\x89PNG\r\n\x1a\n", 8);

ImageHeader probePng(const ByteView& bytes, const std::string& name)
{
    if (bytes.size() < 33 || bytes.big32(8) != 13 || !bytes.matches(12, "IHDR"))
        throw Failure(
            ErrorCode::FileCorrupt,
            name + " is a damaged PNG: its header is missing. Save it again from the original.");
    return { Format::Png, bytes.big32(16), bytes.big32(20) };
}

bool isStartOfFrame(int marker)
{
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

bool standsAlone(int marker)
{
    return marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8);
}

// Walks the marker segments up to the frame header.
std::optional<ImageHeader> probeJpeg(const ByteView& bytes)
{
    std::size_t at = 2;
    while (at + 4 <= bytes.size()) {
        if (bytes.at(at) != 0xFF) {
            ++at; // garbage between segments: decoders skip it too
            continue;
        }
        const int marker = bytes.at(at + 1);
        if (marker == 0xFF || marker == 0x00 || standsAlone(marker)) {
            at += marker == 0xFF ? 1 : 2;
            continue;
        }
        if (isStartOfFrame(marker)) {
            if (at + 9 > bytes.size())
                return std::nullopt;
            return ImageHeader{ Format::Jpeg, bytes.big16(at + 7), bytes.big16(at + 5) };
        }
        at += 2 + std::max<std::size_t>(bytes.big16(at + 2), 2);
    }
    return std::nullopt;
}

ImageHeader probeWebP(const ByteView& bytes, const std::string& name)
{
    if (bytes.size() >= 30 && bytes.matches(12, "VP8X")) {
        constexpr int animationFlag = 0x02;
        if (bytes.at(20) & animationFlag)
            throw Failure(ErrorCode::InvalidInput,
                          name
                              + " is an animated WebP. Save one frame of it as PNG, JPEG or WebP.");
        return { Format::WebP, 1 + bytes.little24(24), 1 + bytes.little24(27) };
    }
    if (bytes.size() >= 30 && bytes.matches(12, "VP8 "))
        return { Format::WebP, bytes.little16(26) & 0x3FFF, bytes.little16(28) & 0x3FFF };
    if (bytes.size() >= 25 && bytes.matches(12, "VP8L")) {
        const std::uint32_t packed = bytes.little32(21);
        return { Format::WebP, 1 + (packed & 0x3FFF), 1 + ((packed >> 14) & 0x3FFF) };
    }
    throw Failure(
        ErrorCode::FileCorrupt,
        name + " is a damaged WebP: its header is missing. Save it again from the original.");
}

void refuseBySize(const ImageHeader& header, const std::string& name)
{
    const std::string size = std::to_string(header.width) + " x " + std::to_string(header.height);
    if (header.width < 1 || header.height < 1)
        throw Failure(ErrorCode::FileCorrupt,
                      name + " says it is " + size + " pixels. Save it again from the original.");
    if (header.width > maximumSide || header.height > maximumSide)
        throw Failure(ErrorCode::InvalidInput,
                      name + " is " + size + " pixels; no side may be longer than "
                          + std::to_string(maximumSide) + ". Scale it down first.");
    if (header.width * header.height > maximumPixels)
        throw Failure(ErrorCode::InvalidInput,
                      name + " is " + size + " pixels, more than "
                          + std::to_string(maximumPixels / 1'000'000)
                          + " megapixels. Scale it down first.");
}

} // namespace

std::optional<ImageHeader> probePrefix(std::span<const std::byte> data, const std::string& name)
{
    const ByteView bytes(data);
    if (data.empty())
        throw Failure(ErrorCode::FileCorrupt,
                      name + " is empty. Choose a PNG, JPEG or WebP picture.");

    std::optional<ImageHeader> header;
    if (bytes.matches(0, pngMagic))
        header = probePng(bytes, name);
    else if (bytes.matches(0, "\xFF\xD8\xFF"))
        header = probeJpeg(bytes);
    else if (bytes.matches(0, "RIFF") && bytes.matches(8, "WEBP"))
        header = probeWebP(bytes, name);
    else
        throw Failure(ErrorCode::FileCorrupt,
                      name + ": This is " + foreignFormat(bytes)
                          + ", not a PNG, JPEG or WebP. Convert it first.");
    if (header)
        refuseBySize(*header, name);
    return header;
}

ImageHeader probe(std::span<const std::byte> bytes, const std::string& name)
{
    if (bytes.size() > maximumFileBytes)
        throw Failure(ErrorCode::InvalidInput,
                      name + " is larger than " + std::to_string(maximumFileBytes >> 20U)
                          + " MiB. Save it smaller first.");
    const std::optional<ImageHeader> header = probePrefix(bytes, name);
    if (!header)
        throw Failure(ErrorCode::FileCorrupt,
                      name
                          + " is a damaged JPEG: its frame header is missing. Save it again from "
                            "the original.");
    return *header;
}

} // namespace adtailor::imaging
