// ContentHash: 64 bits that stand for what was added, in this order and with these borders.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sha256.h"

#include <cstdint>
#include <span>
#include <string_view>

namespace adtailor {

class ContentHash
{
public:
    ContentHash& add(std::span<const std::byte> bytes)
    {
        const std::uint64_t size = bytes.size();
        m_hash.update(std::as_bytes(std::span(&size, 1)));
        m_hash.update(bytes);
        return *this;
    }
    ContentHash& add(std::string_view text) { return add(std::as_bytes(std::span(text))); }

    std::uint64_t value() { return std::stoull(m_hash.hex().substr(0, 16), nullptr, 16); } // once

private:
    Sha256 m_hash;
};

} // namespace adtailor
