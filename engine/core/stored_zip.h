// The directory of an uncompressed zip archive, as torch.save writes it; nothing is unpacked.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/input_file.h"

#include <cstdint>
#include <string>
#include <vector>

namespace adtailor {

struct ZipEntry
{
    std::string name;
    std::uint64_t begin = 0; // of its content in the file
    std::uint64_t size = 0;
};

// Source: PKWARE's APPNOTE.TXT, 4.3.6 to 4.5.3; the 64-bit fields are read as well. Refused with
// FileCorrupt: compression, encryption, several disks, entries that overlap, share a name or leave
// the file, a directory that does not fill the space up to the end records. Sorted by place.
std::vector<ZipEntry> readStoredZip(const InputFile& file);

} // namespace adtailor
