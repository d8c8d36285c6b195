// SPDX-License-Identifier: GPL-3.0-or-later
#include "weights/tensor_source.h"

#include "core/failure.h"
#include "weights/finite.h"

#include <torch/types.h>

#include <algorithm>

namespace adtailor {

namespace {

// Large enough for the disk and the bus, small beside any model.
constexpr std::int64_t pieceBytes = 4 << 20;

// values: as the file holds them; converted: as they are kept.
void requireFinite(const torch::Tensor& values, const torch::Tensor& converted,
                   const std::string& name, const StoredTensor& stored)
{
    if (allFinite(bytesOf(converted), converted.scalar_type()))
        return;
    // Sound numbers of the file may lie beyond float16's range.
    const bool overflow = allFinite(bytesOf(values), values.scalar_type());
    throw Failure(overflow ? ErrorCode::InvalidInput : ErrorCode::FileCorrupt,
                  "Tensor " + name + " of " + stored.file->path().string()
                      + (overflow ? " holds values too large for float16: use bfloat16 or float32."
                                  : " holds values that are not numbers (NaN or infinity): the "
                                    "file is damaged or its training failed, get it again."));
}

// The elements that a strided view reaches, from its first one on.
std::int64_t reach(const StoredTensor& stored)
{
    std::int64_t last = 0;
    for (std::size_t i = 0; i < stored.shape.size(); ++i)
        last += (stored.shape[i] - 1) * stored.strides[i];
    return stored.elements() == 0 ? 0 : last + 1;
}

torch::Tensor readStrided(const StoredTensor& stored)
{
    const torch::Tensor values = torch::empty({ reach(stored) }, stored.type);
    stored.file->readAt(stored.begin, bytesOf(values));
    if (stored.elements() == 0)
        return torch::empty(stored.shape, stored.type);
    return values.as_strided(stored.shape, stored.strides).contiguous();
}

} // namespace

std::span<std::byte> bytesOf(const torch::Tensor& tensor)
{
    return { static_cast<std::byte*>(tensor.data_ptr()), tensor.nbytes() };
}

std::vector<std::string> TensorSource::names() const
{
    std::vector<std::string> names;
    names.reserve(m_tensors.size());
    for (const auto& [name, tensor] : m_tensors)
        names.push_back(name);
    return names;
}

const StoredTensor& TensorSource::at(const std::string& name) const
{
    const auto found = m_tensors.find(name);
    if (found == m_tensors.end())
        throw Failure(ErrorCode::ModelMismatch,
                      m_path.string() + " has no tensor " + name
                          + ": use the weights that belong to this model.");
    return found->second;
}

torch::Tensor TensorSource::read(const std::string& name) const
{
    const StoredTensor& stored = at(name);
    if (!stored.strides.empty())
        return readStrided(stored);
    torch::Tensor values = torch::empty(stored.shape, stored.type);
    stored.file->readAt(stored.begin, bytesOf(values));
    return values;
}

void TensorSource::readInto(const std::string& name, const torch::Tensor& target,
                            bool checkFinite) const
{
    const torch::NoGradGuard noGrad;
    const StoredTensor& stored = at(name);
    TORCH_CHECK(target.is_contiguous() && target.numel() == stored.elements());
    const torch::Tensor flat = target.view({ -1 });
    const torch::Tensor whole
        = stored.strides.empty() ? torch::Tensor() : readStrided(stored).view({ -1 });
    const bool direct = target.is_cpu() && target.scalar_type() == stored.type;
    const std::int64_t width = static_cast<std::int64_t>(c10::elementSize(stored.type));
    const std::int64_t step = pieceBytes / width;
    torch::Tensor staging;
    for (std::int64_t begin = 0; begin < flat.numel(); begin += step) {
        const std::int64_t count = std::min(step, flat.numel() - begin);
        const torch::Tensor goal = flat.narrow(0, begin, count);
        if (!direct && !staging.defined())
            staging = torch::empty({ count }, stored.type);
        const torch::Tensor piece = direct ? goal : staging.narrow(0, 0, count);
        if (whole.defined())
            piece.copy_(whole.narrow(0, begin, count));
        else
            stored.file->readAt(stored.begin + static_cast<std::uint64_t>(begin * width),
                                bytesOf(piece));
        const torch::Tensor converted = piece.to(target.scalar_type());
        if (checkFinite)
            requireFinite(piece, converted, name, stored);
        if (!direct)
            goal.copy_(converted);
    }
}

void TensorSource::add(std::string name, StoredTensor tensor)
{
    m_tensors.insert_or_assign(std::move(name), std::move(tensor));
}

TensorSource
TensorSource::renamed(const std::function<std::string(const std::string&)>& rename) const
{
    TensorSource result(m_path);
    for (const auto& [name, tensor] : m_tensors) {
        if (std::string other = rename(name); !other.empty())
            result.add(std::move(other), tensor);
    }
    return result;
}

void TensorSource::overlay(const TensorSource& upper)
{
    for (const auto& [name, tensor] : upper.m_tensors)
        add(name, tensor);
}

} // namespace adtailor
