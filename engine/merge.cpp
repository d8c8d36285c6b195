// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/atomic_file.h"
#include "core/atomic_folder.h"
#include "core/failure.h"
#include "engine_error.h"
#include "engine_model.h"
#include "weights/safetensors.h"
#include "weights/state_dict.h"

#include <adtailor/merge.h>

#include <nlohmann/json.hpp>

namespace adtailor {

namespace {

namespace fs = std::filesystem;

torch::ScalarType storedType(const ModelSource& source)
{
    return source.tensors.dtype("language_model.model.norm.weight");
}

void copyIfThere(const fs::path& file, const fs::path& folder)
{
    if (fs::is_regular_file(file))
        fs::copy_file(file, folder / file.filename(), fs::copy_options::overwrite_existing);
}

// What belongs to a model beside its weights.
void copyCompanions(const ModelSource& source, const std::vector<ModelPart>& parts,
                    const fs::path& folder)
{
    for (const char* name : { "tokenizer.json", "instruction.txt", "LICENSE", "LICENSE.txt",
                              "LICENSE.md", "LICENSE-MODEL", "LICENSE-CODE", "NOTICE" })
        copyIfThere(source.folder / name, folder);
    for (const ModelPart& part : parts)
        copyIfThere(fs::path(part.path) / "lineage.json", folder); // the last one holds
}

void merge(const fs::path& base, const std::vector<ModelPart>& parts, const fs::path& target,
           std::optional<Precision> precision, const JobControl& job)
{
    if (fs::exists(target))
        throw Failure(ErrorCode::InvalidInput,
                      target.string() + " exists already; name a new folder for the model.");
    const ModelSource source = openModel(base, { .parts = parts });
    if (const std::string text = source.mismatch(); !text.empty())
        throw Failure(ErrorCode::ModelMismatch, text);
    UniAdGen network = loadModel(source, precision ? scalarType(*precision) : storedType(source),
                                 torch::kCPU, job);
    writeFolderAtomically(target, [&](const fs::path& folder) {
        copyCompanions(source, parts, folder);
        writeSafetensors(folder / "model.safetensors", stateDict(*network), { { "format", "pt" } });
        writeFileAtomically(folder / "config.json", toJson(network->config).dump(1));
    });
}

} // namespace

Result<void> mergeModel(const fs::path& base, const std::vector<ModelPart>& parts,
                        const fs::path& target, std::optional<Precision> precision,
                        const JobControl& job)
{
    return guarded([&] { merge(base, parts, target, precision, job); }, engineError);
}

} // namespace adtailor
