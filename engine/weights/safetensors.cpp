// SPDX-License-Identifier: GPL-3.0-or-later
#include "weights/safetensors.h"

#include "core/atomic_file.h"
#include "core/content_sniff.h"
#include "core/failure.h"
#include "core/safetensors_header.h"

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

} // namespace

SafetensorsFile SafetensorsFile::open(const std::filesystem::path& path)
{
    return SafetensorsFile(std::make_shared<const InputFile>(path));
}

SafetensorsFile::SafetensorsFile(std::shared_ptr<const InputFile> file)
    : TensorSource(file->path())
{
    std::uint64_t data = 0;
    SafetensorsHeader header = readSafetensorsHeader(*file, data);
    for (TensorEntry& entry : header.tensors)
        add(std::move(entry.name),
            { .file = file,
              .begin = data + entry.begin,
              .type = scalarType(entry.type),
              .shape = std::move(entry.shape) });
    m_metadata = std::move(header.metadata);
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
