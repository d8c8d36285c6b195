"""Load time and peak memory of a model as large as Janus-Pro-1B (random weights, bfloat16), beside the mini model.

    .venv-parity/bin/python tests/parity/size.py [--program build/release/adtailor] [--tokens 8]

Writes about 4 GB to a temporary folder, in DeepSeek's layout, and deletes it. The picture is stopped after
some tokens: its steps are all alike. Peak memory is what the kernel counts (ru_maxrss).
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
import time
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


def pro_1b():
    """The real sizes, without memory behind them."""
    config = JanusConfig(
        text_config=LlamaConfig(hidden_size=2048, num_hidden_layers=24, num_attention_heads=16, num_key_value_heads=16,
                                intermediate_size=5632, vocab_size=102400, max_position_embeddings=16384,
                                tie_word_embeddings=False),
        vision_config=JanusVisionConfig(), vq_config=JanusVQVAEConfig(), tie_word_embeddings=False)
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


def write_model(folder):
    """Tensor by tensor: the model is never in memory. Answers the bytes of the tensors that ads need."""
    folder.mkdir()
    model = pro_1b()
    shapes = {name: list(value.shape) for name, value in deepseek_tensors(model).items()}
    random = np.random.default_rng(1).standard_normal(PIECE, dtype=np.float32)
    header, end = {"__metadata__": {"format": "pt"}}, 0
    for name, shape in shapes.items():
        header[name] = {"dtype": "BF16", "shape": shape, "data_offsets": [end, end := end + 2 * math.prod(shape)]}
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(folder / "model.safetensors", "wb") as file:
        file.write(len(text).to_bytes(8, "little") + text)
        for name, shape in shapes.items():
            for part in values(shape, name, random):
                file.write(part)
    (folder / "config.json").write_text(json.dumps(deepseek_config(model.config)))
    shutil.copy(HERE.parent / "fixtures/tokenizer_janus.json", folder / "tokenizer.json")
    # The image tokenizer is held in float32.
    return sum((4 if name.startswith("gen_vision_model.") else 2) * math.prod(shape)
               for name, shape in shapes.items() if not name.startswith(UNUSED))


def run(program, model, precision, tokens):
    """One ad, stopped after some picture tokens; 0: to its end. -> seconds and bytes"""
    out = tempfile.mkdtemp()
    command = [program, "generate", "--sample", "--model", str(model), "--precision", precision, "--title", "A title",
               "--json", "--out", out]
    start, loaded, first, last = time.time(), None, None, None
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    answer = []
    for line in process.stdout:
        answer.append(line)
        event = json.loads(line) if line.startswith("{") else {}
        if event.get("event") != "progress":
            continue
        if event["stage"] == "load" and event["done"] == event["total"]:
            loaded = time.time()
        if event["stage"] == "image":
            last = (event["done"], time.time())
            first = first or last
            if tokens and event["done"] >= tokens:
                process.send_signal(signal.SIGINT)
    _, _, usage = os.wait4(process.pid, 0)
    shutil.rmtree(out)
    if first is None:
        sys.exit("".join(answer[-3:]))
    steps = max(last[0] - first[0], 1)
    return {"load": loaded - start, "prompt": first[1] - loaded, "picture token": (last[1] - first[1]) / steps,
            "peak": usage.ru_maxrss * 1024}


def show(name, weights, figures):
    print(f"{name}: weights in memory {weights / 1e9:.3f} GB, peak {figures['peak'] / 1e9:.3f} GB "
          f"({figures['peak'] / weights - 1:+.1%}), loaded in {figures['load']:.1f} s, first picture token after another "
          f"{figures['prompt']:.1f} s, then {figures['picture token']:.3f} s each", flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", default="build/release/adtailor")
    parser.add_argument("--tokens", type=int, default=8)
    arguments = parser.parse_args()
    mini = HERE.parents[1] / "resources/default_model"
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "Janus-Pro-1B-random"
        needed = write_model(folder)
        show("Janus-Pro-1B, bfloat16", needed, run(arguments.program, folder, "bfloat16", arguments.tokens))
    size = (mini / "model.safetensors").stat().st_size
    show("mini, float32", 2 * size, run(arguments.program, mini, "float32", 0))


if __name__ == "__main__":
    main()
