// SPDX-License-Identifier: GPL-3.0-or-later
#include "preference/sentence_encoder.h"

#include "core/failure.h"
#include "core/hub_cache.h"
#include "core/strict_json.h"
#include "weights/checkpoint_files.h"
#include "weights/deferred_init.h"
#include "weights/state_dict.h"

#include <c10/core/InferenceMode.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

namespace adtailor {

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::size_t batchSize = 32; // titles
constexpr std::size_t rememberedTexts = 20'000; // then all are forgotten

json readObject(const fs::path& file)
{
    json config = readJsonFile(file, limits::jsonStringBytes);
    if (!config.is_object())
        throw Failure(ErrorCode::FileCorrupt,
                      file.string() + " is not an object. Get the file again.");
    return config;
}

// sentence-transformers' files may be missing: a plain BERT model is pooled by its mean.
json readOptionalConfig(const fs::path& file)
{
    return fs::is_regular_file(file) ? readObject(file) : json::object();
}

void requireMeanPooling(const fs::path& file)
{
    const json config = readOptionalConfig(file);
    for (const auto& [key, value] : config.items()) {
        if (key.starts_with("pooling_mode_") && value != (key == "pooling_mode_mean_tokens"))
            throw Failure(ErrorCode::ModelMismatch,
                          file.string()
                              + " asks for another pooling than the mean of all tokens, which is "
                                "not supported: use a model such as all-MiniLM-L6-v2.");
    }
}

std::size_t longestSentence(const fs::path& folder, const BertConfig& config)
{
    const fs::path file = folder / "sentence_bert_config.json";
    const json limit = readOptionalConfig(file).value("max_seq_length", json());
    const auto positions = static_cast<std::size_t>(config.positions);
    if (limit.is_null())
        return positions;
    if (!limit.is_number_unsigned() || limit.get<std::uint64_t>() < 3)
        throw Failure(ErrorCode::FileCorrupt,
                      file.string()
                          + ": \"max_seq_length\" is not a whole number above 2. Get the "
                            "file again.");
    return std::min<std::size_t>(limit.get<std::size_t>(), positions);
}

bool hasNormalizeModule(const fs::path& folder)
{
    const fs::path file = folder / "modules.json";
    const json modules
        = fs::is_regular_file(file) ? readJsonFile(file, limits::jsonStringBytes) : json::array();
    for (const json& module : modules) {
        const json type = module.is_object() ? module.value("type", json()) : json();
        if (type.is_string() && type.get<std::string>().ends_with(".Normalize"))
            return true;
    }
    return false;
}

Bert buildWithoutMemory(const BertConfig& config)
{
    const DeferredInit deferred;
    return Bert(config);
}

// Names stand with or without "bert." in front; heads that belong to training are left aside.
Bert loadBert(const BertConfig& config, const fs::path& folder, torch::Device device,
              const JobControl& job)
{
    Bert network = buildWithoutMemory(config);
    const TensorSource file = openCheckpoint(folder).tensors;
    StateDictRules rules;
    rules.prefix = file.contains("bert.embeddings.word_embeddings.weight") ? "bert." : "";
    for (const char* part : { "pooler.", "embeddings.position_ids" })
        rules.ignored.push_back(rules.prefix + part);
    rules.ignored.emplace_back("cls.");
    if (file.contains(rules.prefix + "embeddings.LayerNorm.gamma")) { // names of 2018
        rules.rename = [](std::string name) {
            const auto replace = [&](std::string_view from, std::string_view to) {
                if (name.ends_with(from))
                    name.replace(name.size() - from.size(), from.size(), to);
            };
            replace("LayerNorm.weight", "LayerNorm.gamma");
            replace("LayerNorm.bias", "LayerNorm.beta");
            return name;
        };
    }
    rules.place
        = [&](const std::string&) { return torch::TensorOptions(device).dtype(torch::kFloat32); };
    loadStateDict(*network, file, rules, job);
    network->eval();
    return network;
}

fs::path checkedFolder(const fs::path& folder)
{
    if (!fs::is_directory(folder))
        throw Failure(ErrorCode::FileNotFound,
                      "There is no sentence encoder " + folder.string()
                          + "; install one with ./dev encoder, or choose a folder with --encoder.");
    return folder;
}

} // namespace

