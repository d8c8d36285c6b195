"""Models written to disk as their publishers do: names, shards, index and config.json.

SPDX-License-Identifier: GPL-3.0-or-later
"""
import json
import re
from pathlib import Path

import torch
from safetensors.torch import save_file

# transformers' names of Janus -> the names of deepseek-ai's own repository.
RENAMED = [
    (r"^lm_head\.", "language_model.lm_head."),
    (r"^model\.language_model\.", "language_model.model."),
    (r"^model\.generation_embeddings\.", "gen_embed."),
    (r"^model\.generation_aligner\.fc1\.", "gen_aligner.layers.0."),
    (r"^model\.generation_aligner\.hidden_layers\.0\.", "gen_aligner.layers.2."),
    (r"^model\.generation_head\.proj_out\.", "gen_head.output_mlp_projector."),
    (r"^model\.generation_head\.", "gen_head."),
    (r"^model\.aligner\.fc1\.", "aligner.layers.0."),
    (r"^model\.aligner\.hidden_layers\.0\.", "aligner.layers.2."),
    (r"^model\.vision_model\.embeddings\.patch_embedding\.", "vision_model.vision_tower.patch_embed.proj."),
    (r"^model\.vision_model\.embeddings\.position_embedding\.weight$", "vision_model.vision_tower.pos_embed"),
    (r"^model\.vision_model\.post_layernorm\.", "vision_model.vision_tower.norm."),
    (r"^model\.vision_model\.encoder\.layers\.(\d+)\.layer_norm", r"vision_model.vision_tower.blocks.\1.norm"),
    (r"^model\.vision_model\.encoder\.layers\.(\d+)\.self_attn\.projection_layer\.",
     r"vision_model.vision_tower.blocks.\1.attn.proj."),
    (r"^model\.vision_model\.encoder\.layers\.(\d+)\.self_attn\.", r"vision_model.vision_tower.blocks.\1.attn."),
    (r"^model\.vision_model\.encoder\.layers\.", "vision_model.vision_tower.blocks."),
    (r"^model\.vqmodel\.", "gen_vision_model."),
    (r"\.encoder\.down\.(\d)\.block\.", r".encoder.conv_blocks.\1.res."),
    (r"\.decoder\.up\.(\d)\.block\.", r".decoder.conv_blocks.\1.res."),
    (r"\.encoder\.down\.", ".encoder.conv_blocks."),
    (r"\.decoder\.up\.", ".decoder.conv_blocks."),
    (r"\.mid\.block_1\.", ".mid.0."),
    (r"\.mid\.attn_1\.", ".mid.1."),
    (r"\.mid\.block_2\.", ".mid.2."),
]


def deepseek_name(name):
    for pattern, replacement in RENAMED:
        name = re.sub(pattern, replacement, name)
    return name


def deepseek_tensors(model):
    """A transformers Janus under its original names, with the tensors that only the original has."""
    tensors = {deepseek_name(name): value for name, value in model.state_dict().items()}
    for name in [n for n in tensors if ".attn.q_proj." in n]:
        rows = [tensors.pop(name.replace("q_proj", part)) for part in ("q_proj", "k_proj", "v_proj")]
        tensors[name.replace("q_proj", "qkv")] = torch.cat(rows)
    position = "vision_model.vision_tower.pos_embed"
    tensors[position] = tensors[position][None]
    width = tensors[position].shape[-1]
    tensors["vision_model.vision_tower.attn_pool.latent"] = torch.zeros(1, 1, width)
    tensors["gen_vision_model.quantize.codebook_used"] = torch.zeros(65536)
    return tensors


