#!/usr/bin/env python3
"""Pictures and titles a second of the metrics and text models of `adtailor evaluate`, beside Python in the same run.

Needs the build's `adtailor`, and Python with torch, transformers, tokenizers, safetensors, numpy and pillow.

  measure_metrics.py --command build/release/adtailor [--only clip] [--pictures 12] [--threads 2] [--work FOLDER]

Models have random weights and the published sizes: CLIP ViT-L/14 (with CLIP-I and the aesthetic head), PickScore's
ViT-H/14, ImageReward, DINOv2-base, Qwen2.5-0.5B. Ours are the seconds in times.csv, without reading files; Python's are
those of transformers with fused attention on the same pictures, already decoded, one by one. Titles are counted in
answered tokens. The largest difference between both is shown, so that equal work is compared.
SPDX-License-Identifier: GPL-3.0-or-later
"""
import argparse
import csv
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

import torch
from PIL import Image
from safetensors.torch import save_file
from tokenizers import Tokenizer
from transformers import (BertTokenizerFast, BlipTextConfig, BlipVisionConfig, BlipVisionModel, CLIPConfig, CLIPModel,
                          Dinov2Config, Dinov2Model, Qwen2Config, Qwen2ForCausalLM)
from transformers.models.blip.modeling_blip_text import BlipTextModel

ROOT = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT / "fixtures"))
from make_pbs import picture  # noqa: E402
from make_picture_metrics import (BitImageProcessorPil, CLIPImageProcessorPil, WORDS, blip_names, cosine,  # noqa: E402
                                  make_head, pixels_of, pooled, text_features, torchvision_view)
from make_text_models import QWEN, make_tokenizer  # noqa: E402

DESCRIPTION = "A modern sofa, white, with soft cushions and oak legs"
CLIP_L = {"text": (768, 12, 12, 3072), "vision": (1024, 24, 16, 4096), "projection": 768, "act": "quick_gelu"}
CLIP_H = {"text": (1024, 24, 16, 4096), "vision": (1280, 32, 16, 5120), "projection": 1024, "act": "gelu"}
ANSWER = 32  # tokens


def tower(sizes, act):
    return {"hidden_size": sizes[0], "num_hidden_layers": sizes[1], "num_attention_heads": sizes[2],
            "intermediate_size": sizes[3], "hidden_act": act}


def rounded_model(model):
    for parameter in model.parameters():
        parameter.copy_(parameter.to(torch.bfloat16))
    return model.eval()


def save(model, folder):
    folder.mkdir(parents=True, exist_ok=True)
    save_file({name: value.to(torch.bfloat16).contiguous() for name, value in model.state_dict().items()},
              str(folder / "model.safetensors"), metadata={"format": "pt"})


def make_clip(folder, sizes):
    tokenizer = Tokenizer.from_file(str(ROOT / "fixtures/tokenizer_clip.json"))
    config = CLIPConfig(
        text_config=tower(sizes["text"], sizes["act"]) | {"eos_token_id": tokenizer.token_to_id("<|endoftext|>")},
        vision_config=tower(sizes["vision"], sizes["act"]) | {"image_size": 224, "patch_size": 14},
        projection_dim=sizes["projection"])
    model = rounded_model(CLIPModel(config))
    save(model, folder)
    whole = config.to_dict()
    (folder / "config.json").write_text(json.dumps({"model_type": "clip"} | {
        part: {key: whole[part][key] for key in ("num_attention_heads", "hidden_act")}
        for part in ("text_config", "vision_config")}))
    (folder / "tokenizer.json").write_text((ROOT / "fixtures/tokenizer_clip.json").read_text())
    return model, tokenizer


def clip(folder):
    model, tokenizer = make_clip(folder / "clip", CLIP_L)
    layers, head = make_head(768, 1)
    torch.save(layers, folder / "aesthetic.pth")

    def score(own, other):
        a, b = (pooled(model.get_image_features(pixel_values=pixels_of(torchvision_view(image, 224))))[0]
                for image in (own, other))
        return [cosine(a, b), cosine(a, text_features(model, tokenizer, DESCRIPTION)), head(a / a.norm()).item()]
    return ["--clip", folder / "clip", "--aesthetic", folder / "aesthetic.pth"], ["clip_i", "clip", "aesthetic"], score


