// Columns: which column (or JSON key) of a file feeds which PAd1M field.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/pad1m.h>

#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>

namespace adtailor {

class Columns
{
public:
    // Throws Failure(InvalidInput) for an unknown field, an empty name, or a column given twice.
    explicit Columns(const Pad1mColumns& settings);

    std::string_view field(std::string_view column) const; // empty: it feeds none
    std::string_view column(std::string_view field) const;
    bool isNamed(std::string_view field) const { return m_columns.contains(field); }
    const std::string& listSeparator() const { return m_listSeparator; }

    static std::span<const std::string_view> fields(); // all that PAd1M has for us
    static bool isText(std::string_view field);

private:
    std::map<std::string, std::string, std::less<>> m_columns; // by field, where they differ
    std::map<std::string, std::string, std::less<>> m_fields; // by column
    std::string m_listSeparator = "|";
};

} // namespace adtailor
