"""LoRA adapters of the `peft` library on a Janus: alone, merged by peft, and two at once with weights.

SPDX-License-Identifier: GPL-3.0-or-later
"""
import copy
import shutil

import torch
from peft import LoraConfig, PeftModel, get_peft_model
from peft.tuners.lora import LoraLayer
from safetensors.torch import load_file, save_file

import janus_cases
from oracle import Source
from published import deepseek_name

PREFIX = "base_model.model."
ATTENTION = ["q_proj", "k_proj", "v_proj", "o_proj"]
LANGUAGE = r".*language_model.*\.(%s)"


def train_nothing(model, folder, seed, targets, **options):
    """A fresh adapter whose matrices are random instead of trained, saved by peft."""
    config = LoraConfig(target_modules=LANGUAGE % "|".join(targets), lora_dropout=0.0, **options)
    wrapped, source = get_peft_model(copy.deepcopy(model), config), Source(seed)
    for name, parameter in wrapped.named_parameters():
        if "lora_" in name:  # B is zero before training
            parameter.data = source.normal(*parameter.shape, scale=0.5 * parameter.shape[1]**-0.5)
    wrapped.save_pretrained(folder)


def with_adapters(model, folders_and_weights):
    """peft's own sum over adapters, each scaled by its weight."""
    wrapped = None
    for index, (folder, _) in enumerate(folders_and_weights):
        name = f"a{index}"
        if wrapped is None:
            wrapped = PeftModel.from_pretrained(copy.deepcopy(model), folder, adapter_name=name)
        else:
            wrapped.load_adapter(folder, adapter_name=name)
    wrapped.base_model.set_adapter([f"a{index}" for index in range(len(folders_and_weights))])
    for module in wrapped.modules():
        for index, (_, weight) in enumerate(folders_and_weights):
            if isinstance(module, LoraLayer) and f"a{index}" in module.scaling:
                module.scaling[f"a{index}"] *= weight
    wrapped.eval()
    return wrapped


def merged(model, folders_and_weights):
    return with_adapters(model, folders_and_weights).merge_and_unload()


def deepseek_copy(folder, copy_folder):
    """The same adapter as peft writes it for deepseek-ai's classes."""
    copy_folder.mkdir(parents=True)
    shutil.copy(folder / "adapter_config.json", copy_folder)
    tensors = load_file(folder / "adapter_model.safetensors")
    renamed = {PREFIX + deepseek_name(name.removeprefix(PREFIX)): value for name, value in tensors.items()}
    save_file(renamed, copy_folder / "adapter_model.safetensors", metadata={"format": "pt"})


def case(name, model, folders_and_weights, seed):
    """Expected results with live adapters; merging must not change them beyond rounding."""
    live = with_adapters(model, folders_and_weights)
    made = janus_cases.case(name, live.get_base_model(), seed)
    plain = janus_cases.text_part(model, *janus_cases.inputs_of(made.tensors)[0], made.tensors["title_tokens"])
    distance = (plain["prompt_logits"] - made.tensors["prompt_logits"]).abs().max().item()
    assert distance > 0.1, "the adapter must matter"
    return made


