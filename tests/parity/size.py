"""Load time and peak memory of models of the published sizes (random weights), beside what `models show` plans.

    .venv-parity/bin/python tests/parity/size.py --model 1B [--ads 1] [--tokens 8] [--precision bfloat16]

--model: mini, or Janus-Pro in DeepSeek's layout: tiny, 1B or 7B (writes 1, 4 or 15 GB to a temporary folder and
deletes it).
--tokens: the picture is stopped after so many; 0 stops when the model is loaded, -1 draws and decodes all of it. Peak
memory is what the kernel counts (VmHWM), seconds are processor time on one thread, which other programs do not lengthen.
SPDX-License-Identifier: GPL-3.0-or-later
"""
import argparse
import json
import math
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent)]
os.environ["HF_HUB_OFFLINE"] = "1"

import numpy as np
import torch
from transformers import JanusConfig, JanusForConditionalGeneration, JanusVisionConfig, JanusVQVAEConfig, LlamaConfig

from published import deepseek_config, deepseek_tensors

HERE = Path(__file__).resolve().parent
PIECE = 1 << 22  # values written at once; larger tensors repeat them
# What ads do not need: the understanding tower and a counter.
UNUSED = ("vision_model.", "aligner.", "gen_vision_model.quantize.codebook_used")
# width, layers, heads, inner width, files. "tiny" has the real image tokenizer and picture size, so decoding shows.
SIZES = {"tiny": (256, 2, 4, 512, 1), "1B": (2048, 24, 16, 5632, 1), "7B": (4096, 30, 32, 11008, 2)}


def janus_pro(size):
    """The real sizes, without memory behind them."""
    width, layers, heads, inner, _ = SIZES[size]
    config = JanusConfig(
        text_config=LlamaConfig(hidden_size=width, num_hidden_layers=layers, num_attention_heads=heads,
                                num_key_value_heads=heads, intermediate_size=inner, vocab_size=102400,
                                max_position_embeddings=16384, tie_word_embeddings=False),
        vision_config=JanusVisionConfig(projection_dim=width),
        vq_config=JanusVQVAEConfig(projection_dim=width, image_token_embed_dim=width), tie_word_embeddings=False)
    with torch.device("meta"):
        return JanusForConditionalGeneration(config)


def values(shape, name, random):
    """bfloat16 bits of a tensor's values, in pieces; norm scales are 1."""
    count, scale = math.prod(shape), 1 / math.sqrt(math.prod(shape[1:]) or 1)
    if len(shape) == 1 and not name.endswith("bias"):
        piece = torch.ones(min(count, PIECE))
    else:
        piece = torch.from_numpy(random[:min(count, PIECE)]) * (scale if len(shape) > 1 else 0.02)
    piece = piece.to(torch.bfloat16)
    for start in range(0, count, PIECE):
        yield piece[:count - start].view(torch.int16).numpy().tobytes()


def write_file(path, shapes, random):
    header, end = {"__metadata__": {"format": "pt"}}, 0
    for name, shape in shapes.items():
        header[name] = {"dtype": "BF16", "shape": shape, "data_offsets": [end, end := end + 2 * math.prod(shape)]}
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(len(text).to_bytes(8, "little") + text)
        for name, shape in shapes.items():
            for part in values(shape, name, random):
                file.write(part)


def write_model(folder, size):
    """Tensor by tensor: the model is never in memory. Answers the bytes that the tensors ads need take in memory."""
    folder.mkdir()
    model, files = janus_pro(size), SIZES[size][-1]
    shapes = {name: list(value.shape) for name, value in deepseek_tensors(model).items()}
    random = np.random.default_rng(1).standard_normal(PIECE, dtype=np.float32)
    names, weight_map = list(shapes), {}
    each = math.ceil(len(names) / files)
    for i in range(files):
        part = {name: shapes[name] for name in names[i * each:(i + 1) * each]}
        file = "model.safetensors" if files == 1 else f"model-{i + 1:05}-of-{files:05}.safetensors"
        write_file(folder / file, part, random)
        weight_map |= dict.fromkeys(part, file)
    if files > 1:
        (folder / "model.safetensors.index.json").write_text(json.dumps({"metadata": {}, "weight_map": weight_map}))
    (folder / "config.json").write_text(json.dumps(deepseek_config(model.config)))
    shutil.copy(HERE.parent / "fixtures/tokenizer_janus.json", folder / "tokenizer.json")
    # The image tokenizer is held in float32.
    return sum((4 if name.startswith("gen_vision_model.") else 2) * math.prod(shape)
               for name, shape in shapes.items() if not name.startswith(UNUSED))


