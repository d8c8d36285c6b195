// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/content_sniff.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

namespace adtailor {

namespace {

struct Signature
{
    std::string_view start; // lower case where ignoreCase
    bool ignoreCase;
    const char* sentence;
};

using namespace std::string_view_literals;

constexpr std::array signatures = {
    Signature{
        "version https://git-lfs"sv, false,
        "it is a Git LFS pointer, not the file itself: run `git lfs pull` or download it again." },
    Signature{
        "<!doctype html"sv, true,
        "it is a web page, probably an error or login page saved by mistake: download the file "
        "again." },
    Signature{
        "<html"sv, true,
        "it is a web page, probably an error or login page saved by mistake: download the file "
        "again." },
    Signature{ "<?xml"sv, true, "it is an XML document: download the file again." },
    Signature{ "PK\x03\x04"sv, false,
               "it is a zip archive, as torch.save writes it: convert it to safetensors first." },
    Signature{ "\x80\x02"sv, false, "it is a Python pickle: convert it to safetensors elsewhere." },
    Signature{ "\x80\x03"sv, false, "it is a Python pickle: convert it to safetensors elsewhere." },
    Signature{ "\x80\x04"sv, false, "it is a Python pickle: convert it to safetensors elsewhere." },
    Signature{ "GGUF"sv, false, "it is a GGUF file: use the safetensors version of the model." },
    Signature{ "\x89HDF"sv, false,
               "it is an HDF5 file: use the safetensors version of the model." },
    Signature{ "\x1f\x8b"sv, false, "it is compressed with gzip: unpack it first." },
    Signature{ "\x28\xb5\x2f\xfd"sv, false, "it is compressed with zstd: unpack it first." },
    Signature{ "\xfd"
               "7zXZ"sv,
               false, "it is compressed with xz: unpack it first." },
    Signature{ "\x89PNG"sv, false, "it is a PNG picture." },
    Signature{ "\xff\xd8\xff"sv, false, "it is a JPEG picture." },
    Signature{ "%PDF"sv, false, "it is a PDF document." },
    Signature{ "\x7f"
               "ELF"sv,
               false, "it is a program, not data." },
};

bool startsWith(std::string_view text, const Signature& signature)
{
    if (text.size() < signature.start.size())
        return false;
    return std::equal(signature.start.begin(), signature.start.end(), text.begin(),
                      [&](char expected, char found) {
                          const auto lower = std::tolower(static_cast<unsigned char>(found));
                          return expected
                              == (signature.ignoreCase ? static_cast<char>(lower) : found);
                      });
}

} // namespace

std::string describeForeignContent(std::span<const std::byte> head)
{
    if (head.empty())
        return "it is empty: copy or download it again.";
    if (head.size() >= 16
        && std::ranges::all_of(head, [](std::byte b) { return b == std::byte{ 0 }; }))
        return "it is filled with zeros, the mark of an interrupted copy: copy or download it "
               "again.";
    const std::string_view text(reinterpret_cast<const char*>(head.data()), head.size());
    const auto content = text.substr(std::min(text.size(), text.find_first_not_of(" \t\r\n")));
    for (const Signature& signature : signatures) {
        if (startsWith(signature.ignoreCase ? content : text, signature))
            return signature.sentence;
    }
    return {};
}

} // namespace adtailor
