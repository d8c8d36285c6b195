// Sha256: the hash that names weights, pictures and records.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/job.h>

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

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
// Streams the file, so its size does not matter; a job may stop it.
std::string sha256HexOfFile(const std::filesystem::path& path, const JobControl& job = {});

} // namespace adtailor