def usage(pid):
    """-> processor seconds and peak bytes so far; wait4's ru_maxrss would count this script's own memory too"""
    process = Path(f"/proc/{pid}")
    fields = (process / "stat").read_text().rpartition(")")[2].split()
    peak = next((int(line.split()[1]) for line in (process / "status").read_text().splitlines()
                 if line.startswith("VmHWM")), 0)
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK"), peak * 1024


def plan(program, model, precision, ads):
    answer = subprocess.run([program, "models", "show", str(model), "--count", str(ads), "--json"], check=True,
                            capture_output=True, text=True).stdout
    return next(event for event in map(json.loads, answer.splitlines())
                if event["event"] == "memory" and event["device"] == "cpu" and event["precision"] == precision)


def run(program, model, precision, ads, guidance, tokens):
    """One batch, see --tokens above. -> {point: (seconds, peak bytes)}, tokens drawn"""
    out = tempfile.mkdtemp()
    command = [program, "generate", "--sample", "--model", str(model), "--precision", precision, "--title", "A title",
               "--count", str(ads), "--guidance", str(guidance), "--threads", "1", "--json", "--out", out]
    points, drawn, answer = {}, [], []
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    for line in process.stdout:
        answer.append(line)
        event = json.loads(line) if line.startswith("{") else {}
        if event.get("event") != "progress":
            continue
        now = usage(process.pid)
        if event["stage"] == "load" and event["done"] == event["total"]:
            points["loaded"] = now
            if tokens == 0:
                process.send_signal(signal.SIGINT)
        if event["stage"] == "image":
            drawn.append(event["done"])
            points.setdefault("first token", now)
            points["last token"] = now
            if 0 < tokens <= event["done"]:
                process.send_signal(signal.SIGINT)
        if event["stage"] == "decode":
            points["pixels"] = now
    process.wait()
    shutil.rmtree(out)
    if not points:
        sys.exit("".join(answer[-3:]))
    return points, drawn


def measure(program, name, model, weights, options):
    precision, ads = options.precision or ("float32" if name == "mini" else "bfloat16"), options.ads
    planned = plan(program, model, precision, ads)
    if precision in ("int8", "int4"):
        weights = planned["weights"]  # as stored in memory
    points, drawn = run(program, model, precision, ads, options.guidance, options.tokens)
    peaks = {point: peak for point, (_, peak) in points.items()}
    whole = max(peaks.values())
    print(f"{name}, {precision}, {ads} ad(s), guidance {options.guidance}: weights {weights / 1e9:.3f} GB, peak "
          f"{whole / 1e9:.3f} GB ({whole / weights - 1:+.1%}); {drawn[-1] if drawn else 0} picture tokens")
    print("  s:    " + ", ".join(f"{point} {seconds:.2f}" for point, (seconds, _) in points.items()))
    print("  peak: " + ", ".join(f"{point} {peak / 1e9:.3f} GB" for point, peak in peaks.items()))
    print(f"  plan: {planned['needed'] / 1e9:.3f} GB = " + " + ".join(
        f"{part} {planned[part] / 1e9:.3f}" for part in ("weights", "cache", "working", "program"))
        + f"; {planned['needed'] / whole - 1:+.1%} against the peak", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default="build/release/adtailor")
    parser.add_argument("--model", choices=("mini", *SIZES), required=True)
    parser.add_argument("--precision", choices=("float32", "bfloat16", "int8", "int4"))
    parser.add_argument("--ads", type=int, nargs="+", default=[1])
    parser.add_argument("--guidance", type=float, default=3)
    parser.add_argument("--tokens", type=int, nargs="+", default=[8], help="one for each of --ads, or one for all")
    options = parser.parse_args()
    runs = list(zip(options.ads, options.tokens if len(options.tokens) > 1 else options.tokens * len(options.ads)))
    with tempfile.TemporaryDirectory() as temporary:
        if options.model == "mini":
            folder = HERE.parents[1] / "resources/default_model"
            # Stored in bfloat16; half as much again for the image tokenizer is left out, it is small.
            weights = (folder / "model.safetensors").stat().st_size * (2 if options.precision != "bfloat16" else 1)
        else:
            folder = Path(temporary) / f"Janus-Pro-{options.model}-random"
            weights = write_model(folder, options.model)
        for options.ads, options.tokens in runs:
            measure(options.program, options.model, folder, weights, options)


if __name__ == "__main__":
    main()
