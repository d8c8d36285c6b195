"""Time of one picture token beside transformers, both in one run, taking turns: ratios, and how near memory's limit.

    .venv-parity/bin/python tests/parity/bench.py --model 1B [--precision bfloat16 int8 int4] [--rounds 3] [--steps 32]

Random weights of the published sizes (see size.py), guidance on (two rows), prompts of the same length. transformers
runs its fastest loop: bfloat16 (float32 with --reference float32), a growing cache, no `generate` around it. The
probe reads half a gigabyte of integers with all threads; the bound of a step is the bytes of the decoder's and the
heads' weights, plus keys and values, over the probe's rate. Rounds whose two probes differ by over 20 % are dropped.
SPDX-License-Identifier: GPL-3.0-or-later
"""
import argparse
import json
import os
import signal
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

import size  # sets HF_HUB_OFFLINE
import torch
from transformers import DynamicCache
from transformers.models.llama.modeling_llama import LlamaRotaryEmbedding

BYTES = {"float32": 4, "bfloat16": 2, "int8": 1, "int4": 18 / 32}


def probe(data):
    """Read bandwidth, GB/s."""
    best = 1e9
    for _ in range(4):
        start = time.perf_counter()
        data.sum()
        best = min(best, time.perf_counter() - start)
    return data.numel() * 8 / best / 1e9


class Reference:
    def __init__(self, name, dtype):
        self.model = size.janus_pro(name).to(dtype).to_empty(device="cpu").eval()
        decoder = self.model.model.language_model
        decoder.rotary_emb = LlamaRotaryEmbedding(config=decoder.config)  # its table is not a parameter
        for weight in self.model.parameters():
            torch.nn.init.normal_(weight, std=0.02) if weight.dim() > 1 else torch.nn.init.ones_(weight)

    @torch.inference_mode()
    def step(self, prompt, steps):
        """Median seconds of one step of two rows after `prompt` positions."""
        model = self.model
        width, dtype = model.config.text_config.hidden_size, next(model.parameters()).dtype
        cache, seconds = DynamicCache(), []
        embeddings = torch.randn(2, prompt, width).to(dtype)
        for _ in range(steps + 1):
            start = time.perf_counter()
            hidden = model.model.language_model(inputs_embeds=embeddings, past_key_values=cache).last_hidden_state
            conditional, unconditional = model.model.generation_head(hidden[:, -1]).float().chunk(2)
            logits = unconditional + 3 * (conditional - unconditional)
            token = torch.multinomial(logits.softmax(-1), 1)
            embeddings = model.prepare_embeddings_for_image_generation(token.expand(2, 1))
            seconds.append(time.perf_counter() - start)
        return statistics.median(seconds[1:])  # the first reads the prompt


def own_step(program, model, precision, threads, steps):
    """Seconds of one step, prompt excluded, and the peak of memory."""
    command = [program, "generate", "--sample", "--model", str(model), "--precision", precision, "--title", "A title",
               "--count", "1", "--threads", str(threads), "--json", "--out", tempfile.mkdtemp()]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    times, peak = {}, 0
    for line in process.stdout:
        event = json.loads(line) if line.startswith("{") else {}
        if event.get("event") != "progress" or event["stage"] != "image":
            continue
        times[event["done"]] = time.perf_counter()
        peak = size.usage(process.pid)[1]
        if event["done"] > steps:
            process.send_signal(signal.SIGINT)
    process.wait()
    first, last = min(times), max(times)
    return (times[last] - times[first]) / (last - first), peak


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default="build/release/adtailor")
    parser.add_argument("--model", choices=tuple(size.SIZES), required=True)
    parser.add_argument("--precision", nargs="+", choices=tuple(BYTES), default=["bfloat16", "int8", "int4"])
    parser.add_argument("--reference", choices=("bfloat16", "float32"), default="bfloat16")
    parser.add_argument("--prompt", type=int, default=130, help="positions; the sample's own prompt has about as many")
    parser.add_argument("--steps", type=int, default=32)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    threads = int(os.environ.get("OMP_NUM_THREADS", len(os.sched_getaffinity(0))))
    torch.set_num_threads(threads)
    data = torch.ones(1 << 26, dtype=torch.int64)
    reference = Reference(options.model, getattr(torch, options.reference))
    width, layers, heads, inner, _ = size.SIZES[options.model]
    matrices = layers * (4 * width * width + 3 * width * inner) + 2 * width * width + 16384 * width
    cache = 2 * 2 * 2 * layers * width * (options.prompt + options.steps // 2)  # two rows of bfloat16
    ratios, rates = {p: [] for p in options.precision}, {p: [] for p in options.precision}
    with tempfile.TemporaryDirectory() as temporary:
        model = Path(temporary) / "random"
        size.write_model(model, options.model)
        for number in range(options.rounds):
            before, theirs = probe(data), reference.step(options.prompt, options.steps)
            ours = {p: own_step(options.program, model, p, threads, options.steps) for p in options.precision}
            after = probe(data)
            print(f"round {number + 1}: probe {before:.1f} and {after:.1f} GB/s, transformers {theirs * 1e3:.1f} ms; "
                  + ", ".join(f"{p} {seconds * 1e3:.1f} ms, {peak / 1e9:.2f} GB"
                              for p, (seconds, peak) in ours.items()), flush=True)
            if abs(before - after) > 0.2 * max(before, after):
                continue
            for precision, (seconds, _) in ours.items():
                ratios[precision].append(theirs / seconds)
                rates[precision].append((matrices * BYTES[precision] + cache) / seconds / 1e9 / max(before, after))
    print(f"| {options.model}, {threads} threads | transformers {options.reference} / ours | share of the bound |")
    print("|---|---|---|")
    for precision in options.precision:
        if ratios[precision]:
            low, high = min(ratios[precision]), max(ratios[precision])
            print(f"| {precision} | {statistics.median(ratios[precision]):.1f}x ({low:.1f}-{high:.1f}, "
                  f"n = {len(ratios[precision])}) | {statistics.median(rates[precision]):.2f} |")


if __name__ == "__main__":
    main()
