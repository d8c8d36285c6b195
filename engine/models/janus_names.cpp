// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/janus_names.h"

#include <array>
#include <string_view>
#include <utility>

namespace adtailor {

namespace {

using Row = std::pair<std::string_view, std::string_view>;

constexpr std::array unneeded = {
    std::string_view("vision_model."),
    std::string_view("aligner."),
    std::string_view("gen_vision_model.quantize.codebook_used"),
    std::string_view("model.vision_model."),
    std::string_view("model.aligner."),
};

// Start of a name in transformers' layout, and in DeepSeek's.
constexpr std::array starts = {
    Row{ "lm_head.", "language_model.lm_head." },
    Row{ "model.language_model.", "language_model.model." },
    Row{ "model.generation_embeddings.", "gen_embed." },
    Row{ "model.generation_aligner.fc1.", "gen_aligner.layers.0." },
    Row{ "model.generation_aligner.hidden_layers.0.", "gen_aligner.layers.2." },
    Row{ "model.generation_head.proj_out.", "gen_head.output_mlp_projector." },
    Row{ "model.generation_head.vision_head.", "gen_head.vision_head." },
    Row{ "model.vqmodel.", vqPrefix },
};

// Parts of names inside transformers' image tokenizer.
constexpr std::array tokenizerParts = {
    Row{ ".encoder.down.", ".encoder.conv_blocks." },
    Row{ ".decoder.up.", ".decoder.conv_blocks." },
    Row{ ".mid.block_1.", ".mid.0." },
    Row{ ".mid.attn_1.", ".mid.1." },
    Row{ ".mid.block_2.", ".mid.2." },
    Row{ ".block.", ".res." },
};

void replacePart(std::string& text, const Row& row)
{
    if (const auto found = text.find(row.first); found != std::string::npos)
        text.replace(found, row.first.size(), row.second);
}

} // namespace

std::string fromJanusName(const std::string& published)
{
    for (const std::string_view start : unneeded) {
        if (published.starts_with(start))
            return {};
    }
    if (published.ends_with(".rotary_emb.inv_freq"))
        return {};
    for (const Row& row : starts) {
        if (!published.starts_with(row.first))
            continue;
        std::string name = std::string(row.second) + published.substr(row.first.size());
        if (row.second == vqPrefix) {
            for (const Row& part : tokenizerParts)
                replacePart(name, part);
        }
        return name;
    }
    return published;
}

} // namespace adtailor
