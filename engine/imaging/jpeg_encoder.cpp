// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/failure.h"

#include <adtailor/imaging.h>
#include <adtailor/jpeg.h>

#include <array>
#include <csetjmp>
#include <cstdio>
#include <cstdlib>
#include <jpeglib.h>
#include <memory>

namespace adtailor::imaging {

namespace {

struct JpegWriter
{
    jpeg_error_mgr errors{};
    std::jmp_buf jump{};
    std::array<char, JMSG_LENGTH_MAX> message{};
    unsigned char* bytes = nullptr; // malloc'ed by libjpeg
    unsigned long size = 0;
};

[[noreturn]] void onWriteError(j_common_ptr info)
{
    auto& writer = *static_cast<JpegWriter*>(info->client_data);
    info->err->format_message(info, writer.message.data());
    std::longjmp(writer.jump, 1);
}

// Nothing with a destructor lives between setjmp and longjmp.
bool writeJpeg(jpeg_compress_struct& info, JpegWriter& writer, const Image& image, int quality)
{
    if (setjmp(writer.jump) != 0)
        return false;
    jpeg_create_compress(&info);
    info.client_data = &writer;
    jpeg_mem_dest(&info, &writer.bytes, &writer.size);
    info.image_width = static_cast<JDIMENSION>(image.width());
    info.image_height = static_cast<JDIMENSION>(image.height());
    info.input_components = 3;
    info.in_color_space = JCS_RGB;
    jpeg_set_defaults(&info);
    jpeg_set_quality(&info, quality, TRUE);
    jpeg_start_compress(&info, TRUE);
    while (info.next_scanline < info.image_height) {
        JSAMPROW row = const_cast<JSAMPROW>(image.row(static_cast<int>(info.next_scanline)));
        jpeg_write_scanlines(&info, &row, 1);
    }
    jpeg_finish_compress(&info);
    return true;
}

std::vector<std::byte> jpegBytes(const Image& image, int quality)
{
    if (image.isEmpty() || quality < 1 || quality > 100)
        throw Failure(ErrorCode::InvalidInput,
                      "A JPEG needs a picture and a quality from 1 to 100.");
    const Image opaque = image.hasAlpha() ? onWhite(image) : image;
    JpegWriter writer;
    jpeg_compress_struct info{};
    info.err = jpeg_std_error(&writer.errors);
    info.client_data = &writer;
    writer.errors.error_exit = onWriteError;
    const bool ok = writeJpeg(info, writer, opaque, quality);
    jpeg_destroy_compress(&info);
    const std::unique_ptr<unsigned char, decltype(&std::free)> owner(writer.bytes, &std::free);
    if (!ok)
        throw Failure(ErrorCode::InvalidInput,
                      std::string("The picture cannot be written as a JPEG: ")
                          + writer.message.data() + ". Make it smaller.");
    const auto* first = reinterpret_cast<const std::byte*>(writer.bytes);
    return { first, first + writer.size };
}

} // namespace

Result<std::vector<std::byte>> encodeJpeg(const Image& image, int quality)
{
    return guarded([&] { return jpegBytes(image, quality); });
}

Result<Image> jpegRoundTrip(const Image& image, int quality)
{
    const auto bytes = encodeJpeg(image, quality);
    if (!bytes)
        return bytes.error();
    return decode(*bytes, "The picture as JPEG");
}

} // namespace adtailor::imaging
