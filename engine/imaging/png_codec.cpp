// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/failure.h"
#include "imaging/codecs.h"
#include "imaging/exif.h"

#include <adtailor/imaging.h>

#include <array>
#include <csetjmp>
#include <cstring>
#include <png.h>

namespace adtailor::imaging {

namespace {

// libpng reports errors by longjmp. Everything with a destructor lives in the caller of the
// function that calls setjmp, so that a jump skips none.
struct PngState
{
    std::array<char, 160> message{};
    std::span<const std::byte> input;
    std::size_t position = 0;
    std::vector<std::uint8_t> pixels;
    std::vector<std::uint8_t*> rows;
    std::vector<std::byte> output;
    bool outOfMemory = false;
    int channels = 0;
    int orientation = 1;
};

[[noreturn]] void onError(png_structp png, png_const_charp message)
{
    auto* state = static_cast<PngState*>(png_get_error_ptr(png));
    std::strncpy(state->message.data(), message, state->message.size() - 1);
    png_longjmp(png, 1);
}

void onWarning(png_structp, png_const_charp) { }

void readBytes(png_structp png, png_bytep target, std::size_t count)
{
    auto* state = static_cast<PngState*>(png_get_io_ptr(png));
    if (count > state->input.size() - state->position)
        png_error(png, "the file ends too early");
    std::memcpy(target, state->input.data() + state->position, count);
    state->position += count;
}

// Chunks that a picture does not need are never inflated: no iCCP, zTXt or iTXt bomb can go off.
void ignoreAncillaryChunks(png_structp png)
{
    static constexpr png_byte names[]
        = "bKGD\0cHRM\0gAMA\0hIST\0iCCP\0iTXt\0oFFs\0pCAL\0pHYs\0sBIT\0"
          "sCAL\0sPLT\0sRGB\0tEXt\0tIME\0zTXt";
    png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, nullptr, 0);
    png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, names, sizeof names / 5);
}

void setLimits(png_structp png)
{
    png_set_user_limits(png, maximumSide, maximumSide);
    png_set_chunk_cache_max(png, 64);
    png_set_chunk_malloc_max(png, 4U << 20U);
    ignoreAncillaryChunks(png);
}

// Everything becomes 8-bit RGB or RGBA.
void setTransforms(png_structp png, png_infop info)
{
    png_set_expand(png);
    png_set_scale_16(png);
    png_set_gray_to_rgb(png);
    png_set_interlace_handling(png);
    png_read_update_info(png, info);
}

// Allocates through the state's vectors; exceptions must not pass through libpng's C frames, and
// here there are none above.
bool allocateRows(PngState& state, int width, int height)
{
    try {
        const std::size_t stride = static_cast<std::size_t>(width) * state.channels;
        state.pixels.resize(stride * height);
        state.rows.resize(height);
        for (int y = 0; y < height; ++y)
            state.rows[y] = state.pixels.data() + stride * y;
        return true;
    } catch (const std::bad_alloc&) {
        state.outOfMemory = true;
        return false;
    }
}

bool readPng(png_structp png, png_infop info, PngState& state, const ImageHeader& header)
{
    if (setjmp(png_jmpbuf(png)) != 0)
        return false;
    setLimits(png);
    png_set_read_fn(png, &state, readBytes);
    png_read_info(png, info);
    setTransforms(png, info);
    state.channels = png_get_channels(png, info);
    if (png_get_image_width(png, info) != header.width
        || png_get_image_height(png, info) != header.height
        || (state.channels != 3 && state.channels != 4))
        png_error(png, "the header contradicts itself");
    if (!allocateRows(state, static_cast<int>(header.width), static_cast<int>(header.height)))
        return false;
    png_read_image(png, state.rows.data());
    png_read_end(png, info);

    png_bytep exif = nullptr;
    png_uint_32 exifBytes = 0;
    if (png_get_eXIf_1(png, info, &exifBytes, &exif) != 0)
        state.orientation
            = exifOrientation({ reinterpret_cast<const std::byte*>(exif), exifBytes });
    return true;
}

