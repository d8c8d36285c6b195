// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/failure.h"
#include "imaging/codecs.h"
#include "imaging/exif.h"

#include <array>
#include <csetjmp>
#include <cstdio>
#include <jerror.h>
#include <jpeglib.h>

namespace adtailor::imaging {

namespace {

// A progressive file may repeat scans without end; honest ones have about ten. A picture of the
// largest allowed size gets 20 of them, a small one no more than 200.
constexpr std::int64_t scanPixelBudget = 1'280'000'000;
constexpr std::int64_t maximumScans = 200;

// As in the PNG codec: nothing with a destructor lives between setjmp and longjmp.
struct JpegState
{
    jpeg_error_mgr errors{};
    jpeg_progress_mgr progress{};
    std::jmp_buf jump{};
    std::array<char, JMSG_LENGTH_MAX> message{};
    std::int64_t allowedScans = 0;
    std::vector<std::uint8_t> pixels;
    std::vector<std::uint8_t> cmykRow;
    bool outOfMemory = false;
    int orientation = 1;
};

JpegState& stateOf(j_common_ptr info)
{
    return *static_cast<JpegState*>(info->client_data);
}

[[noreturn]] void onError(j_common_ptr info)
{
    JpegState& state = stateOf(info);
    info->err->format_message(info, state.message.data());
    state.outOfMemory = info->err->msg_code == JERR_OUT_OF_MEMORY;
    std::longjmp(state.jump, 1);
}

// A cut file only warns and continues in grey; we refuse it.
void onMessage(j_common_ptr info, int level)
{
    if (level >= 0)
        return;
    ++info->err->num_warnings;
    const int code = info->err->msg_code;
    if (code == JWRN_JPEG_EOF || code == JWRN_HIT_MARKER || code == JWRN_HUFF_BAD_CODE)
        onError(info);
}

void onProgress(j_common_ptr info)
{
    JpegState& state = stateOf(info);
    if (reinterpret_cast<j_decompress_ptr>(info)->input_scan_number > state.allowedScans) {
        std::snprintf(state.message.data(), state.message.size(), "it has too many scans");
        std::longjmp(state.jump, 1);
    }
}

void readOrientation(j_decompress_ptr info, JpegState& state)
{
    for (jpeg_saved_marker_ptr marker = info->marker_list; marker != nullptr;
         marker = marker->next) {
        const std::span data(reinterpret_cast<const std::byte*>(marker->data), marker->data_length);
        if (marker->marker == JPEG_APP0 + 1 && data.size() > 6)
            state.orientation = exifOrientation(data);
        if (state.orientation != 1)
            return;
    }
}

// CMYK files carry inverted values (Adobe's habit, and PIL's assumption): ink 0 is 255.
void cmykToRgb(const std::vector<std::uint8_t>& row, std::uint8_t* rgb)
{
    for (std::size_t i = 0; i + 3 < row.size(); i += 4) {
        for (int c = 0; c < 3; ++c) {
            const unsigned product = row[i + c] * row[i + 3] + 128U;
            *rgb++ = static_cast<std::uint8_t>((product + (product >> 8U)) >> 8U);
        }
    }
}

bool allocate(JpegState& state, std::size_t width, std::size_t height, bool cmyk)
{
    try {
        state.pixels.resize(width * height * 3);
        state.cmykRow.resize(cmyk ? width * 4 : 0);
        return true;
    } catch (const std::bad_alloc&) {
        state.outOfMemory = true;
        return false;
    }
}

bool readJpeg(jpeg_decompress_struct& info, JpegState& state, std::span<const std::byte> bytes,
              const ImageHeader& header)
{
    if (setjmp(state.jump) != 0)
        return false;
    jpeg_create_decompress(&info);
    info.client_data = &state;
    info.progress = &state.progress;
    jpeg_mem_src(&info, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
    jpeg_save_markers(&info, JPEG_APP0 + 1, 0xFFFF);
    jpeg_read_header(&info, TRUE);
    if (info.image_width != header.width || info.image_height != header.height)
        ERREXIT(&info, JERR_EMPTY_IMAGE);
    readOrientation(&info, state);

    const bool cmyk = info.jpeg_color_space == JCS_CMYK || info.jpeg_color_space == JCS_YCCK;
    info.out_color_space = cmyk ? JCS_CMYK : JCS_RGB;
    jpeg_start_decompress(&info);
    if (!allocate(state, info.output_width, info.output_height, cmyk))
        return false;
    const std::size_t stride = std::size_t(info.output_width) * 3;
    while (info.output_scanline < info.output_height) {
        std::uint8_t* target = state.pixels.data() + stride * info.output_scanline;
        JSAMPROW row = cmyk ? state.cmykRow.data() : target;
        jpeg_read_scanlines(&info, &row, 1);
        if (cmyk)
            cmykToRgb(state.cmykRow, target);
    }
    jpeg_finish_decompress(&info);
    return true;
}

} // namespace

Image decodeJpeg(std::span<const std::byte> bytes, const ImageHeader& header,
                 const std::string& name)
{
    JpegState state;
    const std::int64_t pixels = header.width * header.height;
    state.allowedScans = std::min(maximumScans, scanPixelBudget / pixels);
    state.progress.progress_monitor = onProgress;

    jpeg_decompress_struct info{};
    info.err = jpeg_std_error(&state.errors);
    info.client_data = &state;
    state.errors.error_exit = onError;
    state.errors.emit_message = onMessage;
    const bool ok = readJpeg(info, state, bytes, header);
    jpeg_destroy_decompress(&info);
    if (!ok && state.outOfMemory)
        throw std::bad_alloc();
    if (!ok)
        throw Failure(ErrorCode::FileCorrupt,
                      name + " is a damaged JPEG: " + state.message.data()
                          + ". Save it again from the original.");
    const Image image(static_cast<int>(header.width), static_cast<int>(header.height), 3,
                      std::move(state.pixels));
    return oriented(image, state.orientation);
}

} // namespace adtailor::imaging
