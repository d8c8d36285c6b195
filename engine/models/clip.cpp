// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/clip.h"

#include "core/failure.h"
#include "core/limits.h"
#include "core/strict_json.h"
#include "models/checkpoint_shapes.h"
#include "models/config_fields.h"
#include "models/open_clip_names.h"
#include "nn/attention.h"
#include "nn/group.h"
#include "nn/multi_head.h"
#include "weights/checkpoint_files.h"
#include "weights/deferred_init.h"
#include "weights/state_dict.h"

namespace adtailor {

namespace {

namespace fs = std::filesystem;

constexpr double clipNormEps = 1e-5;

// Pre-norm transformer block. x: [B, T, hidden] -> the same
struct ClipLayerImpl : torch::nn::Module
{
    explicit ClipLayerImpl(const ClipTowerConfig& c)
        : heads(c.heads)
        , usesQuickGelu(c.usesQuickGelu)
    {
        const std::int64_t width = c.hiddenSize;
        layer_norm1 = register_module("layer_norm1", layerNorm(width, clipNormEps));
        layer_norm2 = register_module("layer_norm2", layerNorm(width, clipNormEps));
        auto attention = group(*this, "self_attn");
        const auto square = [&](const char* name) {
            return attention->register_module(name, torch::nn::Linear(width, width));
        };
        query = square("q_proj");
        key = square("k_proj");
        value = square("v_proj");
        output = square("out_proj");
        auto mlp = group(*this, "mlp");
        fc1 = mlp->register_module("fc1", torch::nn::Linear(width, c.feedForwardSize));
        fc2 = mlp->register_module("fc2", torch::nn::Linear(c.feedForwardSize, width));
    }

    torch::Tensor forward(torch::Tensor x, const std::optional<torch::Tensor>& mask)
    {
        auto h = layer_norm1(x);
        x = x + output(multiHeadAttention(query(h), key(h), value(h), heads, mask));
        h = fc1(layer_norm2(x));
        return x + fc2(usesQuickGelu ? h * torch::sigmoid(1.702 * h) : torch::gelu(h));
    }