void writeBytes(png_structp png, png_bytep source, std::size_t count)
{
    auto* state = static_cast<PngState*>(png_get_io_ptr(png));
    try {
        const auto* bytes = reinterpret_cast<const std::byte*>(source);
        state->output.insert(state->output.end(), bytes, bytes + count);
        return;
    } catch (const std::bad_alloc&) {
        state->outOfMemory = true;
    }
    png_error(png, "out of memory");
}

void flushNothing(png_structp) { }

bool encode(png_structp png, png_infop info, PngState& state, const Image& image,
            std::vector<png_text>& text)
{
    if (setjmp(png_jmpbuf(png)) != 0)
        return false;
    png_set_write_fn(png, &state, writeBytes, flushNothing);
    png_set_IHDR(png, info, image.width(), image.height(), 8,
                 image.hasAlpha() ? PNG_COLOR_TYPE_RGB_ALPHA : PNG_COLOR_TYPE_RGB,
                 PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    if (!text.empty())
        png_set_text(png, info, text.data(), static_cast<int>(text.size()));
    png_write_info(png, info);
    for (int y = 0; y < image.height(); ++y)
        png_write_row(png, image.row(y));
    png_write_end(png, info);
    return true;
}

std::vector<png_text> textChunks(const std::vector<std::pair<std::string, std::string>>& text)
{
    std::vector<png_text> chunks;
    for (const auto& [keyword, value] : text) {
        if (keyword.empty() || keyword.size() > 79)
            throw Failure(ErrorCode::InvalidInput,
                          "The PNG keyword '" + keyword.substr(0, 79)
                              + "' must have 1 to 79 letters.");
        png_text chunk{};
        chunk.compression = PNG_ITXT_COMPRESSION_NONE;
        chunk.key = const_cast<char*>(keyword.c_str()); // libpng copies both
        chunk.text = const_cast<char*>(value.c_str());
        chunk.itxt_length = value.size();
        chunks.push_back(chunk);
    }
    return chunks;
}

[[noreturn]] void throwPngFailure(const PngState& state, const std::string& name)
{
    if (state.outOfMemory)
        throw std::bad_alloc();
    throw Failure(ErrorCode::FileCorrupt,
                  name + " is a damaged PNG: " + state.message.data()
                      + ". Save it again from the original.");
}

} // namespace

Image decodePng(std::span<const std::byte> bytes, const ImageHeader& header,
                const std::string& name)
{
    PngState state;
    state.input = bytes;
    png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &state, onError, onWarning);
    png_infop info = png != nullptr ? png_create_info_struct(png) : nullptr;
    const bool ok = info != nullptr && readPng(png, info, state, header);
    png_destroy_read_struct(&png, &info, nullptr);
    if (!ok)
        throwPngFailure(state, name);
    const Image image(static_cast<int>(header.width), static_cast<int>(header.height),
                      state.channels, std::move(state.pixels));
    return oriented(image, state.orientation);
}

std::vector<std::byte> writePng(const Image& image,
                                const std::vector<std::pair<std::string, std::string>>& text)
{
    if (image.isEmpty())
        throw Failure(ErrorCode::InvalidInput, "There is no picture to save.");
    std::vector<png_text> chunks = textChunks(text);
    PngState state;
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, &state, onError, onWarning);
    png_infop info = png != nullptr ? png_create_info_struct(png) : nullptr;
    const bool ok = info != nullptr && encode(png, info, state, image, chunks);
    png_destroy_write_struct(&png, &info);
    if (!ok) {
        if (state.outOfMemory)
            throw std::bad_alloc();
        throw Failure(ErrorCode::Internal,
                      std::string("libpng could not encode: ") + state.message.data());
    }
    return std::move(state.output);
}

} // namespace adtailor::imaging
