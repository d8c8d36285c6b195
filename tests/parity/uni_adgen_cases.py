"""A whole Uni-AdGen as published: a base Janus, DINOv2, and a file of the trained parameters on top.

Reference: tests/fixtures/network.py and transformers' LLaMA, put together in make_uni_adgen.
SPDX-License-Identifier: GPL-3.0-or-later
"""
import torch
import torch.nn.functional as F
from transformers import Dinov2Config, Dinov2Model

import make_uni_adgen as whole
from janus_cases import IDS, SIDE, STEPS, left_padded
from network import control_shapes, encoder_shapes, guided, preference_shapes
from oracle import Source
from published import deepseek_tensors, older_dinov2_name
from suite import Case

ITEMS, PATCHES, WORDS, SAMPLES = 3, 64, 30, 2
SLOTS = {"image_placeholder": 4, "title_placeholder": 5}
RANK, ALPHA = 16, 32
TRAINED = "vl_gpt.base_model.model."
ENCODER = whole.MODEL + "adapter.model."


def config_of(janus):
    """In this project's own words, which the reference modules read."""
    text, vq = janus.config.text_config, janus.config.vq_config
    language = {key: getattr(text, key) for key in (
        "hidden_size", "num_hidden_layers", "num_attention_heads", "num_key_value_heads", "intermediate_size",
        "vocab_size", "rms_norm_eps")}
    encoder = {"hidden_size": 384, "num_hidden_layers": 12, "num_attention_heads": 6, "intermediate_size": 1536,
               "patch_size": 14, "native_side": 37, "layer_norm_eps": 1e-6}
    return {"language_model": language, "vq": {"norm_groups": 32, "code_dim": vq.embed_dim},
            "control": {"interval": 6, "encoder": encoder},
            "preference": {"image_size": 128, "title_tokens": WORDS, "heads": 16, "mask_layers": 2,
                           "fusion_layers": 4, "keep_ratio": 0.4}}


class Published:
    """What each published file holds, and `effective`: the weights that their sum stands for."""

    def __init__(self, janus, seed):
        source, self.config, self.janus = Source(seed), config_of(janus), janus
        shapes = {ENCODER + name: shape for name, shape in encoder_shapes(self.config).items()}
        shapes |= {whole.MODEL + name: shape for name, shape in control_shapes(self.config).items()}
        shapes |= preference_shapes(self.config)
        self.added = {name: source.weight(name, shape) for name, shape in shapes.items()}
        base = {name: value.detach().clone() for name, value in deepseek_tensors(janus).items()}
        words = whole.MODEL + "embed_tokens.weight"
        self.added[words] = source.normal(*base[words].shape)
        self.lora = {}
        for name in [n for n in base if ".self_attn." in n and n.startswith(whole.MODEL)]:
            stem, (rows, columns) = name.removesuffix("weight"), base[name].shape
            a, b = source.normal(RANK, columns, scale=columns**-0.5), source.normal(rows, RANK, scale=0.1)
            self.lora |= {stem + "lora_A.default.weight": a, stem + "lora_B.default.weight": b}
            base[name] = base[name] + ALPHA / RANK * b @ a
        self.effective = base | self.added

    def write_trained(self, folder, dtype=torch.float32, with_encoder=True):
        folder.mkdir(parents=True)
        tensors = {TRAINED + name: value.to(dtype) for name, value in (self.added | self.lora).items()
                   if with_encoder or not name.startswith(ENCODER)}
        torch.save(tensors, folder / "trainable_model_parameters.pth")

    def encoder(self):
        """The same DINOv2 (small) as a module of transformers."""
        model = Dinov2Model(Dinov2Config(hidden_size=384, num_hidden_layers=12, num_attention_heads=6,
                                         patch_size=14, image_size=518))
        model.load_state_dict({name: self.added[ENCODER + older_dinov2_name(name)] for name in model.state_dict()})
        return model

    def write_first_stage(self, folder):
        """Control branch and words of an earlier training, all replaced by the last one."""
        folder.mkdir(parents=True)
        tensors = {TRAINED + name: value + 1 for name, value in self.added.items() if name.startswith(whole.MODEL)}
        torch.save(tensors, folder / "trainable_model_parameters.pth")

    def model(self):
        return whole.UniAdGen(self.config, dict(self.effective))


