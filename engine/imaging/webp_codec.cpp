// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/failure.h"
#include "imaging/byte_view.h"
#include "imaging/codecs.h"
#include "imaging/exif.h"

#include <memory>
#include <webp/decode.h>
#include <webp/encode.h>

namespace adtailor::imaging {

namespace {

// The EXIF chunk stands behind the pixels in an extended (VP8X) file.
int orientationOf(std::span<const std::byte> data)
{
    const ByteView bytes(data);
    constexpr int maximumChunks = 256;
    std::size_t at = 12;
    for (int i = 0; i < maximumChunks && at + 8 <= bytes.size(); ++i) {
        const std::size_t size = bytes.little32(at + 4);
        if (bytes.matches(at, "EXIF"))
            return exifOrientation(bytes.sub(at + 8, size));
        at += 8 + size + (size & 1U);
    }
    return 1;
}

[[noreturn]] void refuse(const std::string& name, const char* why)
{
    throw Failure(ErrorCode::FileCorrupt,
                  name + " is a damaged WebP: " + why + ". Save it again from the original.");
}

} // namespace

Image decodeWebP(std::span<const std::byte> bytes, const ImageHeader& header,
                 const std::string& name)
{
    const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
    WebPDecoderConfig config;
    if (WebPInitDecoderConfig(&config) == 0)
        throw Failure(ErrorCode::Internal, "libwebp has another version than this program.");
    if (WebPGetFeatures(data, bytes.size(), &config.input) != VP8_STATUS_OK)
        refuse(name, "its header cannot be read");
    if (config.input.has_animation != 0)
        throw Failure(ErrorCode::InvalidInput,
                      name + " is an animated WebP. Save one frame of it as PNG, JPEG or WebP.");
    if (config.input.width != header.width || config.input.height != header.height)
        refuse(name, "its header contradicts itself");

    const int channels = config.input.has_alpha != 0 ? 4 : 3;
    const std::size_t stride = static_cast<std::size_t>(header.width) * channels;
    std::vector<std::uint8_t> pixels(stride * header.height);
    config.output.colorspace = channels == 4 ? MODE_RGBA : MODE_RGB;
    config.output.is_external_memory = 1;
    config.output.u.RGBA = { pixels.data(), static_cast<int>(stride), pixels.size() };
    const VP8StatusCode status = WebPDecode(data, bytes.size(), &config);
    WebPFreeDecBuffer(&config.output);
    if (status == VP8_STATUS_OUT_OF_MEMORY)
        throw std::bad_alloc();
    if (status != VP8_STATUS_OK)
        refuse(name,
               status == VP8_STATUS_NOT_ENOUGH_DATA ? "the file ends too early"
                                                    : "its data is broken");
    const Image image(config.input.width, config.input.height, channels, std::move(pixels));
    return oriented(image, orientationOf(bytes));
}

std::vector<std::byte> writeWebP(const Image& image, int quality)
{
    std::uint8_t* bytes = nullptr;
    const std::size_t size = WebPEncodeRGB(image.data(), image.width(), image.height(),
                                           image.width() * 3, static_cast<float>(quality), &bytes);
    const std::unique_ptr<std::uint8_t, decltype(&WebPFree)> owner(bytes, &WebPFree);
    if (size == 0)
        throw Failure(ErrorCode::InvalidInput,
                      "The picture cannot be written as a WebP. Make it smaller.");
    const auto* first = reinterpret_cast<const std::byte*>(bytes);
    return { first, first + size };
}

} // namespace adtailor::imaging
