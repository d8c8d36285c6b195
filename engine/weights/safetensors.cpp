// SPDX-License-Identifier: GPL-3.0-or-later
#include "weights/safetensors.h"

#include "core/atomic_file.h"
#include "core/content_sniff.h"
#include "core/failure.h"

#include <torch/types.h>

#include <algorithm>
#include <array>
#include <span>
#include <utility>

namespace adtailor {

namespace {

constexpr std::array scalarTypes = {
    std::pair{ TensorType::Bool, torch::kBool },     std::pair{ TensorType::U8, torch::kUInt8 },
    std::pair{ TensorType::I8, torch::kInt8 },       std::pair{ TensorType::U16, torch::kUInt16 },
    std::pair{ TensorType::I16, torch::kInt16 },     std::pair{ TensorType::F16, torch::kHalf },
    std::pair{ TensorType::BF16, torch::kBFloat16 }, std::pair{ TensorType::U32, torch::kUInt32 },
    std::pair{ TensorType::I32, torch::kInt32 },     std::pair{ TensorType::F32, torch::kFloat },
    std::pair{ TensorType::U64, torch::kUInt64 },    std::pair{ TensorType::I64, torch::kLong },
    std::pair{ TensorType::F64, torch::kDouble },
};

torch::ScalarType scalarType(TensorType type)
{
    return std::ranges::find(scalarTypes, type, [](const auto& row) { return row.first; })->second;
}

TensorType tensorType(torch::ScalarType type, const std::string& name)
{
    const auto row
        = std::ranges::find(scalarTypes, type, [](const auto& pair) { return pair.second; });
    if (row == scalarTypes.end())
        throw Failure(ErrorCode::InvalidInput,
                      "Tensor " + name + " has an element type that safetensors cannot store.");
    return row->first;
}

std::span<std::byte> bytesOf(const torch::Tensor& tensor)
{
    return { static_cast<std::byte*>(tensor.data_ptr()), tensor.nbytes() };
}

} // namespace

SafetensorsFile SafetensorsFile::open(const std::filesystem::path& path)
{
    return SafetensorsFile(InputFile(path));
}

SafetensorsFile::SafetensorsFile(InputFile file)
    : m_file(std::move(file))
{
    const std::string name = m_file.path().string();
    std::vector<std::byte> head(std::min<std::uint64_t>(m_file.size(), sniffedBytes));
    m_file.readAt(0, head);
    const std::size_t length = safetensorsHeaderLength(head, m_file.size(), name);
    std::string json(length, '\0');
    m_file.readAt(safetensorsPrefixBytes, std::as_writable_bytes(std::span(json)));
    m_dataOffset = safetensorsPrefixBytes + length;
    m_header = parseSafetensorsHeader(json, m_file.size() - m_dataOffset, name);
    for (std::size_t i = 0; i < m_header.tensors.size(); ++i)
        m_index.emplace(m_header.tensors[i].name, i);
}

std::vector<std::string> SafetensorsFile::names() const
{
    std::vector<std::string> names;
    names.reserve(m_header.tensors.size());
    for (const TensorEntry& tensor : m_header.tensors)
        names.push_back(tensor.name);
    return names;
}

const TensorEntry& SafetensorsFile::entry(const std::string& name) const
{
    const auto found = m_index.find(name);
    if (found == m_index.end())
        throw Failure(ErrorCode::ModelMismatch,
                      path().string() + " has no tensor " + name
                          + ": use the weights that belong to this model.");
    return m_header.tensors[found->second];
}

torch::ScalarType SafetensorsFile::dtype(const std::string& name) const
{
    return scalarType(entry(name).type);
}

const std::vector<std::int64_t>& SafetensorsFile::shape(const std::string& name) const
{
    return entry(name).shape;
}

torch::Tensor SafetensorsFile::read(const std::string& name) const
{
    const TensorEntry& tensor = entry(name);
    torch::Tensor values = torch::empty(tensor.shape, scalarType(tensor.type));
    m_file.readAt(m_dataOffset + tensor.begin, bytesOf(values));
    return values;
}

void requireFinite(const torch::Tensor& tensor, const std::string& name,
                   const std::filesystem::path& file)
{
    if (tensor.is_floating_point() && !torch::isfinite(tensor).all().item<bool>())
        throw Failure(ErrorCode::FileCorrupt,
                      "Tensor " + name + " of " + file.string()
                          + " holds values that are not numbers (NaN or infinity): the file is "
                            "damaged or its training failed, get it again.");
}

void writeSafetensors(const std::filesystem::path& path,
                      const std::map<std::string, torch::Tensor>& tensors,
                      const std::map<std::string, std::string>& metadata)
{
    SafetensorsHeader header{ .metadata = metadata };
    std::uint64_t dataBytes = 0;
    for (const auto& [name, tensor] : tensors) {
        header.tensors.push_back({ .name = name,
                                   .type = tensorType(tensor.scalar_type(), name),
                                   .shape = tensor.sizes().vec() });
        dataBytes += tensor.numel() * tensor.element_size();
    }
    const std::string prefix = buildSafetensorsHeader(header);
    AtomicFile file(path, prefix.size() + dataBytes);
    file.write(prefix);
    for (const TensorEntry& entry : header.tensors) {
        const torch::Tensor values = tensors.at(entry.name).detach().cpu().contiguous();
        file.write(bytesOf(values));
    }
    file.commit();
}

} // namespace adtailor
