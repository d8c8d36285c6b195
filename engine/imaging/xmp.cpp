// SPDX-License-Identifier: GPL-3.0-or-later
#include "imaging/xmp.h"

#include "core/bounded_read.h"
#include "core/failure.h"
#include "imaging/byte_view.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>
#include <zlib.h>

namespace adtailor::imaging {

namespace {

constexpr std::string_view pngMagic = "\x89PNG\r\n\x1a\n";
constexpr std::string_view pngKeyword = "XML:com.adobe.xmp";
constexpr std::string_view jpegNamespace{ "http://ns.adobe.com/xap/1.0/\0", 29 };
constexpr std::string_view recordOpen = "<adtailor:record>";
constexpr std::string_view recordClose = "</adtailor:record>";
constexpr int mostChunks = 4096;
constexpr std::size_t pngFirstChunk = 8, pngHeaderEnd = 33; // IHDR has 13 bytes

constexpr std::array<std::pair<std::string_view, char>, 5> entities{
    { { "&amp;", '&' }, { "&lt;", '<' }, { "&gt;", '>' }, { "&quot;", '"' }, { "&apos;", '\'' } }
};

std::string escaped(std::string_view text)
{
    std::string result;
    for (const char letter : text) {
        const auto* entity
            = std::ranges::find(entities, letter, &std::pair<std::string_view, char>::second);
        if (entity != entities.end())
            result += entity->first;
        else if (static_cast<unsigned char>(letter) >= 0x20 || letter == '\n' || letter == '\t')
            result += letter; // XML 1.0 has no other control characters
    }
    return result;
}

std::string unescaped(std::string_view text)
{
    std::string result;
    while (!text.empty()) {
        const auto* entity = std::ranges::find_if(
            entities, [&](const auto& known) { return text.starts_with(known.first); });
        result += entity != entities.end() ? entity->second : text.front();
        text.remove_prefix(entity != entities.end() ? entity->first.size() : 1);
    }
    return result;
}

void appendBig32(std::string& out, std::uint32_t value)
{
    for (int shift = 24; shift >= 0; shift -= 8)
        out += static_cast<char>(value >> static_cast<unsigned>(shift) & 0xFFU);
}

void appendPngXmp(std::string& out, const std::string& packet)
{
    // end of keyword, not compressed, method 0, no language, no translated keyword
    const std::string body
        = "iTXt" + std::string(pngKeyword) + std::string("\0\0\0\0\0", 5) + packet;
    appendBig32(out, static_cast<std::uint32_t>(body.size() - 4));
    out += body;
    const auto* data = reinterpret_cast<const Bytef*>(body.data());
    appendBig32(out, static_cast<std::uint32_t>(crc32(0, data, static_cast<uInt>(body.size()))));
}

void appendJpegXmp(std::string& out, const std::string& packet)
{
    const std::size_t size = 2 + jpegNamespace.size() + packet.size();
    out += "\xFF\xE1";
    out += static_cast<char>(size >> 8U);
    out += static_cast<char>(size & 0xFFU);
    out += jpegNamespace;
    out += packet;
}

void appendRiffChunk(std::string& out, std::string_view name, std::string_view body)
{
    out += name;
    appendLittleEndian(out, static_cast<std::uint32_t>(body.size()));
    out += body;
    if (body.size() % 2 != 0)
        out += '\0';
}

// A simple file (RIFF, WEBP, one chunk of pixels) becomes an extended one. pixels: that chunk.
std::string webPWithXmp(std::string_view pixels, const std::string& packet, int width, int height)
{
    std::string header;
    appendLittleEndian(header, std::uint32_t(0x04)); // holds XMP
    for (const int side : { width, height })
        for (unsigned shift = 0; shift < 24; shift += 8)
            header += static_cast<char>(static_cast<unsigned>(side - 1) >> shift & 0xFFU);
    std::string body = "WEBP";
    appendRiffChunk(body, "VP8X", header);
    body += pixels;
    appendRiffChunk(body, "XMP ", packet);
    std::string out;
    appendRiffChunk(out, "RIFF", body);
    return out;
}

std::string_view textOf(std::span<const std::byte> bytes)
{
    return { reinterpret_cast<const char*>(bytes.data()), bytes.size() };
}

std::vector<std::byte> bytesOfText(std::string_view text)
{
    const auto* first = reinterpret_cast<const std::byte*>(text.data());
    return { first, first + text.size() };
}

std::string pngXmp(const ByteView& bytes)
{
    std::size_t at = pngFirstChunk;
    for (int i = 0; i < mostChunks && at + 12 <= bytes.size(); ++i) {
        const std::size_t size = bytes.big32(at);
        if (size > bytes.size())
            return {};
        const std::size_t head = pngKeyword.size() + 5;
        if (bytes.matches(at + 4, "iTXt") && bytes.matches(at + 8, pngKeyword) && size > head
            && bytes.at(at + 8 + pngKeyword.size()) == 0
            && bytes.at(at + 9 + pngKeyword.size()) == 0)
            return std::string(textOf(bytes.sub(at + 8 + head, size - head)));
        at += 12 + size;
    }
    return {};
}

std::string jpegXmp(const ByteView& bytes)
{
    std::size_t at = 2;
    for (int i = 0; i < mostChunks && at + 4 <= bytes.size() && bytes.at(at) == 0xFF; ++i) {
        const int marker = bytes.at(at + 1);
        const std::size_t size = bytes.big16(at + 2);
        if (marker == 0xDA || size < 2) // pixels begin
            return {};
        if (marker == 0xE1 && size > 2 + jpegNamespace.size()
            && bytes.matches(at + 4, jpegNamespace))
            return std::string(
                textOf(bytes.sub(at + 4 + jpegNamespace.size(), size - 2 - jpegNamespace.size())));
        at += 2 + size;
    }
    return {};
}

std::string webPXmp(const ByteView& bytes)
{
    std::size_t at = 12;
    for (int i = 0; i < mostChunks && at + 8 <= bytes.size(); ++i) {
        const std::size_t size = bytes.little32(at + 4);
        if (bytes.matches(at, "XMP "))
            return std::string(textOf(bytes.sub(at + 8, size)));
        at += 8 + size + (size & 1U);
    }
    return {};
}

} // namespace

std::string xmpPacket(std::string_view title, std::string_view record, bool composite)
{
    const std::string source = std::string("http://cv.iptc.org/newscodes/digitalsourcetype/")
        + (composite ? "compositeWithTrainedAlgorithmicMedia" : "trainedAlgorithmicMedia");
    return "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
           "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
           "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
           "<rdf:Description rdf:about=\"\"\n"
           " xmlns:dc=\"http://purl.org/dc/elements/1.1/\"\n"
           " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"\n"
           " xmlns:Iptc4xmpExt=\"http://iptc.org/std/Iptc4xmpExt/2008-02-29/\"\n"
           " xmlns:adtailor=\"urn:adtailor:record:1\">\n"
           "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">"
        + escaped(title)
        + "</rdf:li></rdf:Alt></dc:title>\n"
          "<xmp:CreatorTool>AdTailor</xmp:CreatorTool>\n"
          "<Iptc4xmpExt:DigitalSourceType>"
        + source + "</Iptc4xmpExt:DigitalSourceType>\n" + std::string(recordOpen) + escaped(record)
        + std::string(recordClose)
        + "\n</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>";
}

std::string recordInXmp(std::string_view packet)
{
    const std::size_t begin = packet.find(recordOpen);
    if (begin == std::string_view::npos)
        return {};
    packet.remove_prefix(begin + recordOpen.size());
    const std::size_t end = packet.find(recordClose);
    return end == std::string_view::npos ? std::string() : unescaped(packet.substr(0, end));
}

std::vector<std::byte> withXmp(std::span<const std::byte> file, FileKind kind,
                               const std::string& packet, int width, int height)
{
    const ByteView bytes(file);
    if (packet.size() > longestXmp)
        throw Failure(ErrorCode::InvalidInput,
                      "The record of the ad is too long for a picture file; shorten the "
                      "description and the selling points.");
    const bool sound = kind == FileKind::Png
        ? bytes.matches(0, pngMagic) && file.size() > pngHeaderEnd
        : kind == FileKind::Jpeg ? bytes.matches(0, "\xFF\xD8")
                                 : bytes.matches(0, "RIFF") && bytes.matches(8, "WEBP");
    if (!sound)
        throw Failure(ErrorCode::FileCorrupt, "The picture to be labelled is of another kind.");
    const std::size_t head = kind == FileKind::Png ? pngHeaderEnd : kind == FileKind::Jpeg ? 2 : 12;
    const std::string_view rest = textOf(file.subspan(head));
    if (kind == FileKind::WebP)
        return bytesOfText(webPWithXmp(rest, packet, width, height));
    std::string out(textOf(file.first(head)));
    if (kind == FileKind::Png)
        appendPngXmp(out, packet);
    else
        appendJpegXmp(out, packet);
    out += rest;
    return bytesOfText(out);
}

std::string xmpOf(std::span<const std::byte> file)
{
    const ByteView bytes(file);
    if (bytes.matches(0, pngMagic))
        return pngXmp(bytes);
    if (bytes.matches(0, "\xFF\xD8"))
        return jpegXmp(bytes);
    if (bytes.matches(0, "RIFF") && bytes.matches(8, "WEBP"))
        return webPXmp(bytes);
    return {};
}

} // namespace adtailor::imaging
