// SPDX-License-Identifier: GPL-3.0-or-later
#include "imaging/foreign_formats.h"

#include <array>

namespace adtailor::imaging {

namespace {

using namespace std::string_view_literals;

struct Magic
{
    std::size_t offset;
    std::string_view bytes;
    std::string_view name;
};

// The more exact magic stands first where two share a start.
constexpr std::array magics{
    Magic{ 0, "GIF8"sv, "a GIF" },
    Magic{ 128, "DICM"sv, "a DICOM scan" },
    Magic{ 0, "II*\0"sv, "a TIFF" },
    Magic{ 0, "MM\0*"sv, "a TIFF" },
    Magic{ 0, "II+\0"sv, "a BigTIFF" },
    Magic{ 0, "MM\0+"sv, "a BigTIFF" },
    Magic{ 0, "%PDF"sv, "a PDF" },
    Magic{ 0, "%!PS"sv, "a PostScript file" },
    Magic{ 0, "\xC5\xD0\xD3\xC6"sv, "an EPS file" },
    Magic{ 0, "8BPS"sv, "a Photoshop file" },
    Magic{ 0, "gimp xcf"sv, "a GIMP file" },
    Magic{ 0, "BM"sv, "a BMP" },
    Magic{ 0, "\0\0\1\0"sv, "an ICO icon" },
    Magic{ 0, "\0\0\2\0"sv, "a CUR cursor" },
    Magic{ 0, "icns"sv, "an ICNS icon" },
    Magic{ 4, "ftypavif"sv, "an AVIF" },
    Magic{ 4, "ftypheic"sv, "a HEIC" },
    Magic{ 4, "ftypmif1"sv, "a HEIF" },
    Magic{ 4, "ftyp"sv, "an MP4 video" },
    Magic{ 0, "\0\0\0\x0CjP  "sv, "a JPEG 2000" },
    Magic{ 0, "\xFF\x4F\xFF\x51"sv, "a JPEG 2000 codestream" },
    Magic{ 0, "\xFF\x0A"sv, "a JPEG XL" },
    Magic{ 0, "\0\0\0\x0CJXL "sv, "a JPEG XL" },
    Magic{ 0, "\x8BJNG"sv, "a JNG" },
    Magic{ 0, "\x8AMNG"sv, "an MNG animation" },
    Magic{ 0, "II\xBC"sv, "a JPEG XR" },
    Magic{ 0, "\x76\x2F\x31\x01"sv, "an OpenEXR" },
    Magic{ 0, "#?RADIANCE"sv, "a Radiance HDR" },
    Magic{ 0, "DDS "sv, "a DDS texture" },
    Magic{ 0, "\xABKTX"sv, "a KTX texture" },
    Magic{ 0, "qoif"sv, "a QOI" },
    Magic{ 0, "farbfeld"sv, "a farbfeld" },
    Magic{ 0, "FLIF"sv, "a FLIF" },
    Magic{ 0, "BPG\xFB"sv, "a BPG" },
    Magic{ 0, "SIMPLE  ="sv, "a FITS" },
    Magic{ 0, "P1"sv, "a PBM" },
    Magic{ 0, "P2"sv, "a PGM" },
    Magic{ 0, "P3"sv, "a PPM" },
    Magic{ 0, "P4"sv, "a PBM" },
    Magic{ 0, "P5"sv, "a PGM" },
    Magic{ 0, "P6"sv, "a PPM" },
    Magic{ 0, "P7"sv, "a PAM" },
    Magic{ 0, "\x0A\x05\x01"sv, "a PCX" },
    Magic{ 0, "\x59\xA6\x6A\x95"sv, "a Sun raster" },
    Magic{ 0, "\x01\xDA"sv, "an SGI picture" },
    Magic{ 0, "GRIB"sv, "a GRIB file" },
    Magic{ 0, "\x89HDF"sv, "an HDF5 file" },
    Magic{ 8, "AVI "sv, "an AVI video" },
    Magic{ 8, "WAVE"sv, "a WAV sound" },
    Magic{ 0, "\x1A\x45\xDF\xA3"sv, "a WebM or Matroska video" },
    Magic{ 0, "OggS"sv, "an Ogg file" },
    Magic{ 0, "FLV"sv, "a Flash video" },
    Magic{ 0, "PK\3\4"sv, "a ZIP archive" },
    Magic{ 0, "\x1F\x8B"sv, "a gzip archive" },
    Magic{ 0, "BZh"sv, "a bzip2 archive" },
    Magic{ 0,
           "\xFD"
           "7zXZ"sv,
           "an xz archive" },
    Magic{ 0, "7z\xBC\xAF"sv, "a 7-Zip archive" },
    Magic{ 0, "Rar!"sv, "a RAR archive" },
    Magic{ 0, "\x28\xB5\x2F\xFD"sv, "a Zstandard archive" },
    Magic{ 0,
           "\x7F"
           "ELF"sv,
           "a program" },
    Magic{ 0, "MZ"sv, "a program" },
    Magic{ 0, "#!"sv, "a script" },
    Magic{ 0, "version https://git-lfs"sv, "a Git-LFS pointer" },
    Magic{ 0, "{\\rtf"sv, "an RTF document" },
    Magic{ 0, "SQLite format 3"sv, "an SQLite database" },
    Magic{ 0, "RIFF"sv, "a RIFF file" },
};

// SVG and HTML have no fixed first byte: look at the first tag, and for <svg behind an XML prolog.
std::string_view markup(const ByteView& bytes)
{
    const std::span<const std::byte> head = bytes.sub(0, 1024);
    std::string text;
    for (const std::byte byte : head) {
        const char c = static_cast<char>(byte);
        text += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    const std::size_t start = text.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
    if (start == std::string::npos || text[start] != '<')
        return {};
    if (text.find("<svg") != std::string::npos)
        return "an SVG drawing";
    if (text.find("<html") != std::string::npos || text.find("<!doctype html") != std::string::npos)
        return "a web page";
    return "an XML file";
}

} // namespace

std::string foreignFormat(const ByteView& bytes)
{
    for (const Magic& magic : magics) {
        if (bytes.matches(magic.offset, magic.bytes))
            return std::string(magic.name);
    }
    const std::string_view tagged = markup(bytes);
    return tagged.empty() ? "an unknown kind of file" : std::string(tagged);
}

} // namespace adtailor::imaging
