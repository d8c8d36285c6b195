#!/usr/bin/env python3
"""How well PBS features tell backgrounds apart, and how fast they are; beside Python in the same run.

Needs the build's `adtailor`, and Python with torch, transformers, safetensors, numpy and pillow.

  measure_pbs.py separation --command build/release/adtailor --scenes FOLDER [--split test]
      Over the pictures of one product: does a pair on the same background (style) score above a
      pair on different ones? ROC AUC inside products and mean scores, with 95 % intervals from
      2,000 draws of whole products; and the AUC over pairs of different products. Beside the model: the same ViT with fresh weights, its own
      summary before the compress layer, and a histogram of colours.
  measure_pbs.py speed --command build/release/adtailor --scenes FOLDER [--threads 2]
      Pictures a second from JPEG files to features, for ViT-B/16 with random weights and for the
      shipped model; the reference is transformers' ViT with torch's fused attention, and Pillow.

SPDX-License-Identifier: GPL-3.0-or-later
"""
import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

import numpy as np
import torch
from PIL import Image
from safetensors.torch import load_file, save_file

ROOT = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT / "fixtures"))
from make_pbs import BASE, Encoder, fill, joined, normalized, published, raw, view  # noqa: E402
from oracle import Source  # noqa: E402

MODEL = ROOT.parent / "resources" / "pbs_mini"


def unit(rows):
    return rows / np.linalg.norm(rows, axis=1, keepdims=True).clip(1e-12)


def product_pairs(scores, scenes):
    """Product -> (scores of pairs on the same background, of pairs on different ones)."""
    pairs = {}
    for i, a in enumerate(scenes):
        for j in range(i + 1, len(scenes)):
            b = scenes[j]
            if a["product"] == b["product"]:
                pairs.setdefault(a["product"], ([], []))[a["style"] != b["style"]].append(scores[i, j])
    return [(np.array(s), np.sort(o)) for s, o in pairs.values() if s and o]


def across_products(scores, scenes):
    """The same AUC over pairs of different products: an ad against what someone clicked before."""
    product, style = (np.array([s[k] for s in scenes]) for k in ("product", "style"))
    i, j = np.triu_indices(len(scenes), 1)
    i, j = i[product[i] != product[j]], j[product[i] != product[j]]
    same = style[i] == style[j]
    return figures([(scores[i, j][same], np.sort(scores[i, j][~same]))])[0]


def figures(pairs):
    won = sum(((o.searchsorted(s) + o.searchsorted(s, "right")) / 2).sum() for s, o in pairs)
    return (won / sum(len(s) * len(o) for s, o in pairs),
            np.concatenate([s for s, _ in pairs]).mean(), np.concatenate([o for _, o in pairs]).mean())


def report(name, features, scenes):
    scores = unit(np.asarray(features, dtype=np.float64))
    scores = scores @ scores.T
    pairs = product_pairs(scores, scenes)
    auc, same, other = figures(pairs)
    draws = np.random.default_rng(1)
    many = [figures([pairs[i] for i in draws.integers(len(pairs), size=len(pairs))])[0]
            for _ in range(2000)]
    low, high = np.percentile(many, [2.5, 97.5])
    print(f"| {name} | {np.asarray(features).shape[1]} | {auc:.3f} ({low:.3f}-{high:.3f}) "
          f"| {same:.3f} | {other:.3f} | {across_products(scores, scenes):.3f} |", flush=True)


def sizes_of(weights):
    width, _, _, patch = weights["patch_embed.proj.weight"].shape
    side = round((weights["pos_embed"].shape[1] - 1) ** 0.5) * patch
    layers = len({k.split(".")[1] for k in weights if k.startswith("blocks.")})
    return {"image_size": side, "patch_size": patch, "hidden_size": width,
            "num_hidden_layers": layers, "num_attention_heads": width // 64,
            "intermediate_size": weights["blocks.0.mlp.fc1.weight"].shape[0]}


def python_model(weights):
    """The same network by transformers, with these weights (published names)."""
    encoder = Encoder(sizes_of(weights), weights["compress_layer.0.weight"].shape[0])
    encoder.vit.set_attn_implementation("sdpa")
    fill(encoder, lambda name, shape: weights[name])
    for name in ("running_mean", "running_var"):
        getattr(encoder.compress_layer[1], name).copy_(weights["compress_layer.1." + name])
    return encoder.eval()


def batches(files, side):
    shorter = (side * 8 + 3) // 7
    for start in range(0, len(files), 16):
        yield torch.stack([raw(view(Image.open(f).convert("RGB"), shorter, side))
                           for f in files[start:start + 16]])


def rows(files, side, encode, prepare=normalized):
    with torch.inference_mode():
        return torch.cat([encode(prepare(b)) for b in batches(files, side)])


