// Sha256: the hash that names weights, pictures and records.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/job.h>

#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace adtailor {

class Sha256
{
public:
    Sha256();
    ~Sha256();

    void update(std::span<const std::byte> bytes);
    std::string hex(); // 64 lower-case digits; ends the hash, call once

private:
    struct Context;
    std::unique_ptr<Context> m_context;
};

std::string sha256Hex(std::span<const std::byte> bytes);
std::string sha256Hex(std::string_view text);
// Streams the file, so its size does not matter, and shows every piece to `each`; a job may stop it
// between two.
std::string sha256HexOfFile(const std::filesystem::path& path, const JobControl& job = {},
                            const std::function<void(std::span<const std::byte>)>& each = {});

} // namespace adtailor
