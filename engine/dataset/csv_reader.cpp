// SPDX-License-Identifier: GPL-3.0-or-later
#include "dataset/csv_reader.h"

#include "core/failure.h"
#include "core/limits.h"
#include "core/utf8.h"

#include <array>
#include <sstream>

namespace adtailor {

namespace {

constexpr int endOfFile = std::streambuf::traits_type::eof();
constexpr std::size_t maximumCells = 1000;
constexpr std::size_t maximumCellBytes = limits::jsonStringBytes;

bool isUtf8(std::string_view text)
{
    while (!text.empty()) {
        const Utf8Char next = firstUtf8(text);
        if (!next.valid)
            return false;
        text.remove_prefix(next.bytes);
    }
    return true;
}

void blame(CsvRow& row, const std::string& what)
{
    if (row.problem.empty())
        row.problem = "Line " + std::to_string(row.line) + " " + what;
}

void checkTexts(CsvRow& row)
{
    for (const std::string& cell : row.cells) {
        if (cell.find('\0') != std::string::npos)
            blame(row, "holds a NUL character. Save the file as plain UTF-8 text.");
        else if (!isUtf8(cell))
            blame(row, "is not UTF-8. Save the file as UTF-8.");
    }
}

// The one that stands most often outside quotes.
char likelySeparator(const std::string& header)
{
    std::array<std::pair<char, int>, 3> counts{ { { ',', 0 }, { ';', 0 }, { '\t', 0 } } };
    bool quoted = false;
    for (const char byte : header) {
        quoted = quoted != (byte == '"');
        for (auto& [separator, count] : counts)
            count += !quoted && byte == separator ? 1 : 0;
    }
    const auto* most = &counts[0];
    for (const auto& candidate : counts)
        most = candidate.second > most->second ? &candidate : most;
    return most->first;
}

} // namespace

CsvReader::CsvReader(std::streambuf& source, std::string name)
    : m_source(&source)
    , m_name(std::move(name))
{
    skipByteOrderMark();
    const std::string text = headerText();
    m_separator = likelySeparator(text);
    std::stringbuf header(text, std::ios::in);
    m_source = &header;
    if (!next(m_header))
        fail("it is empty: it needs a header that names its columns");
    m_source = &source;
    if (!m_header.problem.empty())
        fail("the header cannot be read: " + m_header.problem);
}

void CsvReader::fail(const std::string& why) const
{
    throw Failure(ErrorCode::FileCorrupt, m_name + ": " + why + ".");
}

void CsvReader::skipByteOrderMark()
{
    const int first = m_source->sgetc();
    if (first == 0xFE || first == 0xFF)
        fail("it is UTF-16. Save it as UTF-8");
    for (const int byte : { 0xEF, 0xBB, 0xBF }) {
        if (m_source->sgetc() == byte)
            m_source->sbumpc();
    }
}

// Up to the first line break outside quotes.
std::string CsvReader::headerText()
{
    std::string text;
    bool quoted = false, begun = false;
    for (int byte = m_source->sbumpc(); byte != endOfFile; byte = m_source->sbumpc()) {
        const bool isBreak = byte == '\n' || byte == '\r';
        if (isBreak && begun && !quoted) {
            if (byte == '\r' && m_source->sgetc() == '\n')
                m_source->sbumpc();
            return text + '\n';
        }
        begun = begun || !isBreak;
        quoted = quoted != (byte == '"');
        text += static_cast<char>(byte);
        if (text.size() > maximumCellBytes)
            fail("its first line is longer than a header can be. Check that this is a CSV file");
    }
    return text;
}

bool CsvReader::next(CsvRow& row)
{
    for (int byte = m_source->sgetc(); byte == '\r' || byte == '\n'; byte = m_source->snextc())
        m_line += byte == '\n' ? 1 : 0;
    row.cells.clear();
    row.problem.clear();
    row.line = m_line;
    if (m_source->sgetc() == endOfFile)
        return false;
    do {
        if (row.cells.size() == maximumCells)
            fail("line " + std::to_string(row.line) + " has more than "
                 + std::to_string(maximumCells) + " cells. Check that this is a CSV file");
        row.cells.emplace_back();
    } while (readCell(row));
    checkTexts(row);
    return true;
}

// Answers whether another cell of the row follows.
bool CsvReader::readCell(CsvRow& row)
{
    const bool quoted = m_source->sgetc() == '"';
    if (quoted)
        readQuoted(row);
    while (true) {
        const int byte = m_source->sbumpc();
        if (byte == m_separator)
            return true;
        if (byte == '\r' && m_source->sgetc() == '\n')
            continue;
        if (byte == '\n' || byte == '\r')
            ++m_line;
        if (byte == endOfFile || byte == '\n' || byte == '\r')
            return false;
        if (!quoted)
            append(row, static_cast<char>(byte));
        else if (byte != ' ')
            blame(row, "has text behind a closing quote. Write a quote inside quotes twice.");
    }
}

// From behind the opening quote to behind the closing one; "" stands for one quote.
void CsvReader::readQuoted(CsvRow& row)
{
    const std::int64_t opened = m_line;
    m_source->sbumpc();
    while (true) {
        const int byte = m_source->sbumpc();
        if (byte == endOfFile)
            fail("the quote that opens in line " + std::to_string(opened)
                 + " is never closed. Repair the file");
        if (byte == '"' && m_source->sgetc() != '"')
            return;
        if (byte == '"')
            m_source->sbumpc();
        m_line += byte == '\n' ? 1 : 0;
        append(row, static_cast<char>(byte));
    }
}

void CsvReader::append(CsvRow& row, char byte)
{
    if (row.cells.back().size() < maximumCellBytes)
        row.cells.back() += byte;
    else
        blame(row,
              "has a cell longer than " + std::to_string(maximumCellBytes)
                  + " bytes. Shorten it, or close its quote.");
}

} // namespace adtailor
