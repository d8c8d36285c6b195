// Bert: the text encoder behind PSS (Devlin et al. 2019), as sentence-transformers models ship it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <torch/nn/modules/container/modulelist.h>
#include <torch/nn/modules/embedding.h>
#include <torch/nn/modules/normalization.h>
#include <torch/nn/pimpl.h>

#include <cstdint>
#include <string>

namespace adtailor {

struct BertConfig
{
    std::int64_t hiddenSize = 768;
    std::int64_t layers = 12;
    std::int64_t heads = 12;
    std::int64_t feedForwardSize = 3072;
    std::int64_t vocabularySize = 21128;
    std::int64_t positions = 512;
    std::int64_t tokenTypes = 2; // 0: no table of them
    double layerNormEps = 1e-12;
    std::int64_t pictureWidth = 0; // of what cross-attention reads (BLIP); 0: there is none
};

// Of a Hugging Face config.json. FileCorrupt when a value is missing or beyond any sane size,
// ModelMismatch for another kind of model. file: named in the sentences.
BertConfig parseBertConfig(const nlohmann::json& json, const std::string& file);

struct BertImpl : torch::nn::Module
{
    explicit BertImpl(const BertConfig& config);
    // ids: int64 [B, T], T <= positions; real: bool [B, T], false for padding; picture: [B, P,
    // pictureWidth], with cross-attention only -> [B, T, hidden]
    torch::Tensor forward(const torch::Tensor& ids, const torch::Tensor& real,
                          const torch::Tensor& picture = {});

private:
    torch::nn::Embedding m_words{ nullptr }, m_positions{ nullptr }, m_types{ nullptr };
    torch::nn::LayerNorm m_norm{ nullptr };
    torch::nn::ModuleList m_layers;
};
TORCH_MODULE(Bert);

} // namespace adtailor
