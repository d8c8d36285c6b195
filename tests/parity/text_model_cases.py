"""Text models that titles are compared with: Qwen2.5, Qwen3 and LLaMA with stretched positions (DeepSeek-R1-Distill).

Reference: transformers' classes; generate() gives the greedy tokens.
SPDX-License-Identifier: GPL-3.0-or-later
"""
import copy

import torch
from transformers import LlamaConfig, LlamaForCausalLM, Qwen2Config, Qwen2ForCausalLM, Qwen3Config, Qwen3ForCausalLM

from oracle import Source
from suite import BF16_FACTOR, Case

PROMPT, STEPS = 90, 40
SIZES = {"hidden_size": 256, "intermediate_size": 688, "num_hidden_layers": 6, "num_attention_heads": 8,
         "num_key_value_heads": 2, "vocab_size": 2000, "max_position_embeddings": 4096, "bos_token_id": None,
         "eos_token_id": 1, "pad_token_id": 0, "attn_implementation": "eager"}
LLAMA3 = {"rope_type": "llama3", "rope_theta": 500000.0, "factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0,
          "original_max_position_embeddings": 256}
PLAIN = {"rope_type": "default", "rope_theta": 1e6}


def models():
    """Tied as in the small ones of each family, or not."""
    made = {"qwen2": Qwen2ForCausalLM(Qwen2Config(**SIZES, tie_word_embeddings=True, rope_parameters=PLAIN)),
            "qwen2_untied": Qwen2ForCausalLM(Qwen2Config(**SIZES, tie_word_embeddings=False, rope_parameters=PLAIN)),
            "qwen3": Qwen3ForCausalLM(Qwen3Config(**SIZES, head_dim=64, tie_word_embeddings=True, rope_parameters=PLAIN)),
            "llama3": LlamaForCausalLM(LlamaConfig(**SIZES, tie_word_embeddings=False, rope_parameters=LLAMA3))}
    for seed, (name, model) in enumerate(made.items(), 90):
        Source(seed).fill(model)
        model.get_input_embeddings().weight.mul_(0.125)  # else a tied head says the last token again
        yield name, model


def write(folder, model, shards="10GB"):
    model = copy.deepcopy(model).to(torch.bfloat16)  # the weights fit
    model.save_pretrained(folder, max_shard_size=shards)


def case(name, model, seed):
    prompt = Source(seed).integers(model.config.vocab_size, 1, PROMPT)
    whole = model.generate(prompt, attention_mask=torch.ones_like(prompt), max_new_tokens=STEPS, do_sample=False,
                           eos_token_id=None, pad_token_id=0)
    return Case(name, {"answer_prompt": prompt, "answer_tokens": whole[:, PROMPT:], "answer_logits": model(whole).logits})


def bf16_limits(model, tensors):
    """The reference's own distance in bfloat16, times the suite's factor."""
    half = copy.deepcopy(model).to(torch.bfloat16)
    ids = torch.cat([tensors["answer_prompt"], tensors["answer_tokens"]], 1)
    distance = (half(ids).logits.float() - tensors["answer_logits"]).abs().max().item()
    return {"answer_logits": BF16_FACTOR * distance}
