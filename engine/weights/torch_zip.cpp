// SPDX-License-Identifier: GPL-3.0-or-later
#include "weights/torch_zip.h"

#include "core/bounded_read.h"
#include "core/failure.h"
#include "core/limits.h"
#include "core/stored_zip.h"
#include "core/tensor_pickle.h"

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_map>

namespace adtailor {

namespace {

using Entries = std::unordered_map<std::string, ZipEntry>;

constexpr std::array storageTypes = {
    std::pair{ "FloatStorage", torch::kFloat },       std::pair{ "HalfStorage", torch::kHalf },
    std::pair{ "BFloat16Storage", torch::kBFloat16 }, std::pair{ "DoubleStorage", torch::kDouble },
    std::pair{ "LongStorage", torch::kLong },         std::pair{ "IntStorage", torch::kInt },
    std::pair{ "ShortStorage", torch::kShort },       std::pair{ "CharStorage", torch::kChar },
    std::pair{ "ByteStorage", torch::kByte },         std::pair{ "BoolStorage", torch::kBool },
};

[[noreturn]] void reject(const InputFile& file, const std::string& reason)
{
    throw Failure(ErrorCode::FileCorrupt, file.path().string() + " cannot be used: " + reason);
}

std::vector<std::byte> content(const InputFile& file, const ZipEntry& entry)
{
    if (entry.size > limits::pickleBytes)
        reject(file, "its " + entry.name + " is larger than any list of tensors.");
    std::vector<std::byte> bytes(entry.size);
    file.readAt(entry.begin, bytes);
    return bytes;
}

// torch.save puts everything into one folder, named after the file.
std::string rootOf(const InputFile& file, const Entries& entries)
{
    std::string root;
    int found = 0;
    for (const auto& [name, entry] : entries) {
        const auto slash = name.find('/');
        if (slash != std::string::npos && name.substr(slash) == "/data.pkl") {
            root = name.substr(0, slash + 1);
            ++found;
        }
    }
    if (found != 1)
        reject(file, "it is a zip archive, but not one that torch.save wrote (no data.pkl).");
    return root;
}

void requireLittleEndian(const InputFile& file, const Entries& entries, const std::string& root)
{
    const auto found = entries.find(root + "byteorder"); // older files have none
    if (found == entries.end())
        return;
    const auto bytes = content(file, found->second);
    if (std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size()) != "little")
        reject(file, "its numbers are stored in big-endian order: save it on a usual machine.");
}

bool isRowMajor(const PickledTensor& tensor)
{
    std::int64_t expected = 1;
    for (std::size_t i = tensor.shape.size(); i-- > 0;) {
        if (tensor.shape[i] != 1 && tensor.strides[i] != expected)
            return false;
        expected *= tensor.shape[i];
    }
    return true;
}

// Elements between the tensor's first and behind its last one; nullopt when the sum wraps.
std::optional<std::uint64_t> reach(const PickledTensor& tensor)
{
    std::optional<std::uint64_t> last = 0;
    for (std::size_t i = 0; i < tensor.shape.size(); ++i) {
        if (tensor.shape[i] == 0)
            return 0;
        const auto along = checkedMultiply(static_cast<std::uint64_t>(tensor.shape[i] - 1),
                                           static_cast<std::uint64_t>(tensor.strides[i]));
        last = along ? checkedAdd(*last, *along) : std::nullopt;
        if (!last)
            return std::nullopt;
    }
    return *last + 1;
}

// A view may repeat its elements (stride 0), so the product of a shape needs its own bound.
bool shapeIsSane(const PickledTensor& tensor)
{
    std::optional<std::uint64_t> count = 1;
    for (const std::int64_t extent : tensor.shape) {
        count = checkedMultiply(*count, static_cast<std::uint64_t>(extent));
        if (!count)
            return false;
    }
    return *count <= static_cast<std::uint64_t>(tensor.storageElements);
}

StoredTensor place(const std::shared_ptr<const InputFile>& file, const Entries& entries,
                   const std::string& root, const PickledTensor& tensor)
{
    const auto type = std::ranges::find(storageTypes, tensor.storageType,
                                        [](const auto& row) { return row.first; });
    if (type == storageTypes.end())
        reject(*file,
               "tensor " + tensor.name + " has the unknown type " + tensor.storageType + '.');
    const auto storage = entries.find(root + "data/" + tensor.storageKey);
    if (storage == entries.end())
        reject(*file, "the data of tensor " + tensor.name + " is missing: download it again.");
    const std::uint64_t width = c10::elementSize(type->second);
    const auto bytes = checkedMultiply(static_cast<std::uint64_t>(tensor.storageElements), width);
    if (!bytes || *bytes != storage->second.size)
        reject(*file,
               "the data of tensor " + tensor.name + " has another size than the file says.");
    const auto length = reach(tensor);
    const auto end
        = length ? checkedAdd(*length, static_cast<std::uint64_t>(tensor.offset)) : std::nullopt;
    if (!shapeIsSane(tensor) || !end || *end > static_cast<std::uint64_t>(tensor.storageElements))
        reject(*file, "tensor " + tensor.name + " reaches beyond its data.");
    return { .file = file,
             .begin = storage->second.begin + static_cast<std::uint64_t>(tensor.offset) * width,
             .type = type->second,
             .shape = tensor.shape,
             .strides = isRowMajor(tensor) ? std::vector<std::int64_t>() : tensor.strides };
}

} // namespace

bool isTorchZip(const InputFile& file)
{
    std::array<std::byte, 4> head{};
    if (file.size() < head.size())
        return false;
    file.readAt(0, head);
    constexpr std::array mark
        = { std::byte{ 'P' }, std::byte{ 'K' }, std::byte{ 3 }, std::byte{ 4 } };
    return head == mark;
}

TensorSource openTorchZip(std::shared_ptr<const InputFile> file)
{
    Entries entries;
    for (ZipEntry& entry : readStoredZip(*file)) {
        std::string name = entry.name;
        entries.emplace(std::move(name), std::move(entry));
    }
    const std::string root = rootOf(*file, entries);
    requireLittleEndian(*file, entries, root);
    const auto pickle = content(*file, entries.at(root + "data.pkl"));
    TensorSource source(file->path());
    for (const PickledTensor& tensor : readTensorPickle(pickle, file->path().string()))
        source.add(tensor.name, place(file, entries, root, tensor));
    if (source.tensors().empty())
        reject(*file, "it holds no tensors with names.");
    return source;
}

} // namespace adtailor
