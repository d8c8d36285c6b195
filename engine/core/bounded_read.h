// Checked little-endian reads and integer arithmetic for bytes that nobody vouches for.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace adtailor {

// nullopt instead of a wrapped value.
std::optional<std::uint64_t> checkedAdd(std::uint64_t left, std::uint64_t right);
std::optional<std::uint64_t> checkedMultiply(std::uint64_t left, std::uint64_t right);

// Walks over a block of memory; every read past its end throws Failure(FileCorrupt).
class BoundedReader
{
public:
    // what: named in the sentence, for example "frame" or a file's path.
    BoundedReader(std::span<const std::byte> bytes, std::string what);

    std::uint8_t u8();
    std::uint16_t u16();
    std::uint32_t u32();
    std::uint64_t u64();
    std::span<const std::byte> bytes(std::size_t count);
    std::string_view text(std::size_t count);

    std::size_t position() const { return m_position; }
    std::size_t remaining() const { return m_bytes.size() - m_position; }

private:
    template<typename Integer> Integer integer();

    std::span<const std::byte> m_bytes;
    std::size_t m_position = 0;
    std::string m_what;
};

// The same width, written: appends `value` to `out` in little-endian order.
template<typename Integer, typename Bytes> void appendLittleEndian(Bytes& out, Integer value)
{
    for (std::size_t i = 0; i < sizeof(Integer); ++i)
        out.push_back(static_cast<typename Bytes::value_type>((value >> (8 * i)) & 0xFFU));
}

} // namespace adtailor
