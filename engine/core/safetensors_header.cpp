// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/safetensors_header.h"

#include "core/bounded_read.h"
#include "core/content_sniff.h"
#include "core/failure.h"
#include "core/limits.h"
#include "core/safetensors_sax.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <utility>

namespace adtailor {

namespace {

struct TypeRow
{
    TensorType type;
    std::string_view name;
    std::size_t bytes;
};

constexpr std::array typeTable = {
    TypeRow{ TensorType::Bool, "BOOL", 1 }, TypeRow{ TensorType::U8, "U8", 1 },
    TypeRow{ TensorType::I8, "I8", 1 },     TypeRow{ TensorType::U16, "U16", 2 },
    TypeRow{ TensorType::I16, "I16", 2 },   TypeRow{ TensorType::F16, "F16", 2 },
    TypeRow{ TensorType::BF16, "BF16", 2 }, TypeRow{ TensorType::U32, "U32", 4 },
    TypeRow{ TensorType::I32, "I32", 4 },   TypeRow{ TensorType::F32, "F32", 4 },
    TypeRow{ TensorType::U64, "U64", 8 },   TypeRow{ TensorType::I64, "I64", 8 },
    TypeRow{ TensorType::F64, "F64", 8 },
};

const TypeRow& rowOf(TensorType type)
{
    return *std::ranges::find(typeTable, type, &TypeRow::type);
}

[[noreturn]] void reject(const std::string& file, const std::string& reason)
{
    throw Failure(ErrorCode::FileCorrupt, file + " cannot be used: " + reason);
}

// The size that shape and type ask for; nullopt when the product wraps.
std::optional<std::uint64_t> byteCount(const TensorEntry& tensor)
{
    std::optional<std::uint64_t> bytes = elementBytes(tensor.type);
    for (const std::int64_t extent : tensor.shape) {
        bytes = checkedMultiply(*bytes, static_cast<std::uint64_t>(extent));
        if (!bytes)
            return std::nullopt;
    }
    return bytes;
}

TensorEntry checkedEntry(const SafetensorsSax::RawTensor& raw, const std::string& file)
{
    const auto row = std::ranges::find(typeTable, raw.type, &TypeRow::name);
    if (row == typeTable.end())
        reject(file, "tensor " + raw.name + " has the unknown element type \"" + raw.type + "\".");
    TensorEntry tensor{
        .name = raw.name, .type = row->type, .begin = raw.offsets[0], .end = raw.offsets[1]
    };
    for (const std::uint64_t extent : raw.shape) {
        if (extent > static_cast<std::uint64_t>(INT64_MAX))
            reject(file, "tensor " + raw.name + " has an impossible shape.");
        tensor.shape.push_back(static_cast<std::int64_t>(extent));
    }
    const auto bytes = byteCount(tensor);
    if (!bytes || tensor.end < tensor.begin || *bytes != tensor.end - tensor.begin)
        reject(file, "the shape and the bytes of tensor " + raw.name + " do not agree.");
    return tensor;
}

// The tensors, sorted by place, must fill [0, dataBytes) exactly.
void checkCover(const std::vector<TensorEntry>& tensors, std::uint64_t dataBytes,
                const std::string& file)
{
    std::uint64_t place = 0;
    for (const TensorEntry& tensor : tensors) {
        if (tensor.begin < place)
            reject(file, "tensor " + tensor.name + " overlaps another tensor.");
        if (tensor.begin > place)
            reject(file, "there is a hole before tensor " + tensor.name + ".");
        place = tensor.end;
    }
    if (place > dataBytes)
        reject(file,
               "it is cut short, " + std::to_string(place - dataBytes)
                   + " bytes are missing at its end: copy or download it again.");
    if (place < dataBytes)
        reject(file, std::to_string(dataBytes - place) + " unexpected bytes follow the tensors.");
}

bool byPlace(const TensorEntry& left, const TensorEntry& right)
{
    return std::pair(left.begin, left.end) < std::pair(right.begin, right.end);
}

// Wide elements first keeps every tensor aligned to its element size.
bool byWidthAndName(const TensorEntry& left, const TensorEntry& right)
{
    const auto widthLeft = elementBytes(left.type);
    const auto widthRight = elementBytes(right.type);
    return widthLeft != widthRight ? widthLeft > widthRight : left.name < right.name;
}

} // namespace

std::size_t elementBytes(TensorType type)
{
    return rowOf(type).bytes;
}

std::string_view tensorTypeName(TensorType type)
{
    return rowOf(type).name;
}

std::size_t safetensorsHeaderLength(std::span<const std::byte> head, std::uint64_t fileBytes,
                                    const std::string& file)
{
    if (const std::string foreign = describeForeignContent(head); !foreign.empty())
        reject(file, foreign);
    if (head.size() < safetensorsPrefixBytes + 2)
        reject(file,
               "it is cut short after " + std::to_string(head.size())
                   + " bytes: copy or download it again.");
    const std::uint64_t length = BoundedReader(head, file).u64();
    if (std::to_integer<char>(head[safetensorsPrefixBytes]) != '{')
        reject(file, "it is not a safetensors file (no JSON header).");
    if (length < 2 || length > limits::safetensorsHeaderBytes)
        reject(file,
               "its header claims " + std::to_string(length) + " bytes; the limit is "
                   + std::to_string(limits::safetensorsHeaderBytes) + ".");
    if (length > fileBytes - safetensorsPrefixBytes)
        reject(file, "it is cut short inside its header: copy or download it again.");
    return static_cast<std::size_t>(length);
}

SafetensorsHeader parseSafetensorsHeader(std::string_view json, std::uint64_t dataBytes,
                                         const std::string& file)
{
    if (json.empty() || json.front() != '{')
        reject(file, "its header does not start with '{'.");
    SafetensorsSax sax;
    if (!nlohmann::json::sax_parse(json.begin(), json.end(), &sax))
        reject(file, "its header is damaged: " + sax.error());
    SafetensorsHeader header;
    header.metadata = std::move(sax.metadata());
    header.tensors.reserve(sax.tensors().size());
    for (const auto& raw : sax.tensors())
        header.tensors.push_back(checkedEntry(raw, file));
    std::ranges::sort(header.tensors, byPlace);
    checkCover(header.tensors, dataBytes, file);
    return header;
}

SafetensorsHeader readSafetensorsHeader(const InputFile& file, std::uint64_t& dataBegin)
{
    const std::string name = file.path().string();
    std::vector<std::byte> head(std::min<std::uint64_t>(file.size(), sniffedBytes));
    file.readAt(0, head);
    const std::size_t length = safetensorsHeaderLength(head, file.size(), name);
    std::string json(length, '\0');
    file.readAt(safetensorsPrefixBytes, std::as_writable_bytes(std::span(json)));
    dataBegin = safetensorsPrefixBytes + length;
    return parseSafetensorsHeader(json, file.size() - dataBegin, name);
}

std::string buildSafetensorsHeader(SafetensorsHeader& header)
{
    std::ranges::sort(header.tensors, byWidthAndName);
    nlohmann::json json = nlohmann::json::object();
    if (!header.metadata.empty())
        json["__metadata__"] = header.metadata;
    std::uint64_t place = 0;
    for (TensorEntry& tensor : header.tensors) {
        tensor.begin = place;
        const auto end = checkedAdd(place, byteCount(tensor).value_or(UINT64_MAX));
        if (!end)
            throw Failure(ErrorCode::InvalidInput,
                          "Tensor " + tensor.name + " is too large to save.");
        tensor.end = place = *end;
        json[tensor.name] = { { "dtype", tensorTypeName(tensor.type) },
                              { "shape", tensor.shape },
                              { "data_offsets", { tensor.begin, tensor.end } } };
    }
    std::string text = json.dump();
    text.append((8 - text.size() % 8) % 8, ' ');
    if (text.size() > limits::safetensorsHeaderBytes)
        throw Failure(ErrorCode::InvalidInput, "The tensors' names are too long to save.");
    std::string out;
    appendLittleEndian(out, static_cast<std::uint64_t>(text.size()));
    return out + text;
}

} // namespace adtailor
