// SPDX-License-Identifier: GPL-3.0-or-later
#include "dataset/record_stream.h"

#include "core/failure.h"

#include <algorithm>

namespace adtailor {

namespace {

constexpr std::size_t blockBytes = 256U << 10U;

} // namespace

RecordStream::RecordStream(const std::filesystem::path& path, std::uint64_t maximumRecordBytes)
    : m_file(path)
    , m_maximumRecordBytes(maximumRecordBytes)
    , m_buffer(blockBytes)
{
}

RecordStream::int_type RecordStream::underflow()
{
    if (m_position >= m_file.size())
        return traits_type::eof();
    if (m_position - m_recordStart > m_maximumRecordBytes)
        throw Failure(ErrorCode::FileCorrupt,
                      m_file.path().string() + ": one record is larger than "
                          + std::to_string(m_maximumRecordBytes >> 20U) + " MiB near byte "
                          + std::to_string(m_position) + ". Check that this is an ad data set.");
    const std::size_t count = std::min<std::uint64_t>(blockBytes, m_file.size() - m_position);
    m_file.readAt(m_position, std::as_writable_bytes(std::span(m_buffer).first(count)));
    m_position += count;
    setg(m_buffer.data(), m_buffer.data(), m_buffer.data() + count);
    return traits_type::to_int_type(m_buffer[0]);
}

} // namespace adtailor