def deepseek_config(config):
    """Of a transformers JanusConfig. VQ-16 has one size, which the original does not spell out."""
    text, vq, vision = config.text_config, config.vq_config, config.vision_config
    assert (vq.base_channels, vq.latent_channels, tuple(vq.channel_multiplier)) == (128, 256, (1, 1, 2, 2, 4))

    def mlp(cls, kind, inner):
        return {"cls": "MlpProjector", "model_type": kind,
                "params": {"depth": 2, "input_dim": inner, "n_embed": text.hidden_size, "projector_type": "mlp_gelu"}}
    language = {key: getattr(text, key) for key in (
        "hidden_size", "intermediate_size", "max_position_embeddings", "num_attention_heads", "num_hidden_layers",
        "num_key_value_heads", "vocab_size")}
    return {
        "aligner_config": mlp("MlpProjector", "aligner", vision.hidden_size),
        "architectures": ["MultiModalityCausalLM"],
        "gen_aligner_config": mlp("MlpProjector", "gen_aligner", vq.embed_dim),
        "gen_head_config": {"cls": "vision_head", "model_type": "gen_head", "params": {
            "image_token_embed": text.hidden_size, "image_token_size": vq.num_embeddings,
            "n_embed": text.hidden_size}},
        "gen_vision_config": {"cls": "VQ-16", "model_type": "gen_vision", "params": {
            "image_token_size": vq.num_embeddings, "n_embed": vq.embed_dim}},
        "language_config": language | {"model_type": "llama", "torch_dtype": "bfloat16"},
        "model_type": "multi_modality", "torch_dtype": "bfloat16", "transformers_version": "4.33.1",
        "vision_config": {"cls": "CLIPVisionTower", "model_type": "vision", "params": {
            "image_size": vision.image_size, "model_name": "siglip_large_patch16_384", "select_feature": "same",
            "select_layer": -1}},
    }


def write_weights(folder, tensors, dtype=torch.float32, shards=1):
    """model.safetensors, or that many shards and their index. Floats are stored as `dtype`."""
    folder.mkdir(parents=True, exist_ok=True)
    stored = {name: (value.to(dtype) if value.is_floating_point() else value).contiguous().clone()
              for name, value in tensors.items()}
    if shards == 1:
        save_file(stored, folder / "model.safetensors", metadata={"format": "pt"})
        return
    names = sorted(stored)
    weight_map = {}
    for shard in range(shards):
        file = f"model-{shard + 1:05}-of-{shards:05}.safetensors"
        part = {name: stored[name] for name in names[shard::shards]}
        save_file(part, folder / file, metadata={"format": "pt"})
        weight_map |= dict.fromkeys(part, file)
    total = sum(value.numel() * value.element_size() for value in stored.values())
    index = {"metadata": {"total_size": total}, "weight_map": dict(sorted(weight_map.items()))}
    (folder / "model.safetensors.index.json").write_text(json.dumps(index, indent=2))


def write_deepseek(folder, model, dtype=torch.bfloat16, shards=1):
    write_weights(folder, deepseek_tensors(model), dtype, shards)
    (folder / "config.json").write_text(json.dumps(deepseek_config(model.config), indent=2))


def write_transformers(folder, model, dtype=torch.float32, shards=1):
    """By transformers' own save_pretrained; shards only says one or several."""
    size = sum(value.numel() * dtype.itemsize for value in model.parameters())
    original = model.dtype
    model.to(dtype).save_pretrained(folder, max_shard_size=size // shards + 1 if shards > 1 else "100GB")
    model.to(original)
    assert (Path(folder) / "model.safetensors.index.json").exists() == (shards > 1)


def older_dinov2_name(name):
    """Of the published checkpoints and of transformers before 5."""
    parts = {"q": "query", "k": "key", "v": "value"}
    name = re.sub(r"attention\.([qkv])_proj", lambda match: "attention.attention." + parts[match[1]], name)
    return name.replace("attention.o_proj", "attention.output.dense")


def write_dinov2(folder, model, older_names):
    """transformers 5 renames when it loads; save_pretrained writes the older names."""
    if older_names:
        model.save_pretrained(folder)
        return
    write_weights(folder, model.state_dict())
    (folder / "config.json").write_text(json.dumps(model.config.to_dict(), indent=2))
