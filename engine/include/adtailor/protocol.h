// The frames between a client and `adtailor serve`: typed messages, versions and limits.
// A frame is "ADT1", u32 header bytes, u32 tail bytes (little-endian), a JSON header, a binary
// tail that carries pixels. The same frames serve a child process and ssh.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/background_similarity.h>
#include <adtailor/engine.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace adtailor::protocol {

inline constexpr int version = 2;
inline constexpr std::size_t maximumHeaderBytes = 8U << 20U;
inline constexpr std::size_t maximumTailBytes = 64U << 20U;

// Client to engine.
struct Generate
{
    std::uint64_t job = 0;
    GenerationRequest request;
};
struct ExtractPreferences
{
    std::uint64_t job = 0;
    Brief brief;
    PreferenceOptions options;
    std::uint64_t seed = 0;
};
struct ReadBackgrounds // one PBS feature for each picture
{
    std::uint64_t job = 0;
    std::vector<Image> pictures;
};
struct MapDifference
{
    std::uint64_t job = 0;
    Image left, right;
};
struct Cancel
{
    std::uint64_t job = 0;
};
struct Quit
{
};
using Request
    = std::variant<Generate, ExtractPreferences, ReadBackgrounds, MapDifference, Cancel, Quit>;

// Engine to client.
struct Ready // sent once, when the model is loaded
{
    int protocolVersion = version;
    ModelInfo model;
};
struct Progressed
{
    std::uint64_t job = 0; // 0 = loading
    Progress progress;
};
struct Generated
{
    std::uint64_t job = 0;
    std::vector<Ad> ads;
};
struct Extracted
{
    std::uint64_t job = 0;
    PreferenceProfile profile;
};
struct BackgroundsRead
{
    std::uint64_t job = 0;
    std::vector<BackgroundFeature> features; // in the order of the pictures
    std::string modelHash; // features of other weights are of another space
};
struct DifferenceMapped
{
    std::uint64_t job = 0;
    DifferenceMap map;
};
struct Failed
{
    std::uint64_t job = 0; // 0 = loading, or a frame that could not be read
    Error error;
};
using Event = std::variant<Ready, Progressed, Generated, Extracted, BackgroundsRead,
                           DifferenceMapped, Failed>;

// InvalidInput when the message would break a limit above.
Result<std::vector<std::byte>> encode(const Request& request);
Result<std::vector<std::byte>> encode(const Event& event);

// Collects bytes as they arrive and hands out whole messages.
class Decoder
{
public:
    void feed(std::span<const std::byte> bytes);
    // nullopt: more bytes are needed. FileCorrupt: the stream is lost and must be closed.
    Result<std::optional<Request>> nextRequest();
    Result<std::optional<Event>> nextEvent();

private:
    struct Frame;
    Result<std::optional<Frame>> nextFrame();

    std::vector<std::byte> m_buffer;
    std::size_t m_start = 0;
};

} // namespace adtailor::protocol
