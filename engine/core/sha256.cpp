// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sha256.h"

#include "core/failure.h"
#include "core/input_file.h"

#include <algorithm>
#include <array>
#include <openssl/evp.h>
#include <vector>

namespace adtailor {

namespace {

constexpr std::size_t blockBytes = 1U << 20U;

void require(int opensslResult)
{
    if (opensslResult != 1)
        throw Failure(ErrorCode::Internal, "OpenSSL could not compute a SHA-256 hash.");
}

} // namespace

struct Sha256::Context
{
    std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> evp{ EVP_MD_CTX_new(), EVP_MD_CTX_free };
};

Sha256::Sha256()
    : m_context(std::make_unique<Context>())
{
    require(EVP_DigestInit_ex(m_context->evp.get(), EVP_sha256(), nullptr));
}

Sha256::~Sha256() = default;

void Sha256::update(std::span<const std::byte> bytes)
{
    require(EVP_DigestUpdate(m_context->evp.get(), bytes.data(), bytes.size()));
}

std::string Sha256::hex()
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int length = 0;
    require(EVP_DigestFinal_ex(m_context->evp.get(), digest.data(), &length));
    constexpr char digits[] = "0123456789abcdef";
    std::string text;
    for (unsigned int i = 0; i < length; ++i) {
        text += digits[digest[i] >> 4U];
        text += digits[digest[i] & 15U];
    }
    return text;
}

std::string sha256Hex(std::span<const std::byte> bytes)
{
    Sha256 hash;
    hash.update(bytes);
    return hash.hex();
}

std::string sha256Hex(std::string_view text)
{
    return sha256Hex(std::as_bytes(std::span(text)));
}

std::string sha256HexOfFile(const std::filesystem::path& path, const JobControl& job,
                            const std::function<void(std::span<const std::byte>)>& each)
{
    const InputFile file(path);
    std::vector<std::byte> block(blockBytes);
    Sha256 hash;
    for (std::uint64_t offset = 0; offset < file.size(); offset += blockBytes) {
        throwIfCancelled(job);
        const auto part = std::span(block).first(
            static_cast<std::size_t>(std::min<std::uint64_t>(blockBytes, file.size() - offset)));
        file.readAt(offset, part);
        hash.update(part);
        if (each)
            each(part);
    }
    return hash.hex();
}

} // namespace adtailor
