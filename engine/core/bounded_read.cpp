// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bounded_read.h"

#include "core/failure.h"

#include <limits>
#include <utility>

namespace adtailor {

std::optional<std::uint64_t> checkedAdd(std::uint64_t left, std::uint64_t right)
{
    if (left > std::numeric_limits<std::uint64_t>::max() - right)
        return std::nullopt;
    return left + right;
}

std::optional<std::uint64_t> checkedMultiply(std::uint64_t left, std::uint64_t right)
{
    if (right != 0 && left > std::numeric_limits<std::uint64_t>::max() / right)
        return std::nullopt;
    return left * right;
}

BoundedReader::BoundedReader(std::span<const std::byte> bytes, std::string what)
    : m_bytes(bytes)
    , m_what(std::move(what))
{
}

std::span<const std::byte> BoundedReader::bytes(std::size_t count)
{
    if (count > remaining())
        throw Failure(ErrorCode::FileCorrupt,
                      m_what + " ends too early: " + std::to_string(count) + " bytes wanted at "
                          + std::to_string(m_position) + ", " + std::to_string(remaining())
                          + " are left.");
    const auto part = m_bytes.subspan(m_position, count);
    m_position += count;
    return part;
}

std::string_view BoundedReader::text(std::size_t count)
{
    const auto part = bytes(count);
    return { reinterpret_cast<const char*>(part.data()), part.size() };
}

template<typename Integer> Integer BoundedReader::integer()
{
    std::uint64_t value = 0;
    int shift = 0;
    for (const std::byte byte : bytes(sizeof(Integer))) {
        value |= std::to_integer<std::uint64_t>(byte) << shift;
        shift += 8;
    }
    return static_cast<Integer>(value);
}

std::uint8_t BoundedReader::u8()
{
    return integer<std::uint8_t>();
}
std::uint16_t BoundedReader::u16()
{
    return integer<std::uint16_t>();
}
std::uint32_t BoundedReader::u32()
{
    return integer<std::uint32_t>();
}
std::uint64_t BoundedReader::u64()
{
    return integer<std::uint64_t>();
}

} // namespace adtailor
