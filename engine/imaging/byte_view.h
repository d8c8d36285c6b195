// ByteView: bounds-safe integer and magic reads from a picture file's bytes.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>

namespace adtailor::imaging {

// Reads beyond the end answer 0: a probe compares, and never trusts, what it reads.
class ByteView
{
public:
    explicit ByteView(std::span<const std::byte> bytes)
        : m_bytes(bytes)
    {
    }

    std::size_t size() const { return m_bytes.size(); }
    int at(std::size_t i) const
    {
        return i < m_bytes.size() ? std::to_integer<int>(m_bytes[i]) : 0;
    }
    std::uint32_t big16(std::size_t i) const { return at(i) << 8 | at(i + 1); }
    std::uint32_t big32(std::size_t i) const { return big16(i) << 16 | big16(i + 2); }
    std::uint32_t little16(std::size_t i) const { return at(i) | at(i + 1) << 8; }
    std::uint32_t little24(std::size_t i) const
    {
        return little16(i) | std::uint32_t(at(i + 2)) << 16;
    }
    std::uint32_t little32(std::size_t i) const { return little16(i) | little16(i + 2) << 16; }

    bool matches(std::size_t i, std::string_view magic) const
    {
        return i <= size() && size() - i >= magic.size()
            && std::memcmp(m_bytes.data() + i, magic.data(), magic.size()) == 0;
    }

    // Clipped to the bytes that exist.
    std::span<const std::byte> sub(std::size_t offset, std::size_t count) const
    {
        if (offset >= size())
            return {};
        return m_bytes.subspan(offset, std::min(count, size() - offset));
    }

private:
    std::span<const std::byte> m_bytes;
};

} // namespace adtailor::imaging
