// PictureCheck: looks at each picture of a data set once and remembers what it saw.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dataset/path_guard.h"

#include <unordered_map>

namespace adtailor {

struct PictureState
{
    enum Fault : std::uint8_t { None, Missing, Unreadable };
    Fault fault = None;
    bool isOpaque = false; // no transparent pixel
    bool hasWhiteBackground = false; // opaque, and the background can be taken off
    bool touchesEdge = false;
    bool isCopy = false; // another path before held the same bytes
};

class PictureCheck
{
public:
    explicit PictureCheck(const std::filesystem::path& root);

    // path: beneath the root. asCutout: also looks where the product is.
    PictureState look(const std::filesystem::path& path, bool asCutout);

private:
    PictureState lookAt(const std::filesystem::path& path, bool asCutout);

    PathGuard m_guard;
    // By hashes of 64 bits: two of a million pictures meet by chance once in 37 million data sets.
    std::unordered_map<std::uint64_t, PictureState> m_seen; // by path and use
    std::unordered_map<std::uint64_t, std::uint64_t> m_contents; // content -> path
};

} // namespace adtailor
