// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/atomic_file.h"
#include "core/failure.h"
#include "core/input_file.h"
#include "imaging/codecs.h"

#include <adtailor/imaging.h>

#include <algorithm>

namespace adtailor::imaging {

namespace {

Image decodeProbed(std::span<const std::byte> bytes, const std::string& name)
{
    const ImageHeader header = probe(bytes, name);
    switch (header.format) {
    case Format::Png:
        return decodePng(bytes, header, name);
    case Format::Jpeg:
        return decodeJpeg(bytes, header, name);
    case Format::WebP:
        return decodeWebP(bytes, header, name);
    }
    throw Failure(ErrorCode::Internal, "Unknown picture format.");
}

// The head alone decides first, so that a bomb or a stray video is never read whole.
Image loadFile(const std::filesystem::path& path)
{
    const InputFile file(path);
    const std::string name = path.filename().string();
    std::vector<std::byte> bytes(std::min<std::uint64_t>(file.size(), probeBytes));
    file.readAt(0, bytes);
    probePrefix(bytes, name);
    if (file.size() > maximumFileBytes)
        throw Failure(ErrorCode::InvalidInput,
                      name + " is larger than " + std::to_string(maximumFileBytes >> 20U)
                          + " MiB. Save it smaller first.");
    const std::size_t head = bytes.size();
    bytes.resize(file.size());
    file.readAt(head, std::span(bytes).subspan(head));
    return decodeProbed(bytes, name);
}

} // namespace

Result<Image> load(const std::filesystem::path& path)
{
    return guarded([&] { return loadFile(path); });
}

Result<Image> decode(std::span<const std::byte> bytes, const std::string& name)
{
    return guarded([&] { return decodeProbed(bytes, name); });
}

Result<void> savePng(const Image& image, const std::filesystem::path& path,
                     const std::vector<std::pair<std::string, std::string>>& text)
{
    return guarded([&] { writeFileAtomically(path, writePng(image, text)); });
}

Result<std::vector<std::byte>> encodePng(const Image& image)
{
    return guarded([&] { return writePng(image, {}); });
}

} // namespace adtailor::imaging
