"""Janus: left-padded prompts, decode steps over a cache, guidance rows, greedy tokens, VQ.

Reference: transformers' JanusForConditionalGeneration. Its own generate() gives the greedy tokens;
logits come from its modules step by step, fed with those tokens.
SPDX-License-Identifier: GPL-3.0-or-later
"""
from types import SimpleNamespace

import torch
import torch.nn.functional as F
from transformers import (DynamicCache, JanusConfig, JanusForConditionalGeneration, JanusVisionConfig,
                          JanusVQVAEConfig, LlamaConfig)

from oracle import Source
from suite import BF16_FACTOR, Case

STEPS = 32  # after the prompt
GUIDANCE = 5.0
# Between the best and the second: rounding must not decide a token, nor a code of the image tokenizer.
MARGIN, CODE_MARGIN = 5e-4, 2e-5
SIDE = 6  # image tokens in a row
IDS = SimpleNamespace(bos=0, eos=1, pad=2, begin_of_image=3, first_word=8)


def empty_model(width, layers, heads, inner, vocabulary, vq=(32, 32, 64), side=SIDE):
    """vq: base channels, latent channels, codes."""
    base, latent, codes = vq
    config = JanusConfig(
        text_config=LlamaConfig(
            hidden_size=width, num_hidden_layers=layers, num_attention_heads=heads, num_key_value_heads=heads,
            intermediate_size=inner, vocab_size=vocabulary, max_position_embeddings=16384, bos_token_id=IDS.bos,
            eos_token_id=IDS.eos, pad_token_id=IDS.pad, tie_word_embeddings=False),
        vision_config=JanusVisionConfig(
            hidden_size=32, num_hidden_layers=1, num_attention_heads=2, image_size=16 * side, projection_dim=width,
            num_image_tokens=side**2),
        vq_config=JanusVQVAEConfig(
            base_channels=base, latent_channels=latent, num_embeddings=codes, projection_dim=width,
            image_token_embed_dim=width),
        image_token_id=4, tie_word_embeddings=False)  # transformers ties them unless told
    model = JanusForConditionalGeneration(config).eval()
    generation = model.generation_config
    generation.bos_token_id, generation.eos_token_id, generation.pad_token_id = IDS.bos, None, IDS.pad
    generation.generation_kwargs = {"boi_token_id": IDS.begin_of_image}
    return model


def build(seed, unit_codes=True, **sizes):
    """Random weights that keep activations near 1, exact in bfloat16 but for unit codes."""
    model = Source(seed).fill(empty_model(**sizes))
    if unit_codes:
        table = model.model.vqmodel.quantize.embedding.weight
        table.data = F.normalize(table.data)
    return model


def left_padded(rows):
    length = max(map(len, rows))
    ids = torch.tensor([[IDS.pad] * (length - len(row)) + row for row in rows])
    mask = torch.tensor([[0] * (length - len(row)) + [1] * len(row) for row in rows])
    return ids, mask


def step_by_step(model, embeddings, mask, tokens, embed, head):
    """Hidden states of the prompt, and logits after it and after each token but the last."""
    llama, cache, length = model.model.language_model, DynamicCache(), embeddings.shape[1]
    mask = torch.cat([mask, torch.ones_like(tokens)], 1)
    logits, prompt = [], None
    for i in range(tokens.shape[1]):
        start = 0 if i == 0 else length + i - 1
        step = embeddings if i == 0 else embed(tokens[:, i - 1:i])
        positions = torch.arange(start, start + step.shape[1]).expand(step.shape[0], -1)
        hidden = llama(inputs_embeds=step, attention_mask=mask[:, :start + step.shape[1]], position_ids=positions,
                       past_key_values=cache, use_cache=True).last_hidden_state
        prompt = hidden if prompt is None else prompt
        logits.append(head(hidden[:, -1]))
    return prompt, torch.stack(logits, 1)


def clear(logits, margin=MARGIN):
    best = logits.topk(2, dim=-1).values
    return bool((best[..., 0] - best[..., 1]).min() > margin)


def text_part(model, ids, mask, tokens=None, steps=STEPS):
    embed = model.get_input_embeddings()
    if tokens is None:
        tokens = model.generate(ids, attention_mask=mask, generation_mode="text", do_sample=False,
                                max_new_tokens=steps + 1)[:, ids.shape[1]:]
    hidden, logits = step_by_step(model, embed(ids), mask, tokens, embed, model.lm_head)
    return {"prompt_logits": model.lm_head(hidden) * mask[..., None], "title_logits": logits, "title_tokens": tokens}


