// An ad as a file for a channel: laid out anew, within the byte limit, labelled as made by a
// machine, with a record from which it can be made again.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/ad_files.h>
#include <adtailor/channels.h>
#include <adtailor/generation.h>
#include <adtailor/image.h>
#include <adtailor/model.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace adtailor {

// Where the square picture, scaled to `side`, lies in a frame; it may leave the frame anywhere.
struct FramePlan
{
    int width = 0, height = 0; // of the frame, pixels
    int side = 0; // of the square picture, pixels
    int left = 0, top = 0; // of the square picture in the frame
};

// product: its box in the square picture, shares {x, y, width, height}. The whole product stays
// in the frame; what the picture does not reach is later filled from its edge. textRoom: the
// product takes less of the frame, and the picture goes to the right of wide frames and to the
// bottom of others, so that words have room.
FramePlan planFrame(const std::array<double, 4>& product, int width, int height, bool textRoom);
// The box of the product in a placed cutout, for planFrame; the whole square when there is none.
std::array<double, 4> productBox(const Image& placed);

// RGB of the frame's size. An empty background is plain white. Where the placed product, scaled to
// plan.side (imaging::resize), is opaque, the result is bit-identical to it.
Image reframe(const Image& background, const Image& placed, const FramePlan& plan);

// What a file says about its own making. Pictures and clicks are named by digests only; that of the
// history has a salt of its own for each file, so that two files cannot be compared.
struct Provenance
{
    // Makes the ad again as the last of its batch; no pictures, no history. What is kept of a
    // history depends on the first seed of a batch, so that is kept too.
    GenerationRequest request;
    std::uint64_t seed = 0; // of this ad
    std::string title;
    std::string modelName, modelHash;
    std::string tokens; // tokenDigest of the ad
    std::string cutout; // cutoutDigest; empty: no product
    int historyItems = 0;
    std::string salt, history; // historyDigest; empty without history
    std::string channel; // id; empty: none
};

std::string tokenDigest(const Ad& ad); // SHA-256, hex, of text and image tokens
std::string cutoutDigest(const Image& cutout);
std::string historyDigest(const std::vector<HistoryItem>& history, const std::string& salt);
Provenance makeProvenance(const GenerationRequest& request, const Ad& ad, const ModelInfo& model,
                          const std::string& channel = {});
// FileCorrupt when the file is no PNG, JPEG or WebP or has no record.
Result<Provenance> readProvenance(const std::filesystem::path& picture);
// The request of a record with the pictures of another that has them. InvalidInput unless cutout
// and history are those of the record.
Result<GenerationRequest> restoredRequest(const Provenance& record,
                                          const GenerationRequest& pictures);

struct EncodedPicture
{
    std::vector<std::byte> bytes;
    FileKind kind = FileKind::Png;
    int quality = 100; // of JPEG and WebP
};

// The first of the channel's kinds that keeps its limits, in the best quality that does, with XMP
// (DigitalSourceType: composite when the record has a cutout) and the record. InvalidInput when
// the picture has another size than the channel or no kind keeps the limits.
Result<EncodedPicture> encodeForChannel(const Image& picture, const Channel& channel,
                                        const Provenance& record);
const char* fileEnding(FileKind kind); // ".png"

// {product} {channel} {width} {height} {seed} {title}; everything but letters, digits, - and _ of
// their values becomes -; without ending. InvalidInput for another word in braces, or a path.
Result<std::string> exportName(const std::string& pattern, const Provenance& record,
                               const Channel& channel);
inline constexpr const char* defaultExportName = "{product}_{channel}_{width}x{height}_{seed}";

// A stored (uncompressed) archive, names in UTF-8.
struct NamedBytes
{
    std::string name;
    std::vector<std::byte> bytes;
};
Result<void> saveZip(const std::filesystem::path& file, const std::vector<NamedBytes>& entries);
// Never over a file with other bytes: InvalidInput. Over the same bytes nothing is done.
Result<void> saveExport(const std::filesystem::path& file, const std::vector<std::byte>& bytes);

} // namespace adtailor
