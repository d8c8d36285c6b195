// CsvReader: rows of a CSV file (RFC 4180) one by one, whatever the file's size.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <streambuf>
#include <string>
#include <vector>

namespace adtailor {

struct CsvRow
{
    std::int64_t line = 0; // where it begins, from 1
    std::vector<std::string> cells;
    std::string problem; // the first thing that is wrong with its form, as a sentence
};

class CsvReader
{
public:
    // Reads the header. The separator is the comma, semicolon or tab that it has most of; a byte
    // order mark is skipped. Throws Failure(FileCorrupt) for a file without a readable header.
    CsvReader(std::streambuf& source, std::string name);

    const std::vector<std::string>& header() const { return m_header.cells; }

    // Blank lines are passed over. False at the end. FileCorrupt when a quote is never closed.
    bool next(CsvRow& row);

private:
    [[noreturn]] void fail(const std::string& why) const;
    void skipByteOrderMark();
    std::string headerText();
    bool readCell(CsvRow& row);
    void readQuoted(CsvRow& row);
    void append(CsvRow& row, char byte);

    std::streambuf* m_source;
    std::string m_name;
    char m_separator = ',';
    std::int64_t m_line = 1;
    CsvRow m_header;
};

} // namespace adtailor