def guided(logits):
    conditional, negative = logits[0::2], logits[1::2]
    return negative + GUIDANCE * (conditional - negative)


def image_part(model, ids, mask, negative, tokens=None, steps=STEPS):
    """Rows in turn: 2b is conditional, 2b + 1 its negative."""
    if tokens is None:
        tokens = model.generate(ids, attention_mask=mask, generation_mode="image", do_sample=False,
                                guidance_scale=GUIDANCE)
    rows = torch.stack([ids, negative], 1).flatten(0, 1)
    embeddings = model.get_input_embeddings()(rows)
    _, logits = step_by_step(model, embeddings, mask.repeat_interleave(2, 0), tokens.repeat_interleave(2, 0),
                             model.prepare_embeddings_for_image_generation, model.model.generation_head)
    logits = logits[:, :steps + 1]
    return {"image_logits": logits, "guided_logits": guided(logits), "image_tokens": tokens}


def picture_part(model, source, tokens):
    """Codes are compared on the unit sphere, as Janus does; transformers agrees when its codes lie on it."""
    vq, side = model.model.vqmodel, model.config.vision_config.image_size
    table = vq.quantize.embedding.weight
    while True:
        pixels = source.uniform(1, 3, side, side)
        latents = vq.quant_conv(vq.encoder(pixels))
        similarity = F.normalize(latents.permute(0, 2, 3, 1), dim=-1) @ F.normalize(table).T
        if clear(similarity, CODE_MARGIN):
            break
    codes = similarity.argmax(-1).flatten(1)
    if torch.allclose(table.norm(dim=1), torch.ones(len(table))):
        assert torch.equal(codes, vq.encode(pixels).image_tokens.view(1, -1))
    return {"pixels": pixels, "latents": latents, "codes": codes, "decoded_pixels": vq.decode(tokens[:1])}


def prompts(source, vocabulary):
    def row(count):
        return (IDS.first_word + source.integers(vocabulary - IDS.first_word, count)).tolist()
    ids, mask = left_padded([[IDS.bos, *row(count)] for count in (19, 7, 12)])
    image_ids, image_mask = left_padded([[IDS.bos, *row(count), IDS.begin_of_image] for count in (9, 14)])
    # As transformers builds it: pads that are read, between the same two marks.
    kept = (image_ids == IDS.bos) | (image_ids == IDS.begin_of_image)
    return {"prompt_ids": ids, "prompt_mask": mask, "image_prompt_ids": image_ids, "image_prompt_mask": image_mask,
            "negative_ids": image_ids.where(kept, IDS.pad), "negative_mask": image_mask}


def inputs_of(tensors):
    image = [tensors[f"{name}_{part}"] for name, part in (("image_prompt", "ids"), ("image_prompt", "mask"),
                                                          ("negative", "ids"))]
    return [tensors["prompt_ids"], tensors["prompt_mask"]], image


def case(name, model, seed, steps=STEPS):
    """Draws prompts until no greedy token hangs on rounding."""
    vocabulary = model.config.text_config.vocab_size
    for attempt in range(20):
        source = Source(seed + attempt)
        tensors = prompts(source, vocabulary)
        text, image = inputs_of(tensors)
        tensors |= text_part(model, *text, steps=steps) | image_part(model, *image, steps=steps)
        if clear(tensors["title_logits"]) and clear(tensors["guided_logits"]):
            tensors |= picture_part(model, source, tensors["image_tokens"])
            return Case(name, tensors, options={"guidance": GUIDANCE})
    raise RuntimeError(f"{name}: every prompt hangs on rounding")


def bf16_limits(model, tensors):
    """How far the reference strays from its own float32 results in bfloat16, times BF16_FACTOR."""
    original = model.dtype
    model.to(torch.bfloat16)
    text, image = inputs_of(tensors)
    values = text_part(model, *text, tensors["title_tokens"]) | image_part(model, *image, tensors["image_tokens"])
    model.to(original)
    return {name: BF16_FACTOR * (values[name].float() - tensors[name]).abs().max().item()
            for name in ("prompt_logits", "title_logits", "image_logits", "guided_logits")}