SentenceEncoder::SentenceEncoder(const fs::path& path, torch::Device device, const JobControl& job)
    : m_folder(checkpointFolder(checkedFolder(path)))
    , m_name(fs::path(hubName(path)).filename())
    , m_config(parseBertConfig(readObject(m_folder / "config.json"),
                               (m_folder / "config.json").string()))
    , m_tokenizer(WordPieceTokenizer::load(m_folder))
    , m_device(device)
    , m_longestSentence(longestSentence(m_folder, m_config))
    , m_normalizes(hasNormalizeModule(m_folder))
{
    requireMeanPooling(m_folder / "1_Pooling" / "config.json");
    if (m_tokenizer.vocabularySize() > static_cast<std::size_t>(m_config.vocabularySize))
        throw Failure(ErrorCode::ModelMismatch,
                      "The tokenizer of " + m_folder.string()
                          + " has more tokens than its model: use files that belong together.");
    m_network = loadBert(m_config, m_folder, device, job);
}

torch::Tensor SentenceEncoder::embed(const std::vector<std::string>& texts)
{
    const c10::InferenceMode inference;
    if (m_known.size() + texts.size() > rememberedTexts)
        m_known.clear();
    std::set<std::string> unknown;
    for (const std::string& text : texts) {
        if (!m_known.contains(text))
            unknown.insert(text);
    }
    const std::vector<std::string> fresh(unknown.begin(), unknown.end());
    for (std::size_t start = 0; start < fresh.size(); start += batchSize) {
        const auto end = std::min(start + batchSize, fresh.size());
        const std::vector<std::string> batch(fresh.begin() + static_cast<std::ptrdiff_t>(start),
                                             fresh.begin() + static_cast<std::ptrdiff_t>(end));
        const auto vectors = embedBatch(batch);
        for (std::size_t i = 0; i < batch.size(); ++i)
            m_known.emplace(batch[i], vectors[static_cast<std::int64_t>(i)]);
    }
    std::vector<torch::Tensor> rows;
    rows.reserve(texts.size());
    for (const std::string& text : texts)
        rows.push_back(m_known.find(text)->second);
    return rows.empty() ? torch::empty({ 0, m_config.hiddenSize }) : torch::stack(rows);
}

torch::Tensor SentenceEncoder::embedBatch(const std::vector<std::string>& texts)
{
    std::vector<std::vector<std::int32_t>> sentences;
    std::size_t longest = 0;
    for (const std::string& text : texts) {
        sentences.push_back(m_tokenizer.encodeSentence(text, m_longestSentence));
        longest = std::max(longest, sentences.back().size());
    }
    const auto count = static_cast<std::int64_t>(texts.size());
    auto ids = torch::zeros({ count, static_cast<std::int64_t>(longest) }, torch::kInt64);
    auto real = torch::zeros_like(ids, torch::kBool);
    for (std::int64_t row = 0; row < count; ++row) {
        const auto& sentence = sentences[static_cast<std::size_t>(row)];
        const auto length = static_cast<std::int64_t>(sentence.size());
        ids[row].narrow(0, 0, length).copy_(torch::tensor(sentence, torch::kInt64));
        real[row].narrow(0, 0, length).fill_(true);
    }
    real = real.to(m_device);
    const auto tokens = m_network(ids.to(m_device), real);
    const auto weights = real.unsqueeze(-1).to(tokens.scalar_type());
    auto vectors = (tokens * weights).sum(1) / weights.sum(1).clamp_min(1e-9);
    if (m_normalizes)
        vectors = vectors / vectors.norm(2, { 1 }, true).clamp_min(1e-12);
    return vectors.to(torch::kCPU);
}

double SentenceEncoder::unknownShare(const std::vector<std::string>& texts) const
{
    std::size_t all = 0, unknown = 0;
    for (const std::string& text : texts) {
        const auto ids = m_tokenizer.encode(text);
        all += ids.size();
        unknown += static_cast<std::size_t>(
            std::count(ids.begin(), ids.end(), m_tokenizer.unknownId()));
    }
    return all > 0 ? static_cast<double>(unknown) / static_cast<double>(all) : 0;
}

} // namespace adtailor
