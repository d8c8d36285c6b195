// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bounded_read.h"
#include "core/failure.h"
#include "core/json.h"
#include "core/strict_json.h"

#include <adtailor/protocol.h>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <string>
#include <string_view>

namespace adtailor::protocol {

namespace {

using nlohmann::json;

constexpr std::string_view magic = "ADT1";
constexpr std::size_t prefixBytes = 12; // magic, header bytes, tail bytes
constexpr int maximumSide = 16'384;

constexpr const char* typeName(const Generate&)
{
    return "generate";
}
constexpr const char* typeName(const ExtractPreferences&)
{
    return "extract-preferences";
}
constexpr const char* typeName(const ReadBackgrounds&)
{
    return "read-backgrounds";
}
constexpr const char* typeName(const MapDifference&)
{
    return "map-difference";
}
constexpr const char* typeName(const Cancel&)
{
    return "cancel";
}
constexpr const char* typeName(const Quit&)
{
    return "quit";
}
constexpr const char* typeName(const Ready&)
{
    return "ready";
}
constexpr const char* typeName(const Progressed&)
{
    return "progressed";
}
constexpr const char* typeName(const Generated&)
{
    return "generated";
}
constexpr const char* typeName(const Extracted&)
{
    return "extracted";
}
constexpr const char* typeName(const BackgroundsRead&)
{
    return "backgrounds-read";
}
constexpr const char* typeName(const DifferenceMapped&)
{
    return "difference-mapped";
}
constexpr const char* typeName(const Failed&)
{
    return "failed";
}

// Pictures lie in the tail one after the other, in the order of the header's text.
class TailWriter
{
public:
    json put(const Image& image)
    {
        json place = { { "width", image.width() },
                       { "height", image.height() },
                       { "channels", image.channels() },
                       { "offset", m_size } };
        m_size += image.byteCount();
        if (m_size > maximumTailBytes)
            throw Failure(ErrorCode::InvalidInput,
                          "The pictures of one message have more than "
                              + std::to_string(maximumTailBytes >> 20U)
                              + " MiB: use smaller or fewer pictures.");
        m_images.push_back(image);
        return place;
    }

    std::size_t size() const { return m_size; }

    void appendTo(std::vector<std::byte>& frame) const
    {
        for (const Image& image : m_images) {
            const auto pixels = std::as_bytes(std::span(image.data(), image.byteCount()));
            frame.insert(frame.end(), pixels.begin(), pixels.end());
        }
    }

private:
    std::vector<Image> m_images; // shared pixels
    std::size_t m_size = 0;
};

// Demands the tail's order exactly, so that no header can name the same pixels twice and make the
// reader take many times the memory of the frame.
class TailReader
{
public:
    explicit TailReader(std::span<const std::byte> tail)
        : m_tail(tail)
    {
    }

    Image get(const json& place, const std::string& path)
    {
        const auto width = number(place, "width", path, maximumSide);
        const auto height = number(place, "height", path, maximumSide);
        const auto channels = number(place, "channels", path, 4);
        if (width == 0 || height == 0 || channels < 3)
            refuse(path, "has an impossible size");
        if (number(place, "offset", path, maximumTailBytes) != m_read)
            refuse(path, "is not where the previous picture ends");
        const std::size_t bytes = width * height * channels; // at most 2^30
        if (bytes > m_tail.size() - m_read)
            refuse(path, "reaches past the end of the frame");
        const auto* first = reinterpret_cast<const std::uint8_t*>(m_tail.data()) + m_read;
        m_read += bytes;
        return { static_cast<int>(width), static_cast<int>(height), static_cast<int>(channels),
                 std::vector<std::uint8_t>(first, first + bytes) };
    }

    void refuseRest() const
    {
        if (m_read != m_tail.size())
            refuse("tail", "holds bytes that no picture uses");
    }

private:
    [[noreturn]] static void refuse(const std::string& path, const std::string& reason)
    {
        throw Failure(ErrorCode::InvalidInput, '"' + path + "\" " + reason + '.');
    }

    static std::size_t number(const json& place, const char* key, const std::string& path,
                              std::size_t maximum)
    {
        const auto found = place.is_object() ? place.find(key) : place.end();
        if (!place.is_object() || found == place.end() || !found->is_number_unsigned()
            || found->get<std::uint64_t>() > maximum)
            refuse(path, std::string("is no picture: ") + key + " is missing or wrong");
        return found->get<std::size_t>();
    }

