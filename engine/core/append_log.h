// AppendLog: a text file that only grows, line by line, each on the disk before append() returns.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace adtailor {

// Held by one writer at a time, in all processes. What a crash left of an unfinished line is cut
// off when the log is opened: nobody was told that it is there.
class AppendLog
{
public:
    // Opens a log, which must exist and be no larger than maximumBytes. FileNotFound; InvalidInput
    // when another writer has it; busy: the sentence for that.
    AppendLog(std::filesystem::path file, std::size_t maximumBytes, const std::string& busy);
    AppendLog(AppendLog&& other) noexcept;
    ~AppendLog();

    const std::string& text() const { return m_text; } // whole lines, as they are on the disk

    // line: without line break. On DiskFull nothing was added and the next try may succeed; after
    // any other failure the log takes nothing more until it is opened again.
    void append(std::string_view line);

private:
    void load(std::size_t maximumBytes);
    void takeBack();
    [[noreturn]] void fail(int error) const;

    std::filesystem::path m_file;
    int m_descriptor = -1;
    bool m_broken = false;
    std::string m_text;
};

// The whole lines of a log that somebody else may be writing: an unfinished last one is left out.
std::string readLog(const std::filesystem::path& file, std::size_t maximumBytes);

} // namespace adtailor