    std::int64_t heads;
    bool usesQuickGelu;
    torch::nn::LayerNorm layer_norm1{ nullptr }, layer_norm2{ nullptr };
    torch::nn::Linear query{ nullptr }, key{ nullptr }, value{ nullptr }, output{ nullptr };
    torch::nn::Linear fc1{ nullptr }, fc2{ nullptr };
};
TORCH_MODULE(ClipLayer);

torch::nn::ModuleList addLayers(torch::nn::Module& tower, const ClipTowerConfig& config)
{
    auto layers = group(tower, "encoder")->register_module("layers", torch::nn::ModuleList());
    for (std::int64_t i = 0; i < config.layers; ++i)
        layers->push_back(ClipLayer(config));
    return layers;
}

torch::Tensor throughLayers(torch::nn::ModuleList& layers, torch::Tensor x,
                            const std::optional<torch::Tensor>& mask = {})
{
    for (std::size_t i = 0; i < layers->size(); ++i)
        x = layers->at<ClipLayerImpl>(i).forward(x, mask);
    return x;
}

constexpr const char* clipRemedy = "Use a CLIP checkpoint such as clip-vit-large-patch14.";

bool quickGelu(const Fields& fields)
{
    std::string name = "quick_gelu";
    fields.optional("hidden_act", name);
    if (name != "quick_gelu" && name != "gelu")
        refuseField("hidden_act", "is neither quick_gelu nor gelu");
    return name == "quick_gelu";
}

// Only what shapes do not tell: heads and the activation.
void readTransformersConfig(const Fields& root, ClipConfig& c)
{
    std::string type = "clip";
    root.optional("model_type", type);
    if (type != "clip")
        throw Failure(ErrorCode::ModelMismatch,
                      "config.json describes a model of the type \"" + type.substr(0, 40)
                          + "\", not CLIP. " + clipRemedy);
    const auto read = [&](const char* part, ClipTowerConfig& tower, std::int64_t usualHeads) {
        tower.heads = usualHeads;
        if (!root.has(part))
            return;
        const Fields fields = root.child(part);
        fields.optional("num_attention_heads", tower.heads);
        tower.usesQuickGelu = quickGelu(fields);
    };
    read("text_config", c.text, 8);
    read("vision_config", c.vision, 12);
}

void readOpenClipConfig(const Fields& root, ClipConfig& c)
{
    const Fields model = root.has("model_cfg") ? root.child("model_cfg") : root;
    bool quick = false;
    model.optional("quick_gelu", quick);
    c.text.usesQuickGelu = c.vision.usesQuickGelu = quick;
    model.child("text_cfg")("heads", c.text.heads);
    std::int64_t headWidth = 64;
    model.child("vision_cfg").optional("head_width", headWidth);
    if (headWidth < 1)
        refuseField("vision_cfg.head_width", "is out of range");
    c.vision.heads = c.vision.hiddenSize / headWidth;
}

void readTower(const CheckpointShapes& shapes, const std::string& name, ClipTowerConfig& tower)
{
    const std::string layers = name + ".encoder.layers.";
    tower.hiddenSize = shapes.of(layers + "0.layer_norm1.weight", 1)[0];
    tower.feedForwardSize = shapes.of(layers + "0.mlp.fc1.weight", 2)[0];
    tower.layers = shapes.count(layers, ".layer_norm1.weight");
}

ClipConfig clipConfig(const TensorSource& source, const fs::path& folder)
{
    const CheckpointShapes shapes(source, "CLIP model", clipRemedy);
    ClipConfig c;
    readTower(shapes, "vision_model", c.vision);
    readTower(shapes, "text_model", c.text);
    c.patch = shapes.of("vision_model.embeddings.patch_embedding.weight", 4)[3];
    c.imageSize = c.patch
        * shapes.gridSide(shapes.of("vision_model.embeddings.position_embedding.weight", 2)[0]);
    if (c.imageSize > 4096)
        shapes.refuse("its pictures would be too large");
    c.vocabularySize = shapes.of("text_model.embeddings.token_embedding.weight", 2)[0];
    c.positions = shapes.of("text_model.embeddings.position_embedding.weight", 2)[0];
    c.projectionSize = shapes.of("visual_projection.weight", 2)[0];
    const auto read
        = [&](const char* name) { return readJsonFile(folder / name, limits::jsonStringBytes); };
    if (fs::is_regular_file(folder / "open_clip_config.json"))
        readOpenClipConfig(Fields(read("open_clip_config.json"), ""), c);
    else if (fs::is_regular_file(folder / "config.json"))
        readTransformersConfig(Fields(read("config.json"), ""), c);
    else
        throw Failure(ErrorCode::FileNotFound,
                      "The CLIP folder " + folder.string()
                          + " has neither config.json nor open_clip_config.json; one of them "
                            "belongs to the weights.");
    for (const ClipTowerConfig* tower : { &c.text, &c.vision }) {
        if (tower->heads < 1 || tower->hiddenSize % tower->heads != 0)
            refuseField("num_attention_heads", "does not divide the width evenly");
    }
    return c;
}

Clip emptyClip(const ClipConfig& config)
{
    const DeferredInit deferred;
    return Clip(config);
}

} // namespace

ClipImpl::ClipImpl(const ClipConfig& c)
    : config(c)
    , logit_scale(register_parameter("logit_scale", torch::zeros({})))
{
    auto vision = group(*this, "vision_model");
    auto seen = group(*vision, "embeddings");
    const std::int64_t width = c.vision.hiddenSize, side = c.imageSize / c.patch;
    m_class = seen->register_parameter("class_embedding", torch::zeros({ width }));
    m_patches = seen->register_module(
        "patch_embedding",
        torch::nn::Conv2d(torch::nn::Conv2dOptions(3, width, c.patch).stride(c.patch).bias(false)));
    m_imagePositions = group(*seen, "position_embedding")
                           ->register_parameter("weight", torch::zeros({ 1 + side * side, width }));
    m_before = vision->register_module("pre_layrnorm", layerNorm(width, clipNormEps));
    m_imageLayers = addLayers(*vision, c.vision);
    m_after = vision->register_module("post_layernorm", layerNorm(width, clipNormEps));
    m_imageProjection = register_module("visual_projection", plainLinear(width, c.projectionSize));

    auto text = group(*this, "text_model");
    auto read = group(*text, "embeddings");
    m_words = read->register_module("token_embedding",
                                    torch::nn::Embedding(c.vocabularySize, c.text.hiddenSize));
    m_textPositions = read->register_module("position_embedding",
                                            torch::nn::Embedding(c.positions, c.text.hiddenSize));
    m_textLayers = addLayers(*text, c.text);
    m_textNorm
        = text->register_module("final_layer_norm", layerNorm(c.text.hiddenSize, clipNormEps));
    m_textProjection
        = register_module("text_projection", plainLinear(c.text.hiddenSize, c.projectionSize));
}

torch::Tensor ClipImpl::imageFeatures(const torch::Tensor& pixels)
{
    const auto patches = m_patches(pixels).flatten(2).transpose(1, 2);
    auto x = torch::cat({ m_class.expand({ pixels.size(0), 1, -1 }), patches }, 1);
    x = throughLayers(m_imageLayers, m_before(x + m_imagePositions));
    return m_imageProjection(m_after(x.select(1, 0)));
}

torch::Tensor ClipImpl::textFeatures(const torch::Tensor& ids)
{
    const std::int64_t length = ids.size(1);
    const auto causal
        = torch::ones({ length, length }, torch::dtype(torch::kBool).device(ids.device())).tril();
    auto x = m_words(ids) + m_textPositions->weight.narrow(0, 0, length);
    x = m_textNorm(throughLayers(m_textLayers, x, causal));
    return m_textProjection(x.select(1, length - 1));
}

Clip loadClip(const fs::path& path, torch::Device device, const JobControl& job)
{
    const TensorSource source = fromOpenClip(openCheckpoint(path).tensors);
    Clip network = emptyClip(clipConfig(source, checkpointFolder(path)));
    StateDictRules rules;
    rules.ignored
        = { "text_model.embeddings.position_ids", "vision_model.embeddings.position_ids" };
    rules.place
        = [&](const std::string&) { return torch::TensorOptions(device).dtype(torch::kFloat32); };
    loadStateDict(*network, source, rules, job);
    network->eval();
    return network;
}

} // namespace adtailor
