// ModelStore: the models of this computer: what is there, what is missing, whether it is unchanged.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adtailor/error.h>
#include <adtailor/job.h>

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace adtailor {

enum class ModelKind {
    Complete, // reads a history and the product's outline, as the paper's network does
    Base, // a Janus: titles and pictures, without history and product control
    Adapter, // LoRA, to be used on top of another model
};

enum class WeightPart {
    LanguageModel,
    PictureCodec,
    PictureTokens,
    ProductControl,
    History,
    Other
};
inline constexpr std::size_t weightPartCount = 6;

// The sizes that decide how much memory a run takes.
struct ModelSizes
{
    std::int64_t layers = 0, keyValueHeads = 0, headDim = 0, vocabulary = 0, hiddenSize = 0;
    std::int64_t imageSize = 0; // pixels
    std::int64_t imageTokens = 0;
    std::int64_t historyTokens = 0; // places that a full history takes up in the prompt
    std::int64_t codecChannels = 0; // at the full size of the picture
};

struct ModelDescription
{
    std::filesystem::path folder;
    std::string name;
    ModelKind kind = ModelKind::Complete;
    std::string layout; // "AdTailor", "Janus (DeepSeek)", "Janus (transformers)", "PEFT"
    std::string quality; // "demo" is shown wherever the model's output is shown
    std::string licence; // one line; empty: the folder does not say
    std::string dtype; // of the weights, largest share first: "BF16", "BF16, F32"
    std::uint64_t weightBytes = 0, fileBytes = 0;
    std::int64_t parameters = 0;
    std::array<std::uint64_t, weightPartCount> partBytes{}; // by WeightPart
    std::vector<std::string> missing; // one sentence each; empty: nothing is known to be missing
    ModelSizes sizes;
    std::string base; // of an adapter: what it was made for
    std::int64_t rank = 0;
    bool bundled = false; // came with the program, cannot be removed
    bool imported = false; // its files are in the store
};

// What a check of the files found; names are relative to the model's folder.
struct ModelCheck
{
    bool first = false; // there was no manifest: one was made
    std::int64_t time = 0; // of the check, seconds since 1970
    std::size_t files = 0, hashed = 0; // hashed < files: the others were unchanged by size and time
    std::vector<std::string> changed, missing, added;
    bool isIntact() const { return changed.empty() && missing.empty(); }
};

enum class CheckDepth {
    Quick, // reads only files whose size or time is another than in the manifest
    Full, // reads every byte
};

// Models live in one folder of the user's data; folders that the user points to are listed beside
// them. No state is kept in memory: two programs may use the same store. Safe on any thread.
class ModelStore
{
public:
    // home: modelHome(). bundled: the model that comes with the program; may be empty.
    ModelStore(std::filesystem::path home, std::filesystem::path bundled);

    // $ADTAILOR_MODELS, or adtailor/models in the user's data folder (XDG).
    static std::filesystem::path modelHome();

    // The bundled one, the store's, then those of the added folders; by name within each.
    // A broken model is listed too and says what is wrong.
    Result<std::vector<ModelDescription>> list() const;
    // A name from the list, or a path.
    Result<ModelDescription> find(const std::string& nameOrPath) const;

    // Copies a model into the store; its manifest is made on the way. A stopped import goes on
    // where it was. name empty: the folder's. The description is that of the copy.
    Result<ModelDescription> import(const std::filesystem::path& source, const std::string& name,
                                    const JobControl& job = {}) const;
    // Lists a model, or all models of a folder, where they are.
    Result<void> addFolder(const std::filesystem::path& folder) const;
    Result<std::vector<std::filesystem::path>> folders() const;

    // Deletes an imported model; takes a folder that was added out of the list, with its files
    // left alone. Answers whether files were deleted.
    Result<bool> remove(const std::string& nameOrPath) const;

    // Progress counts bytes. Stopped: what was hashed so far is kept.
    Result<ModelCheck> check(const ModelDescription& model, CheckDepth depth,
                             const JobControl& job = {}) const;
    // The last check: when, and whether sizes and times are still those; reads no contents.
    Result<ModelCheck> lastCheck(const ModelDescription& model) const;

private:
    std::filesystem::path m_home;
    std::filesystem::path m_bundled;
};

} // namespace adtailor