    std::span<const std::byte> m_tail;
    std::size_t m_read = 0;
};

template<typename Message> std::vector<std::byte> encodeMessage(const Message& message)
{
    TailWriter tail;
    json header = toJson(message, [&](const Image& image) { return tail.put(image); });
    header["type"] = typeName(message);
    // A title cut inside a character must not end the conversation: it gets U+FFFD.
    const std::string text = header.dump(-1, ' ', false, json::error_handler_t::replace);
    if (text.size() > maximumHeaderBytes)
        throw Failure(ErrorCode::InvalidInput,
                      "The texts of one message have more than "
                          + std::to_string(maximumHeaderBytes >> 20U) + " MiB: shorten them.");
    std::vector<std::byte> frame;
    frame.reserve(prefixBytes + text.size() + tail.size());
    const auto append = [&frame](std::string_view part) {
        const auto bytes = std::as_bytes(std::span(part.data(), part.size()));
        frame.insert(frame.end(), bytes.begin(), bytes.end());
    };
    append(magic);
    appendLittleEndian(frame, static_cast<std::uint32_t>(text.size()));
    appendLittleEndian(frame, static_cast<std::uint32_t>(tail.size()));
    append(text);
    tail.appendTo(frame);
    return frame;
}

template<typename Variant> Result<std::vector<std::byte>> encodeVariant(const Variant& message)
{
    return guarded([&] {
        return std::visit([](const auto& alternative) { return encodeMessage(alternative); },
                          message);
    });
}

// The message of that type among the alternatives of Variant.
template<typename Variant, std::size_t Index = 0>
Variant decodeType(const std::string& type, const json& header, const ImageReader& images)
{
    if constexpr (Index == std::variant_size_v<Variant>) {
        throw Failure(ErrorCode::InvalidInput,
                      "A message has the unknown type \"" + type.substr(0, 40)
                          + "\": use the same version on both sides.");
    } else {
        using Message = std::variant_alternative_t<Index, Variant>;
        if (type == typeName(Message{}))
            return fromJson<Message>(header, images);
        return decodeType<Variant, Index + 1>(type, header, images);
    }
}

template<typename Variant>
Variant decodeMessage(std::string_view headerText, std::span<const std::byte> tailBytes)
{
    json header = parseStrictJson(headerText, "A message");
    std::string type;
    if (const auto found = header.is_object() ? header.find("type") : header.end();
        found != header.end() && found->is_string()) {
        type = found->get<std::string>();
        header.erase(found);
    }
    TailReader tail(tailBytes);
    Variant message
        = decodeType<Variant>(type, header, [&](const json& place, const std::string& path) {
              return tail.get(place, path);
          });
    tail.refuseRest();
    return message;
}

} // namespace

Result<std::vector<std::byte>> encode(const Request& request)
{
    return encodeVariant(request);
}
Result<std::vector<std::byte>> encode(const Event& event)
{
    return encodeVariant(event);
}

struct Decoder::Frame // views into m_buffer, valid until the next feed()
{
    std::string_view header;
    std::span<const std::byte> tail;
};

void Decoder::feed(std::span<const std::byte> bytes)
{
    m_buffer.erase(m_buffer.begin(), m_buffer.begin() + static_cast<std::ptrdiff_t>(m_start));
    m_start = 0;
    m_buffer.insert(m_buffer.end(), bytes.begin(), bytes.end());
}

Result<std::optional<Decoder::Frame>> Decoder::nextFrame()
{
    const auto rest = std::span(m_buffer).subspan(m_start);
    const std::string_view text(reinterpret_cast<const char*>(rest.data()), rest.size());
    if (!magic.starts_with(text.substr(0, magic.size())))
        return Error{
            ErrorCode::FileCorrupt,
            "The other side does not speak this protocol: something else writes to the same "
            "stream, or it is another program."
        };
    if (rest.size() < prefixBytes)
        return std::optional<Frame>();
    BoundedReader reader(rest.subspan(magic.size()), "A message");
    const std::size_t headerBytes = reader.u32();
    const std::size_t tailBytes = reader.u32();
    if (headerBytes > maximumHeaderBytes || tailBytes > maximumTailBytes)
        return Error{ ErrorCode::FileCorrupt,
                      "The other side announced a message over the size limit." };
    if (reader.remaining() < headerBytes + tailBytes)
        return std::optional<Frame>();
    const auto header = reader.text(headerBytes);
    m_start += prefixBytes + headerBytes + tailBytes;
    return std::optional(Frame{ header, reader.bytes(tailBytes) });
}

template<typename Variant, typename Frame>
static Result<std::optional<Variant>> decodeFrame(const Result<std::optional<Frame>>& frame)
{
    if (!frame)
        return frame.error();
    if (!*frame)
        return std::optional<Variant>();
    return guarded(
        [&] { return std::optional(decodeMessage<Variant>((*frame)->header, (*frame)->tail)); });
}

Result<std::optional<Request>> Decoder::nextRequest()
{
    return decodeFrame<Request>(nextFrame());
}
Result<std::optional<Event>> Decoder::nextEvent()
{
    return decodeFrame<Event>(nextFrame());
}

} // namespace adtailor::protocol
