// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/model_inspector.h"

#include "core/failure.h"
#include "core/input_file.h"
#include "core/safetensors_header.h"
#include "core/strict_json.h"
#include "models/config.h"
#include "models/janus_config.h"
#include "models/janus_names.h"
#include "models/licence_line.h"
#include "store/model_folder.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace adtailor {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

constexpr std::size_t shownShards = 3;

class Inspector
{
public:
    explicit Inspector(const fs::path& folder) { m_found.folder = folder; }

    ModelDescription inspect()
    {
        m_found.name = m_found.folder.filename().string();
        noteProblem([this] {
            for (ModelFile& file : modelFiles(m_found.folder)) {
                m_found.fileBytes += file.bytes;
                m_names.insert(file.name);
            }
        });
        noteProblem([this] { m_found.licence = licenceLine(m_found.folder); });
        noteProblem([this] { has("adapter_config.json") ? readAdapter() : readConfig(); });
        noteProblem([this] { readWeights(); });
        if (m_found.kind != ModelKind::Adapter && !has("tokenizer.json"))
            m_found.missing.push_back("tokenizer.json is not there.");
        return std::move(m_found);
    }

private:
    template<typename Work> void noteProblem(Work&& work)
    {
        if (const auto done = guarded(work); !done)
            m_found.missing.push_back(done.error().detail);
    }

    bool has(const std::string& name) const { return m_names.contains(name); }

    json readJson(const char* name) const
    {
        return readJsonFile(m_found.folder / name, limits::jsonFileBytes);
    }

    void readConfig()
    {
        if (!has("config.json"))
            throw Failure(ErrorCode::FileNotFound, "config.json is not there.");
        const json file = readJson("config.json");
        const ModelLayout layout = layoutOf(file);
        const bool janus = layout != ModelLayout::AdTailor;
        m_found.kind = janus ? ModelKind::Base : ModelKind::Complete;
        constexpr std::array names{ "AdTailor", "Janus (DeepSeek)", "Janus (transformers)" };
        m_found.layout = names[static_cast<std::size_t>(layout)];
        const UniAdGenConfig config = janus ? parseJanusConfig(file) : parseUniAdGenConfig(file);
        if (!janus && !config.name.empty())
            m_found.name = config.name;
        m_found.quality = config.quality;
        m_found.sizes = { .layers = config.language.layers,
                          .keyValueHeads = config.language.keyValueHeads,
                          .headDim = config.language.headDim(),
                          .vocabulary = config.language.vocabularySize,
                          .hiddenSize = config.language.hiddenSize,
                          .imageSize = config.imageSize,
                          .imageTokens = config.imageTokens(),
                          .codecChannels = config.vq.baseChannels };
        if (const auto& history = config.preference)
            m_found.sizes.historyTokens = history->historyLength
                * (history->imageTokens() + history->titleTokens + 4); // each with two brackets
    }

    void readAdapter()
    {
        m_found.kind = ModelKind::Adapter;
        m_found.layout = "PEFT";
        const json file = readJson("adapter_config.json");
        const auto text = [&](const char* key) {
            const auto value = file.is_object() ? file.find(key) : file.end();
            return file.is_object() && value != file.end() && value->is_string()
                ? value->get<std::string>()
                : std::string();
        };
        if (text("peft_type") != "LORA")
            m_found.missing.push_back("Only LoRA adapters can be used; this one is \""
                                      + text("peft_type").substr(0, 40) + "\".");
        m_found.base = text("base_model_name_or_path").substr(0, 200);
        if (file.is_object() && file.contains("r") && file["r"].is_number_integer())
            m_found.rank = file["r"].get<std::int64_t>();
    }

    std::vector<std::string> weightFiles() const
    {
        std::vector<std::string> found;
        for (const char* ending : { ".safetensors", ".pth", ".bin", ".pt" }) {
            for (const std::string& name : m_names)
                if (name.ends_with(ending) && name.find('/') == std::string::npos)
                    found.push_back(name);
            if (!found.empty())
                break; // the same weights are often there twice; the safe form wins
        }
        return found;
    }

    void readWeights()
    {
        const std::vector<std::string> files = weightFiles();
        if (files.empty())
            throw Failure(ErrorCode::FileNotFound, "There are no weights.");
        for (const std::string& name : files) {
            const InputFile file(m_found.folder / name);
            m_found.weightBytes += file.size();
            if (!name.ends_with(".safetensors"))
                m_types["PyTorch"] += file.size();
            else
                noteProblem([&] {
                    std::uint64_t dataBegin = 0;
                    addTensors(readSafetensorsHeader(file, dataBegin));
                });
        }
        nameTypes();
        checkShards("model.safetensors.index.json");
    }

    void addTensors(const SafetensorsHeader& header)
    {
        for (const TensorEntry& tensor : header.tensors) {
            const std::uint64_t bytes = tensor.end - tensor.begin;
            m_types[std::string(tensorTypeName(tensor.type))] += bytes;
            m_found.parameters += static_cast<std::int64_t>(bytes / elementBytes(tensor.type));
            m_found.partBytes[static_cast<std::size_t>(partOf(tensor.name))] += bytes;
        }
    }

    static WeightPart partOf(const std::string& published)
    {
        const std::string name = fromJanusName(published);
        const auto begins = [&](const char* prefix) { return name.starts_with(prefix); };
        if (begins("language_model.model.adapter") || begins("language_model.model.condition_"))
            return WeightPart::ProductControl;
        if (begins("language_model."))
            return WeightPart::LanguageModel;
        if (begins(vqPrefix))
            return WeightPart::PictureCodec;
        if (begins("gen_"))
            return WeightPart::PictureTokens;
        if (begins("dual_modality_fusion_encoder.") || begins("visual_mask_generator.")
            || begins("text_mask_generator."))
            return WeightPart::History;
        return WeightPart::Other;
    }

    void nameTypes()
    {
        std::vector<std::pair<std::uint64_t, std::string>> types;
        for (const auto& [name, bytes] : m_types)
            types.emplace_back(bytes, name);
        std::sort(types.rbegin(), types.rend());
        for (const auto& [bytes, name] : types)
            m_found.dtype += (m_found.dtype.empty() ? "" : ", ") + name;
    }

    void checkShards(const char* index)
    {
        if (!has(index))
            return;
        const json file = readJson(index);
        if (!file.is_object() || !file.contains("weight_map") || !file["weight_map"].is_object())
            throw Failure(ErrorCode::FileCorrupt, std::string(index) + " has no weight_map.");
        std::set<std::string> absent;
        for (const auto& [tensor, shard] : file["weight_map"].items())
            if (!shard.is_string() || !has(shard.get<std::string>()))
                absent.insert(shard.is_string() ? shard.get<std::string>() : tensor);
        if (absent.empty())
            return;
        std::string names;
        for (auto name = absent.begin(); name != absent.end(); ++name) {
            if (std::distance(absent.begin(), name) == shownShards)
                break;
            names += (names.empty() ? "" : ", ") + name->substr(0, 80);
        }
        m_found.missing.push_back(std::to_string(absent.size())
                                  + " of the files that the index names are not there: " + names
                                  + (absent.size() > shownShards ? ", …." : "."));
    }

    ModelDescription m_found;
    std::set<std::string> m_names;
    std::map<std::string, std::uint64_t> m_types; // bytes by dtype
};

} // namespace

ModelDescription inspectModel(const fs::path& folder)
{
    return Inspector(folder).inspect();
}

} // namespace adtailor
