// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/bert.h"

#include "core/failure.h"
#include "nn/group.h"
#include "nn/multi_head.h"

#include <nlohmann/json.hpp>
#include <torch/nn/modules/linear.h>

namespace adtailor {

namespace {

using nlohmann::json;

template<typename Child>
Child child(torch::nn::Module& parent, const std::string& name, Child module)
{
    return parent.register_module(name, std::move(module));
}

// Attention to `keyWidth` wide tokens, added to the input and normalised.
struct BertAttentionImpl : torch::nn::Module
{
    BertAttentionImpl(const BertConfig& c, std::int64_t keyWidth)
        : heads(c.heads)
    {
        const std::int64_t width = c.hiddenSize;
        auto self = group(*this, "self");
        query = child(*self, "query", torch::nn::Linear(width, width));
        key = child(*self, "key", torch::nn::Linear(keyWidth, width));
        value = child(*self, "value", torch::nn::Linear(keyWidth, width));
        auto output = group(*this, "output");
        dense = child(*output, "dense", torch::nn::Linear(width, width));
        norm = child(*output, "LayerNorm", layerNorm(width, c.layerNormEps));
    }

    torch::Tensor forward(const torch::Tensor& x, const torch::Tensor& seen,
                          const std::optional<torch::Tensor>& mask)
    {
        return norm(x + dense(multiHeadAttention(query(x), key(seen), value(seen), heads, mask)));
    }

    std::int64_t heads;
    torch::nn::Linear query{ nullptr }, key{ nullptr }, value{ nullptr }, dense{ nullptr };
    torch::nn::LayerNorm norm{ nullptr };
};
TORCH_MODULE(BertAttention);

// Post-norm transformer block with the checkpoint's names. x: [B, T, hidden] -> the same
struct BertLayerImpl : torch::nn::Module
{
    explicit BertLayerImpl(const BertConfig& c)
    {
        const std::int64_t width = c.hiddenSize;
        own = child(*this, "attention", BertAttention(c, width));
        if (c.pictureWidth > 0)
            cross = child(*this, "crossattention", BertAttention(c, c.pictureWidth));
        wide = child(*group(*this, "intermediate"), "dense",
                     torch::nn::Linear(width, c.feedForwardSize));
        auto output = group(*this, "output");
        narrow = child(*output, "dense", torch::nn::Linear(c.feedForwardSize, width));
        outputNorm = child(*output, "LayerNorm", layerNorm(c.hiddenSize, c.layerNormEps));
    }

    // mask: bool [B, 1, 1, T]; picture: [B, P, pictureWidth]
    torch::Tensor forward(const torch::Tensor& x, const torch::Tensor& mask,
                          const torch::Tensor& picture)
    {
        auto h = own->forward(x, x, mask);
        if (cross)
            h = cross->forward(h, picture, std::nullopt);
        return outputNorm(h + narrow(torch::gelu(wide(h))));
    }

    BertAttention own{ nullptr }, cross{ nullptr }; // cross: may be null
    torch::nn::Linear wide{ nullptr }, narrow{ nullptr };
    torch::nn::LayerNorm outputNorm{ nullptr };
};
TORCH_MODULE(BertLayer);

std::int64_t size(const json& config, const char* key, std::int64_t most, const std::string& file)
{
    const auto found = config.find(key);
    if (found == config.end() || !found->is_number_unsigned()
        || found->get<std::uint64_t>() - 1 >= static_cast<std::uint64_t>(most))
        throw Failure(ErrorCode::FileCorrupt,
                      file + ": \"" + key + "\" is not a whole number from 1 to "
                          + std::to_string(most) + ". Get the file again.");
    return found->get<std::int64_t>();
}

void requireText(const json& config, const char* key, const std::string& value, bool mayLack,
                 const std::string& file)
{
    const auto found = config.find(key);
    if (found == config.end() ? !mayLack : *found != value)
        throw Failure(ErrorCode::ModelMismatch,
                      file + ": \"" + key + "\" is not \"" + value
                          + "\"; only BERT sentence encoders such as text2vec-base-chinese or "
                            "all-MiniLM-L6-v2 can be used.");
}

} // namespace

BertConfig parseBertConfig(const json& config, const std::string& file)
{
    if (!config.is_object())
        throw Failure(ErrorCode::FileCorrupt, file + " is not an object. Get the file again.");
    requireText(config, "model_type", "bert", false, file);
    requireText(config, "hidden_act", "gelu", true, file);
    requireText(config, "position_embedding_type", "absolute", true, file);
    BertConfig result;
    result.hiddenSize = size(config, "hidden_size", 8192, file);
    result.layers = size(config, "num_hidden_layers", 128, file);
    result.heads = size(config, "num_attention_heads", 128, file);
    result.feedForwardSize = size(config, "intermediate_size", 65536, file);
    result.vocabularySize = size(config, "vocab_size", 1'000'000, file);
    result.positions = size(config, "max_position_embeddings", 65536, file);
    result.tokenTypes = size(config, "type_vocab_size", 64, file);
    const auto eps = config.find("layer_norm_eps");
    if (eps != config.end() && eps->is_number())
        result.layerNormEps = eps->get<double>();
    if (result.hiddenSize % result.heads != 0)
        throw Failure(ErrorCode::FileCorrupt,
                      file
                          + ": \"hidden_size\" is not a multiple of \"num_attention_heads\". Get "
                            "the file again.");
    return result;
}

BertImpl::BertImpl(const BertConfig& c)
{
    auto embeddings = group(*this, "embeddings");
    m_words = child(*embeddings, "word_embeddings",
                    torch::nn::Embedding(c.vocabularySize, c.hiddenSize));
    m_positions = child(*embeddings, "position_embeddings",
                        torch::nn::Embedding(c.positions, c.hiddenSize));
    if (c.tokenTypes > 0)
        m_types = child(*embeddings, "token_type_embeddings",
                        torch::nn::Embedding(c.tokenTypes, c.hiddenSize));
    m_norm = child(*embeddings, "LayerNorm", layerNorm(c.hiddenSize, c.layerNormEps));
    m_layers = child(*group(*this, "encoder"), "layer", torch::nn::ModuleList());
    for (std::int64_t i = 0; i < c.layers; ++i)
        m_layers->push_back(BertLayer(c));
}

torch::Tensor BertImpl::forward(const torch::Tensor& ids, const torch::Tensor& real,
                                const torch::Tensor& picture)
{
    const auto positions = m_positions->weight.narrow(0, 0, ids.size(1));
    auto x = m_words(ids) + positions;
    if (m_types)
        x = x + m_types->weight[0]; // one sentence: all tokens are of the first type
    x = m_norm(x);
    const auto mask = real.view({ real.size(0), 1, 1, real.size(1) });
    for (std::size_t i = 0; i < m_layers->size(); ++i)
        x = m_layers->at<BertLayerImpl>(i).forward(x, mask, picture);
    return x;
}

} // namespace adtailor