def pick_score(folder):
    model, tokenizer = make_clip(folder / "pick", CLIP_H)
    processor = CLIPImageProcessorPil()

    def score(own, _):
        features = pooled(model.get_image_features(**processor(images=own, return_tensors="pt")))[0]
        return [float(model.logit_scale.exp()) * cosine(features, text_features(model, tokenizer, DESCRIPTION))]
    return ["--pick-score", folder / "pick"], ["pick_score"], score


def image_reward(folder):
    vision = rounded_model(BlipVisionModel(BlipVisionConfig(
        hidden_size=1024, intermediate_size=4096, num_hidden_layers=24, num_attention_heads=16, image_size=224, patch_size=16,
        layer_norm_eps=1e-6)))
    text = rounded_model(BlipTextModel(BlipTextConfig(vocab_size=30524, encoder_hidden_size=1024, hidden_size=768,
                                                      num_attention_heads=12, layer_norm_eps=1e-12),
                                       add_pooling_layer=False))
    layers, head = make_head(768, 2)
    folder.mkdir(parents=True, exist_ok=True)
    torch.save(blip_names(vision, text) | {"mlp." + name: value for name, value in layers.items()}, folder / "ImageReward.pt")
    (folder / "vocab.txt").write_text("\n".join(WORDS) + "\n")
    tokenizer = BertTokenizerFast(vocab=str(folder / "vocab.txt"))

    def score(own, _):
        words = tokenizer(DESCRIPTION, padding="max_length", truncation=True, max_length=35, return_tensors="pt")
        seen = vision(pixel_values=pixels_of(torchvision_view(own, 224))).last_hidden_state
        hidden = text(input_ids=words.input_ids, attention_mask=words.attention_mask, encoder_hidden_states=seen,
                      encoder_attention_mask=torch.ones(seen.shape[:2], dtype=torch.long), is_decoder=False)
        return [(head(hidden.last_hidden_state[:, 0]).item() - 0.16717362830052426) / 1.0333394966054072]
    return ["--image-reward", folder], ["image_reward"], score


def dino(folder):
    model = rounded_model(Dinov2Model(Dinov2Config(image_size=518, patch_size=14)))
    save(model, folder)
    processor = BitImageProcessorPil(size={"shortest_edge": 256}, crop_size={"height": 224, "width": 224}, resample=3,
                                     image_mean=(0.485, 0.456, 0.406), image_std=(0.229, 0.224, 0.225))

    def score(own, other):
        a, b = (model(**processor(images=image, return_tensors="pt")).last_hidden_state[0, 0] for image in (own, other))
        return [cosine(a, b)]
    return ["--dino", folder], ["dino"], score


def write_records(folder, count):
    records, rows = [], ["number,image"]
    for i in range(count):
        picture(512 + i, 512 + i).save(folder / f"ad{i}.png")
        picture(600 - i, 600 - i).save(folder / f"clicked{i}.png")
        records.append({"f_path": f"clicked{i}.png", "f_path_trans": "", "f_path_white": f"ad{i}.png", "width": 512,
                        "height": 512, "caption": "", "sku_title_cn": DESCRIPTION, "gt_title_cn": "A sofa",
                        "word_list": "soft, oak", "max_ratio": 0.6, "history_images": [], "history_titles": [],
                        "text_similarity": []})
        rows.append(f"{i + 1},ad{i}.png")
    (folder / "records.json").write_text(json.dumps(records))
    (folder / "ads.csv").write_text("\n".join(rows) + "\n")