def prompt_row(source, words, vocabulary):
    def text(count):
        return (IDS.first_word + source.integers(vocabulary - IDS.first_word, count)).tolist()
    titles = [6, *[SLOTS["title_placeholder"]] * WORDS, 7] * ITEMS
    images = [IDS.begin_of_image, *[SLOTS["image_placeholder"]] * PATCHES, IDS.eos] * ITEMS
    return [IDS.bos, *text(words), *titles, *text(3), *images, *text(2)]


def prompt(model, ids, preferences):
    embeddings = model.words(ids)
    for slot, rows in zip(("image_placeholder", "title_placeholder"), preferences):
        embeddings = embeddings.masked_scatter((ids == SLOTS[slot])[..., None], rows)
    return embeddings


def draw(model, source):
    vocabulary, tokens = model.config["language_model"]["vocab_size"], SIDE**2
    history = source.uniform(SAMPLES * ITEMS, 3, 128, 128)
    ids = model.vq.quantise(model.vq.latents(history)).reshape(SAMPLES, ITEMS, PATCHES)
    titles = IDS.first_word + source.integers(vocabulary - IDS.first_word, SAMPLES, ITEMS, WORDS)
    titles[0, 1, 11:] = IDS.pad
    noise = {"visual": source.gumbel(SAMPLES, ITEMS * PATCHES), "text": source.gumbel(SAMPLES, ITEMS * WORDS)}
    preferences = model.preferences(ids, titles, noise)
    cutouts = source.uniform(SAMPLES, 3, 16 * SIDE, 16 * SIDE)
    maps = model.maps(F.interpolate(cutouts, size=14 * SIDE, mode="nearest"))

    rows = [prompt_row(source, count, vocabulary) for count in (9, 5)]
    prompt_ids, prompt_mask = left_padded(rows)
    title, title_logits = whole.title_stage(model, prompt(model, prompt_ids, preferences), prompt_mask, STEPS + 1)
    titled = [row + [9, 10, 11, IDS.eos, IDS.begin_of_image] for row in rows]
    image_ids, image_mask = left_padded(titled)
    negative, negative_mask = (x[1:] for x in left_padded([titled[0]] + [[IDS.bos, 12, 13, IDS.begin_of_image]] * 2))
    both = torch.stack([prompt(model, image_ids, preferences), model.words(negative)], 1).flatten(0, 1)
    masks = torch.stack([image_mask, negative_mask], 1).flatten(0, 1)
    picture, logits = whole.image_stage(model, both, masks, maps, count=tokens)
    return {"history_pixels": history, "history_ids": ids, "history_titles": titles,
            "visual_noise": noise["visual"], "text_noise": noise["text"],
            "image_preferences": preferences[0], "title_preferences": preferences[1],
            "control_pixels": cutouts, "maps": maps, "prompt_ids": prompt_ids, "prompt_mask": prompt_mask,
            "title_logits": title_logits, "title_tokens": title, "image_prompt_ids": image_ids,
            "image_prompt_mask": image_mask, "negative_ids": negative, "negative_mask": negative_mask,
            "image_logits": logits[:, :STEPS + 1], "guided_logits": guided(logits, whole.SCALE)[:, :STEPS + 1],
            "image_tokens": picture, "decoded_pixels": model.vq.decode(picture[:1], SIDE, SIDE)}


def case(name, published, seed):
    model = published.model()
    for attempt in range(20):
        try:
            tensors = draw(model, Source(seed + attempt))
        except AssertionError:
            continue  # a choice hung on rounding
        return Case(name, tensors, options=SLOTS | {"guidance": whole.SCALE, "strength": whole.STRENGTH})
    raise RuntimeError(f"{name}: every draw hangs on rounding")
