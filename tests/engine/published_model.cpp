// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/published_model.h"

#include "core/atomic_file.h"
#include "core/input_file.h"
#include "core/safetensors_header.h"

namespace adtailor {

using nlohmann::json;

namespace {

json deepSeekConfig(const std::string& size)
{
    json language = { { "model_type", "llama" },
                      { "max_position_embeddings", 16384 },
                      { "num_hidden_layers", 30 },
                      { "torch_dtype", "bfloat16" },
                      { "vocab_size", 102400 } };
    if (size == "1b")
        language.update({ { "hidden_size", 2048 },
                          { "intermediate_size", 5632 },
                          { "num_attention_heads", 16 },
                          { "num_hidden_layers", 24 },
                          { "num_key_value_heads", 16 } });
    return { { "architectures", { "MultiModalityCausalLM" } },
             { "model_type", "multi_modality" },
             { "torch_dtype", "bfloat16" },
             { "gen_aligner_config",
               { { "cls", "MlpProjector" },
                 { "model_type", "gen_aligner" },
                 { "params",
                   { { "depth", 2 },
                     { "input_dim", 8 },
                     { "n_embed", size == "1b" ? 2048 : 4096 },
                     { "projector_type", "mlp_gelu" } } } } },
             { "gen_vision_config",
               { { "cls", "VQ-16" },
                 { "model_type", "gen_vision" },
                 { "params", { { "image_token_size", 16384 }, { "n_embed", 8 } } } } },
             { "vision_config",
               { { "cls", "CLIPVisionTower" },
                 { "params", { { "image_size", 384 }, { "select_layer", -1 } } } } },
             { "language_config", language } };
}

json transformersConfig(const std::string& size)
{
    const bool small = size == "1b";
    return { { "architectures", { "JanusForConditionalGeneration" } },
             { "model_type", "janus" },
             { "tie_word_embeddings", false },
             { "text_config",
               { { "model_type", "llama" },
                 { "attention_bias", false },
                 { "head_dim", 128 },
                 { "hidden_act", "silu" },
                 { "hidden_size", small ? 2048 : 4096 },
                 { "intermediate_size", small ? 5632 : 11008 },
                 { "mlp_bias", false },
                 { "num_attention_heads", small ? 16 : 32 },
                 { "num_hidden_layers", small ? 24 : 30 },
                 { "num_key_value_heads", small ? 16 : 32 },
                 { "rms_norm_eps", 1e-6 },
                 { "rope_parameters", { { "rope_theta", 10000.0 }, { "rope_type", "default" } } },
                 { "vocab_size", 102400 } } },
             { "vision_config", { { "image_size", 384 }, { "patch_size", 16 } } },
             { "vq_config",
               { { "embed_dim", 8 }, { "num_embeddings", 16384 }, { "num_patches", 24 } } } };
}

} // namespace

json janusNames()
{
    return json::parse(
        readTextFile(std::filesystem::path(ADTAILOR_FIXTURES) / "janus_names.json", 1 << 20));
}

ShapeList publishedShapes(const std::string& size, const std::string& layout)
{
    ShapeList shapes;
    const json names = janusNames();
    for (const json& entry : names.at(size).at(layout)) {
        const std::string line = entry.get<std::string>();
        const auto second = line.rfind(' '), first = line.rfind(' ', second - 1);
        const json extents = json::parse('[' + line.substr(second + 1) + ']');
        std::string name = line.substr(0, first);
        const auto hole = name.find("{}");
        const int count = std::stoi(line.substr(first + 1, second - first - 1));
        for (int i = 0; i < count; ++i) {
            std::string whole = name;
            if (hole != std::string::npos)
                whole.replace(hole, 2, std::to_string(i));
            shapes[whole] = extents.get<std::vector<std::int64_t>>();
        }
    }
    return shapes;
}

json publishedConfig(const std::string& size, const std::string& layout)
{
    return layout == "deepseek" ? deepSeekConfig(size) : transformersConfig(size);
}

void writeHollow(const std::filesystem::path& path, const ShapeList& shapes)
{
    SafetensorsHeader header;
    for (const auto& [name, shape] : shapes)
        header.tensors.push_back({ .name = name, .type = TensorType::BF16, .shape = shape });
    const std::string prefix = buildSafetensorsHeader(header);
    writeFileAtomically(path, prefix);
    std::filesystem::resize_file(path, prefix.size() + header.tensors.back().end);
}

void writeHollowShards(const std::filesystem::path& folder, const ShapeList& shapes)
{
    ShapeList halves[2];
    json map;
    std::size_t place = 0;
    for (const auto& [name, shape] : shapes) {
        const bool second = place++ >= shapes.size() / 2;
        halves[second ? 1 : 0].emplace(name, shape);
        map[name]
            = second ? "model-00002-of-00002.safetensors" : "model-00001-of-00002.safetensors";
    }
    writeHollow(folder / "model-00001-of-00002.safetensors", halves[0]);
    writeHollow(folder / "model-00002-of-00002.safetensors", halves[1]);
    writeFileAtomically(
        folder / "model.safetensors.index.json",
        json{ { "metadata", { { "total_size", 1 } } }, { "weight_map", map } }.dump());
}

} // namespace adtailor
