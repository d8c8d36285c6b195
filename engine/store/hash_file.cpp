// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/hash_file.h"

#include "core/failure.h"
#include "core/input_file.h"
#include "core/sha256.h"

#include <algorithm>
#include <vector>

namespace adtailor {

std::string hashFile(const std::filesystem::path& path, const JobControl& job,
                     const std::function<void(std::span<const std::byte>)>& each)
{
    constexpr std::uint64_t pieceBytes = 4U << 20U;
    const InputFile file(path);
    Sha256 hash;
    std::vector<std::byte> buffer(std::min(pieceBytes, file.size()));
    for (std::uint64_t done = 0; done < file.size();) {
        throwIfCancelled(job);
        const auto piece
            = std::span(buffer).first(std::min<std::uint64_t>(buffer.size(), file.size() - done));
        file.readAt(done, piece);
        hash.update(piece);
        each(piece);
        done += piece.size();
    }
    return hash.hex();
}

} // namespace adtailor
