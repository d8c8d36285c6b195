// The header of a safetensors file: checked reading and writing, without tensors.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/input_file.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace adtailor {

enum class TensorType { Bool, U8, I8, U16, I16, F16, BF16, U32, I32, F32, U64, I64, F64 };

std::size_t elementBytes(TensorType type);
std::string_view tensorTypeName(TensorType type); // as written in the file: "BF16"

struct TensorEntry
{
    std::string name;
    TensorType type = TensorType::F32;
    std::vector<std::int64_t> shape;
    std::uint64_t begin = 0; // counted from the first byte behind the header
    std::uint64_t end = 0;
};

struct SafetensorsHeader
{
    std::vector<TensorEntry> tensors; // in the order of their data
    std::map<std::string, std::string> metadata;
};

// Bytes in front of the JSON text: its length as a little-endian u64.
inline constexpr std::size_t safetensorsPrefixBytes = 8;

// Checks the stated length against the limit and the file's size, before anything is allocated.
// head: the first bytes of the file (up to sniffedBytes), which also tell foreign content.
std::size_t safetensorsHeaderLength(std::span<const std::byte> head, std::uint64_t fileBytes,
                                    const std::string& file);

// json: the header text; dataBytes: how many bytes follow it in the file. Every entry is checked:
// the tensors cover the data exactly, without holes, overlaps or bytes left over.
SafetensorsHeader parseSafetensorsHeader(std::string_view json, std::uint64_t dataBytes,
                                         const std::string& file);

// Both steps on an open file. dataBegin: where the tensors' bytes begin in it.
SafetensorsHeader readSafetensorsHeader(const InputFile& file, std::uint64_t& dataBegin);

// Prefix and JSON text, padded with spaces so that the data starts at a multiple of 8. Sets begin
// and end of every entry; the data must be written in the order of header.tensors.
std::string buildSafetensorsHeader(SafetensorsHeader& header);

} // namespace adtailor
