// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/open_clip_names.h"

#include <array>
#include <string_view>

namespace adtailor {

namespace {

constexpr std::string_view visionPrefix = "visual.";

// Row-major where the file says nothing.
std::vector<std::int64_t> stridesOf(const StoredTensor& tensor)
{
    if (!tensor.strides.empty())
        return tensor.strides;
    std::vector<std::int64_t> strides(tensor.shape.size(), 1);
    for (std::size_t i = strides.size(); i-- > 1;)
        strides[i - 1] = strides[i] * tensor.shape[i];
    return strides;
}

StoredTensor transposed(StoredTensor tensor)
{
    tensor.strides = stridesOf(tensor);
    std::swap(tensor.shape[0], tensor.shape[1]);
    std::swap(tensor.strides[0], tensor.strides[1]);
    return tensor;
}

// The part'th of three equal parts along the first axis.
StoredTensor third(StoredTensor tensor, std::int64_t part)
{
    const std::int64_t rows = tensor.shape[0] / 3;
    const std::int64_t stride = stridesOf(tensor)[0];
    tensor.begin += static_cast<std::uint64_t>(part * rows * stride)
        * static_cast<std::uint64_t>(c10::elementSize(tensor.type));
    tensor.shape[0] = rows;
    return tensor;
}

std::string replaced(std::string name, std::string_view from, std::string_view to)
{
    if (const auto place = name.find(from); place != std::string::npos)
        name.replace(place, from.size(), to);
    return name;
}

std::string layerName(std::string name, bool isVision)
{
    constexpr std::array parts = {
        std::pair{ "transformer.resblocks.", "encoder.layers." },
        std::pair{ ".ln_1.", ".layer_norm1." },
        std::pair{ ".ln_2.", ".layer_norm2." },
        std::pair{ ".attn.", ".self_attn." },
        std::pair{ ".mlp.c_fc.", ".mlp.fc1." },
        std::pair{ ".mlp.c_proj.", ".mlp.fc2." },
    };
    for (const auto& [from, to] : parts)
        name = replaced(name, from, to);
    return (isVision ? "vision_model." : "text_model.") + name;
}

// Empty: nothing that a picture or a text needs.
std::string plainName(const std::string& name, bool isVision)
{
    constexpr std::array vision = {
        std::pair{ "class_embedding", "embeddings.class_embedding" },
        std::pair{ "positional_embedding", "embeddings.position_embedding.weight" },
        std::pair{ "conv1.weight", "embeddings.patch_embedding.weight" },
        std::pair{ "ln_pre.weight", "pre_layrnorm.weight" },
        std::pair{ "ln_pre.bias", "pre_layrnorm.bias" },
        std::pair{ "ln_post.weight", "post_layernorm.weight" },
        std::pair{ "ln_post.bias", "post_layernorm.bias" },
    };
    constexpr std::array text = {
        std::pair{ "token_embedding.weight", "embeddings.token_embedding.weight" },
        std::pair{ "positional_embedding", "embeddings.position_embedding.weight" },
        std::pair{ "ln_final.weight", "final_layer_norm.weight" },
        std::pair{ "ln_final.bias", "final_layer_norm.bias" },
    };
    const auto find = [&](const auto& table) -> std::string {
        for (const auto& [from, to] : table) {
            if (name == from)
                return to;
        }
        return {};
    };
    const std::string found = isVision ? find(vision) : find(text);
    return found.empty() ? found : (isVision ? "vision_model." : "text_model.") + found;
}

void addRenamed(TensorSource& result, const std::string& published, const StoredTensor& tensor)
{
    const bool isVision = published.starts_with(visionPrefix);
    const std::string name = isVision ? published.substr(visionPrefix.size()) : published;
    const bool isMatrix = tensor.shape.size() == 2;
    if (published == "logit_scale") {
        result.add(published, tensor);
    } else if (isMatrix && (published == "visual.proj" || published == "text_projection")) {
        result.add(isVision ? "visual_projection.weight" : "text_projection.weight",
                   transposed(tensor));
    } else if (const auto place = name.find(".attn.in_proj_");
               place != std::string::npos && !tensor.shape.empty() && tensor.shape[0] % 3 == 0) {
        const std::string before = name.substr(0, place), kind = name.substr(place + 14);
        for (const auto& [letter, part] :
             { std::pair("q", 0), std::pair("k", 1), std::pair("v", 2) })
            result.add(layerName(before + ".attn." + letter + "_proj." + kind, isVision),
                       third(tensor, part));
    } else if (name.starts_with("transformer.resblocks.")) {
        result.add(layerName(name, isVision), tensor);
    } else if (const std::string plain = plainName(name, isVision); !plain.empty()) {
        result.add(plain, tensor);
    }
}

} // namespace

TensorSource fromOpenClip(const TensorSource& source)
{
    if (!source.contains("visual.conv1.weight"))
        return source;
    TensorSource result(source.path());
    for (const auto& [name, tensor] : source.tensors())
        addRenamed(result, name, tensor);
    return result;
}

} // namespace adtailor
