// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/atomic_file.h"
#include "core/failure.h"
#include "core/input_file.h"
#include "imaging/codecs.h"
#include "imaging/provenance.h"
#include "imaging/xmp.h"

#include <adtailor/imaging.h>
#include <adtailor/jpeg.h>

#include <algorithm>
#include <functional>
#include <optional>

namespace adtailor {

namespace {

constexpr int lowestQuality = 40; // below it blocks show
constexpr int usualQuality = 92;
constexpr std::size_t longestExportName = 180; // bytes, so that every file system takes it

std::vector<std::byte> encoded(const Image& picture, FileKind kind, int quality)
{
    switch (kind) {
    case FileKind::Png:
        return imaging::writePng(picture, {});
    case FileKind::Jpeg:
        return valueOrThrow(imaging::encodeJpeg(picture, quality));
    case FileKind::WebP:
        return imaging::writeWebP(picture, quality);
    }
    throw Failure(ErrorCode::Internal, "Unknown kind of file.");
}

// Searches the best quality of one kind whose labelled file keeps the channel's limits.
class LimitSearch
{
public:
    LimitSearch(const Image& picture, const Channel& channel, FileKind kind,
                const std::string& packet)
        : m_picture(picture)
        , m_channel(channel)
        , m_kind(kind)
        , m_packet(packet)
    {
    }

    std::optional<EncodedPicture> find()
    {
        if (m_kind == FileKind::Png)
            return accept(attempt(100));
        EncodedPicture usual = attempt(usualQuality);
        if (usual.bytes.size() < m_channel.minimumBytes)
            return accept(attempt(100));
        if (usual.bytes.size() <= m_channel.maximumBytes)
            return usual;
        return bisect();
    }
    std::size_t smallest() const { return m_smallest; }

private:
    EncodedPicture attempt(int quality)
    {
        EncodedPicture made{ .bytes
                             = imaging::withXmp(encoded(m_picture, m_kind, quality), m_kind,
                                                m_packet, m_picture.width(), m_picture.height()),
                             .kind = m_kind,
                             .quality = quality };
        m_smallest = std::min(m_smallest, made.bytes.size());
        return made;
    }

    std::optional<EncodedPicture> accept(EncodedPicture made) const
    {
        if (made.bytes.size() < m_channel.minimumBytes
            || made.bytes.size() > m_channel.maximumBytes)
            return std::nullopt;
        return made;
    }

    std::optional<EncodedPicture> bisect()
    {
        std::optional<EncodedPicture> best;
        int low = lowestQuality, high = usualQuality - 1;
        while (low <= high) {
            const int quality = (low + high) / 2;
            EncodedPicture made = attempt(quality);
            if (made.bytes.size() > m_channel.maximumBytes) {
                high = quality - 1;
            } else {
                low = quality + 1;
                best = std::move(made);
            }
        }
        return best;
    }