def evaluate(arguments, folder, out, *options):
    command = [arguments.command, "evaluate", folder / "records.json", "--out", out, "--threads", arguments.threads,
               "--resamples", 100, "--pbs", "none", "--sheet", 0, *options]
    start = time.perf_counter()
    subprocess.run(list(map(str, command)), check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def measure_pictures(arguments, name, make, folder):
    options, keys, score = make(folder / name)
    write_records(folder, arguments.pictures)
    evaluate(arguments, folder, folder / f"out_{name}", "--no-generate", "--system", f"ads={folder / 'ads.csv'}", *options)
    with open(folder / f"out_{name}" / "times.csv") as file:
        times = {row["metrics"]: row for row in csv.DictReader(file)}[" ".join(keys)]
    images = [(Image.open(folder / f"ad{i}.png").convert("RGB"), Image.open(folder / f"clicked{i}.png").convert("RGB"))
              for i in range(arguments.pictures)]
    score(*images[0])
    start = time.perf_counter()
    scores = [score(*pair) for pair in images]
    seconds = time.perf_counter() - start
    apart = 0
    for i, row in enumerate(scores, 1):
        ours = json.loads((folder / f"out_{name}/rows/ads/{i}.json").read_text())["scores"]
        apart = max(apart, *(abs(ours[key] - value) / (1 + abs(value)) for key, value in zip(keys, row)))
    print(f"| {', '.join(keys)} | {int(times['ads']) / float(times['seconds']):.2f} ads/s | {len(images) / seconds:.2f} ads/s "
          f"| {apart:.1e} |", flush=True)


def measure_titles(arguments, folder):
    tokenizer = make_tokenizer(QWEN)
    end = tokenizer.token_to_id("<|im_end|>")
    model = rounded_model(Qwen2ForCausalLM(Qwen2Config(
        hidden_size=896, intermediate_size=4864, num_hidden_layers=24, num_attention_heads=14, num_key_value_heads=2,
        vocab_size=151936, tie_word_embeddings=True, eos_token_id=end, bos_token_id=None,
        rope_parameters={"rope_type": "default", "rope_theta": 1e6})))
    model.save_pretrained(folder / "qwen")
    tokenizer.save(str(folder / "qwen/tokenizer.json"))
    write_records(folder, 5)
    options = ("--system", f"Q=chat:{folder / 'qwen'}", "--answer-tokens", ANSWER)
    one = evaluate(arguments, folder, folder / "one", *options, "--limit", 1)
    ours = (evaluate(arguments, folder, folder / "five", *options) - one) / 4
    ids = torch.randint(tokenizer.get_vocab_size(), (1, arguments.prompt))
    generate = {"max_new_tokens": ANSWER, "min_new_tokens": ANSWER, "do_sample": False, "pad_token_id": 0,
                "attention_mask": torch.ones_like(ids)}
    model.generate(ids, **generate)
    start = time.perf_counter()
    model.generate(ids, **generate)
    theirs = time.perf_counter() - start
    print(f"| titles, Qwen2.5-0.5B, {ANSWER} tokens | {1 / ours:.3f} titles/s | {1 / theirs:.3f} titles/s | - |", flush=True)


def main():
    makers = {maker.__name__: maker for maker in (clip, pick_score, image_reward, dino)}
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--command", required=True)
    parser.add_argument("--only", choices=[*makers, "titles"], action="append")
    parser.add_argument("--pictures", type=int, default=12)
    parser.add_argument("--prompt", type=int, default=210, help="tokens of Python's question; ours has about so many")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--work", type=pathlib.Path, help="keep models and results in this folder")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(1)
    print(f"{arguments.threads} threads; load of the machine before: {os.getloadavg()[0]:.1f}\n\n"
          "| Metrics | adtailor evaluate | transformers | largest difference |\n|---|---|---|---|", flush=True)
    with torch.no_grad():
        for name in arguments.only or [*makers, "titles"]:
            with tempfile.TemporaryDirectory(dir=arguments.work) as folder:
                if name == "titles":
                    measure_titles(arguments, pathlib.Path(folder))
                else:
                    measure_pictures(arguments, name, makers[name], pathlib.Path(folder))


if __name__ == "__main__":
    main()
