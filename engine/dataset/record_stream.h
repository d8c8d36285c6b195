// RecordStream: a file as a std::streambuf that stops when one record grows beyond all reason.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/input_file.h"

#include <streambuf>
#include <vector>

namespace adtailor {

class RecordStream final : public std::streambuf
{
public:
    RecordStream(const std::filesystem::path& path, std::uint64_t maximumRecordBytes);

    // Called between records: the count of bytes starts anew.
    void startRecord() { m_recordStart = m_position; }
    std::uint64_t position() const { return m_position; } // bytes handed to the parser, at most
    std::uint64_t size() const { return m_file.size(); }

protected:
    int_type underflow() override;

private:
    InputFile m_file;
    std::uint64_t m_maximumRecordBytes;
    std::uint64_t m_position = 0;
    std::uint64_t m_recordStart = 0;
    std::vector<char> m_buffer;
};

} // namespace adtailor
