// Limits on everything that comes from outside, checked before any memory is taken for it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>

namespace adtailor::limits {

inline constexpr std::size_t safetensorsHeaderBytes = 100'000'000; // as the reference reader
inline constexpr std::size_t safetensorsTensors = 200'000;
inline constexpr std::size_t tensorNameBytes = 1024;
inline constexpr std::size_t tensorRank = 8;
inline constexpr int safetensorsJsonDepth = 8;

// A model of 10 billion parameters in a .pth file needs about 1,000 entries and 40,000 opcodes.
inline constexpr std::size_t zipEntries = 10'000;
inline constexpr std::size_t zipDirectoryBytes = 16U << 20U;
inline constexpr std::size_t pickleBytes = 64U << 20U;
inline constexpr std::size_t pickleOpcodes = 4'000'000;
inline constexpr std::size_t pickleNodes = 1'000'000;
inline constexpr std::size_t pickleMemo = 1'000'000;
inline constexpr std::size_t pickleDepth = 64;

inline constexpr int jsonDepth = 32;
inline constexpr std::size_t jsonStringBytes = 1U << 20U;
inline constexpr std::size_t jsonFileBytes = 64U << 20U;

inline constexpr std::size_t tokenizerFileBytes = 64U << 20U;
inline constexpr std::size_t tokenizerVocabulary = 1'000'000;
inline constexpr std::size_t tokenizedTextBytes = 64U << 20U;

} // namespace adtailor::limits
