"""A fine-tuning run of this program whose adapter Python's peft loads and computes with.

SPDX-License-Identifier: GPL-3.0-or-later
"""
import copy
import json
import shutil
import subprocess
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from peft import PeftModel
from safetensors import safe_open
from transformers import Dinov2Config, Dinov2Model

import janus_cases
from oracle import Source
from published import write_dinov2, write_transformers

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
EMBEDDINGS = "language_model.model.embed_tokens.weight"
# Of the parts that a Janus lacks, small.
SIZES = {
    "control": {"interval": 1, "shift": 1, "encoder": {
        "hidden_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 64,
        "patch_size": 14, "native_side": 6, "layer_norm_eps": 1e-6, "interpolation": "target_size"}},
    "preference": {"history_length": 2, "image_size": 32, "title_tokens": 5, "heads": 2, "mask_layers": 1,
                   "fusion_layers": 1, "keep_ratio": 0.4, "mask_padding": True},
}


def write_data(folder):
    """Four people, each with one product and two earlier clicks."""
    folder.mkdir(parents=True)
    source, records = np.random.default_rng(7), []
    for i in range(4):
        for name, channels in ((f"ad{i}.png", 3), (f"product{i}.png", 4)):
            Image.fromarray(source.integers(0, 256, (96, 96, channels), dtype=np.uint8)).save(folder / name)
        records.append({"f_path": f"ad{i}.png", "f_path_trans": f"product{i}.png", "sku_title_cn": f"Kettle {i}",
                        "gt_title_cn": "boils fast", "word_list": "boils fast, steel",
                        "history_images": [f"ad{(i + 1) % 4}.png", f"ad{(i + 2) % 4}.png"],
                        "history_titles": ["Pan", f"Pot {i}"]})
    (folder / "train.json").write_text(json.dumps(records))


def write_base(folder, model):
    write_transformers(folder / "base", model)
    shutil.copy(FIXTURES / "tokenizer_janus.json", folder / "base/tokenizer.json")
    encoder = SIZES["control"]["encoder"]
    dino = Dinov2Model(Dinov2Config(
        hidden_size=encoder["hidden_size"], num_hidden_layers=1, num_attention_heads=2, mlp_ratio=2,
        patch_size=encoder["patch_size"], image_size=encoder["patch_size"] * encoder["native_side"]))
    write_dinov2(folder / "dino", Source(8).fill(dino), older_names=True)


def train(program, folder, model):
    """Twelve steps with history; answers the adapter's folder."""
    write_base(folder, model)
    write_data(folder / "data")
    settings = {"stage": "personalised", "base": "../base", "add": ["../dino"], "model": SIZES, "steps": 12,
                "batch": 2, "learning_rate": 0.01, "threads": 1, "scenes": "../data",
                "records": "../data/train.json", "held_out": "../data/train.json",
                "lora": {"rank": 4, "alpha": 8, "targets": ["q_proj", "k_proj", "v_proj", "o_proj", "up_proj"]}}
    (folder / "run").mkdir()
    (folder / "run/run.json").write_text(json.dumps(settings))
    subprocess.run([program, "train", folder / "run"], check=True, stdout=subprocess.DEVNULL)
    return folder / "run/adapter"


def with_peft(model, adapter):
    """The adapter over the base, and the table of embeddings, which was trained whole."""
    wrapped = PeftModel.from_pretrained(copy.deepcopy(model), adapter).eval()
    with safe_open(adapter / "trained_modules.safetensors", "pt") as file:
        wrapped.get_input_embeddings().weight.data = file.get_tensor(EMBEDDINGS)
        assert json.loads(file.metadata()["lineage"])["users"]["count"] == 4
    return wrapped


def case(name, model, adapter, seed):
    made = janus_cases.case(name, with_peft(model, adapter).get_base_model(), seed)
    plain = janus_cases.text_part(model, *janus_cases.inputs_of(made.tensors)[0], made.tensors["title_tokens"])
    distance = (plain["prompt_logits"] - made.tensors["prompt_logits"]).abs().max().item()
    assert distance > 0.1, "the training must matter"
    return made
