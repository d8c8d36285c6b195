// SPDX-License-Identifier: GPL-3.0-or-later
#include "dataset/picture_check.h"

#include "core/failure.h"
#include "core/input_file.h"
#include "core/sha256.h"
#include "dataset/content_hash.h"

#include <adtailor/imaging.h>

namespace adtailor {

PictureCheck::PictureCheck(const std::filesystem::path& root)
    : m_guard(root, true)
{
}

PictureState PictureCheck::look(const std::filesystem::path& path, bool asCutout)
{
    const std::uint64_t key = ContentHash().add(path.native()).add(asCutout ? "c" : "p").value();
    if (const auto seen = m_seen.find(key); seen != m_seen.end())
        return seen->second;
    const PictureState state = lookAt(path, asCutout);
    m_seen.emplace(key, state);
    return state;
}

PictureState PictureCheck::lookAt(const std::filesystem::path& path, bool asCutout)
{
    if (!guarded([&] { m_guard.check(path, path.filename().string()); }))
        return { .fault = PictureState::Missing };
    const auto bytes = guarded([&] { return readFile(path, imaging::maximumFileBytes); });
    if (!bytes)
        return { .fault = PictureState::Unreadable };
    PictureState state;
    const std::uint64_t name = ContentHash().add(path.native()).value();
    const std::uint64_t content = ContentHash().add(std::span(*bytes)).value();
    state.isCopy = m_contents.try_emplace(content, name).first->second != name;
    const auto image = imaging::decode(*bytes, path.filename().string());
    if (!image)
        return { .fault = PictureState::Unreadable };
    if (!asCutout)
        return state;
    const auto cutout = imaging::extractCutout(*image);
    if (!cutout)
        return { .fault = PictureState::Unreadable };
    state.isOpaque = cutout->wasOpaque;
    state.hasWhiteBackground = cutout->mattedFromBackground;
    state.touchesEdge = cutout->touchesEdge;
    return state;
}

} // namespace adtailor
