// columnNames: what the columns of a file of ads are called, for mapping them to our fields.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace adtailor {

// Of a .csv or .tsv its header, of a .jsonl or .ndjson the keys of its first row; of anything else,
// or what is neither, nothing. Reads a bounded start of the file.
QStringList columnNames(const QString& path);

} // namespace adtailor
