// SPDX-License-Identifier: GPL-3.0-or-later
#include "weights/weights_identity.h"

#include "core/failure.h"
#include "core/input_file.h"
#include "core/sha256.h"

#include <algorithm>
#include <vector>

namespace adtailor {

namespace {

constexpr std::uint64_t wholeBytes = 256U << 20U;
constexpr std::uint64_t frontBytes = 1U << 20U;
constexpr std::uint64_t blockBytes = 64U << 10U;
constexpr std::uint64_t blocks = 255;

void hashSamples(const InputFile& file, Sha256& hash)
{
    const std::uint64_t size = file.size();
    hash.update(std::as_bytes(std::span(&size, 1)));
    const auto add = [&](std::uint64_t begin, std::uint64_t count) {
        std::vector<std::byte> bytes(std::min(count, size - begin));
        file.readAt(begin, bytes);
        hash.update(bytes);
    };
    add(0, frontBytes);
    for (std::uint64_t i = 1; i <= blocks && size > frontBytes; ++i)
        add((size - std::min(size, blockBytes)) / blocks * i, blockBytes);
}

} // namespace

std::string weightsIdentity(const std::vector<std::filesystem::path>& files, const JobControl& job)
{
    if (files.size() == 1 && InputFile(files.front()).size() <= wholeBytes)
        return sha256HexOfFile(files.front(), job);
    Sha256 hash;
    for (const auto& file : files) {
        throwIfCancelled(job);
        hashSamples(InputFile(file), hash);
    }
    return hash.hex();
}

} // namespace adtailor