def command_features(command, model, files, threads):
    """What `adtailor pbs` says: the matrix of all pictures."""
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / "ads").mkdir()
        for file in files:
            (folder / "ads" / file.name).symlink_to(file.resolve())
        start = time.perf_counter()
        subprocess.run([command, "pbs", folder / "ads", "--matrix", "--out", folder / "out", "--model",
                        model, "--threads", str(threads)], check=True, stdout=subprocess.DEVNULL)
        seconds = time.perf_counter() - start
        table = json.loads((folder / "out" / "ads.json").read_text())
    assert table["rows"] == [f.stem for f in files]
    return np.array(table["pbs"]), seconds


def scene_files(arguments):
    lines = (arguments.scenes / "index.jsonl").read_text().splitlines()
    scenes = sorted((json.loads(line) for line in lines), key=lambda s: pathlib.Path(s["file"]).stem)
    scenes = [s for s in scenes if s["split"] == arguments.split]
    return scenes, [arguments.scenes / s["file"] for s in scenes]


def colours(pixels):
    """Histogram of 4 x 4 x 4 colours: 64 numbers, as many as a PBS feature."""
    bins = (pixels // 64).long()
    index = bins[:, 0] * 16 + bins[:, 1] * 4 + bins[:, 2]
    return torch.stack([torch.bincount(i.flatten(), minlength=64).float() for i in index])


def separation(arguments):
    scenes, files = scene_files(arguments)
    weights = load_file(arguments.model / "model.safetensors")
    weights = {k: v.float() for k, v in weights.items()}
    own = python_model(weights)
    side = sizes_of(weights)["image_size"]
    print(f"{len(scenes)} scenes of {len({s['product'] for s in scenes})} products, split "
          f"{arguments.split}; scores of one product's pictures\n")
    print("| Feature | Numbers | AUC (95 %) | Same background | Other background | AUC across products |\n"
          "|---|---|---|---|---|---|")
    told, _ = command_features(arguments.command, arguments.model, files, arguments.threads)
    mine = rows(files, side, own.features)
    report("PBS of this model", mine, scenes)
    reference = unit(mine.numpy().astype(np.float64))
    apart = np.abs(reference @ reference.T - told).max()
    report("its ViT alone, before the compress layer",
           rows(files, side, lambda x: own.vit(x).last_hidden_state[:, 0]), scenes)
    for seed in (1, 2, 3):
        torch.manual_seed(seed)
        fresh = Encoder(sizes_of(weights), 64).eval()
        report(f"untrained ViT of equal size, seed {seed}", rows(files, side, fresh.features), scenes)
    report("histogram of 64 colours", rows(files, side, colours, lambda x: x), scenes)
    print(f"\nLargest difference of {len(files)}^2 scores between adtailor pbs and Python: {apart:.1e}")


def speed(arguments):
    _, files = scene_files(arguments)
    torch.set_num_threads(arguments.threads)
    print(f"{arguments.threads} threads; load of the machine before: {os.getloadavg()[0]:.1f}\n\n"
          "| Model | adtailor pbs, pictures/s | transformers and Pillow, pictures/s |\n|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        base = pathlib.Path(folder) / "model.safetensors"
        encoder = fill(Encoder(BASE, 64), Source(1).weight)
        save_file({k: v.detach().clone().contiguous() for k, v in joined(published(encoder)).items()},
                  str(base))
        del encoder
        for name, model, count in (("ViT-B/16, 224 px", base, 33), ("this model", arguments.model, 193)):
            file = model if model.is_file() else model / "model.safetensors"
            reference = python_model({k: v.float() for k, v in load_file(file).items()})
            side = reference.vit.config.image_size
            best = {"own": 0.0, "python": 0.0}
            for _ in range(arguments.runs):  # in turn, so that both meet the same machine
                alone = command_features(arguments.command, model, files[:1], arguments.threads)[1]
                whole = command_features(arguments.command, model, files[:count], arguments.threads)[1]
                best["own"] = max(best["own"], (count - 1) / (whole - alone))
                rows(files[:1], side, reference.features)
                start = time.perf_counter()
                rows(files[1:count], side, reference.features)
                best["python"] = max(best["python"], (count - 1) / (time.perf_counter() - start))
            print(f"| {name} | {best['own']:.1f} | {best['python']:.1f} |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("separation", "speed"))
    parser.add_argument("--command", required=True)
    parser.add_argument("--scenes", type=pathlib.Path, required=True)
    parser.add_argument("--model", type=pathlib.Path, default=MODEL, help="folder with model.safetensors")
    parser.add_argument("--split", default="test")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--runs", type=int, default=3, help="speed: the best of so many counts")
    arguments = parser.parse_args()
    {"separation": separation, "speed": speed}[arguments.what](arguments)


if __name__ == "__main__":
    main()