    const Image& m_picture;
    const Channel& m_channel;
    FileKind m_kind;
    const std::string& m_packet;
    std::size_t m_smallest = SIZE_MAX;
};

std::string kibibytes(std::size_t bytes)
{
    return std::to_string((bytes + 1023) / 1024) + " KB";
}

EncodedPicture encodeWithin(const Image& picture, const Channel& channel, const Provenance& record)
{
    if (picture.width() != channel.width || picture.height() != channel.height)
        throw Failure(ErrorCode::InvalidInput,
                      "The picture for " + channel.name + " must have "
                          + std::to_string(channel.width) + " x " + std::to_string(channel.height)
                          + " pixels.");
    const Image opaque = picture.hasAlpha() ? imaging::onWhite(picture) : picture;
    const std::string packet
        = imaging::xmpPacket(record.title, provenanceJson(record), !record.cutout.empty());
    std::size_t smallest = SIZE_MAX;
    for (const FileKind kind : channel.kinds) {
        LimitSearch search(opaque, channel, kind, packet);
        if (auto made = search.find())
            return *std::move(made);
        smallest = std::min(smallest, search.smallest());
    }
    const bool tooSmall = smallest < channel.minimumBytes;
    throw Failure(ErrorCode::InvalidInput,
                  "The picture for " + channel.name + " comes to " + kibibytes(smallest)
                      + " at the least, and the channel takes files from "
                      + kibibytes(channel.minimumBytes) + " to " + kibibytes(channel.maximumBytes)
                      + (tooSmall ? ". Use a background with more detail."
                                  : ". Allow JPEG for it, or use a quieter background."));
}

std::string plainWord(const std::string& text, std::size_t longest)
{
    std::string word;
    for (const char letter : text) {
        const auto byte = static_cast<unsigned char>(letter);
        const bool kept = byte >= 0x80 || std::isalnum(byte) != 0 || letter == '_';
        if (kept)
            word += letter;
        else if (!word.empty() && word.back() != '-')
            word += '-';
    }
    while (word.size() > longest) { // whole characters of UTF-8
        while (!word.empty() && (static_cast<unsigned char>(word.back()) & 0xC0U) == 0x80U)
            word.pop_back();
        if (!word.empty())
            word.pop_back();
    }
    while (!word.empty() && word.back() == '-')
        word.pop_back();
    return word;
}

std::string valueOf(const std::string& key, const Provenance& record, const Channel& channel)
{
    constexpr std::size_t longestValue = 48;
    if (key == "product")
        return plainWord(record.request.brief.product.title, longestValue);
    if (key == "title")
        return plainWord(record.title, longestValue);
    if (key == "channel")
        return channel.id;
    if (key == "width")
        return std::to_string(channel.width);
    if (key == "height")
        return std::to_string(channel.height);
    if (key == "seed")
        return std::to_string(record.seed);
    throw Failure(ErrorCode::InvalidInput,
                  "The name has {" + key.substr(0, 40)
                      + "}; it may have {product}, {channel}, {width}, {height}, {seed} and "
                        "{title}.");
}

std::string nameOf(const std::string& pattern, const Provenance& record, const Channel& channel)
{
    std::string name;
    for (std::size_t at = 0; at < pattern.size(); ++at) {
        const std::size_t end = pattern[at] == '{' ? pattern.find('}', at) : std::string::npos;
        if (end == std::string::npos) {
            name += pattern[at];
            continue;
        }
        name += valueOf(pattern.substr(at + 1, end - at - 1), record, channel);
        at = end;
    }
    const bool plain = std::ranges::none_of(name, [](char letter) {
        return letter == '/' || letter == '\\' || static_cast<unsigned char>(letter) < 0x20;
    });
    if (name.empty() || !plain || name.front() == '.' || name.size() > longestExportName)
        throw Failure(ErrorCode::InvalidInput,
                      "\"" + pattern.substr(0, 80)
                          + "\" does not give a file's name of 1 to 180 bytes without / and a "
                            "leading dot; change the pattern.");
    return name;
}

void saveOnce(const std::filesystem::path& file, const std::vector<std::byte>& bytes)
{
    std::error_code error;
    if (std::filesystem::exists(file, error)) {
        const bool same = std::filesystem::file_size(file, error) == bytes.size()
            && readFile(file, bytes.size()) == bytes;
        if (!same)
            throw Failure(ErrorCode::InvalidInput,
                          file.string()
                              + " is there with other content and is not replaced; choose "
                                "another folder or name.");
        return;
    }
    writeFileAtomically(file, bytes);
}

} // namespace

Result<EncodedPicture> encodeForChannel(const Image& picture, const Channel& channel,
                                        const Provenance& record)
{
    return guarded([&] { return encodeWithin(picture, channel, record); });
}

const char* fileEnding(FileKind kind)
{
    return kind == FileKind::Png ? ".png" : kind == FileKind::Jpeg ? ".jpg" : ".webp";
}

Result<std::string> exportName(const std::string& pattern, const Provenance& record,
                               const Channel& channel)
{
    return guarded([&] { return nameOf(pattern, record, channel); });
}

Result<void> saveExport(const std::filesystem::path& file, const std::vector<std::byte>& bytes)
{
    return guarded([&] { saveOnce(file, bytes); });
}

} // namespace adtailor
