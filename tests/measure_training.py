"""Seconds per step and peak memory of LoRA training: this program's, and transformers + peft's on the same shape.

    python tests/measure_training.py --program build/release/adtailor [--shape mini|half|1B] …
    python tests/measure_training.py --program build/release/adtailor --milestones

--milestones takes the shipped model instead: time from the start of a LoRA run to its first sample on the disk, and
whether a run that was stopped and resumed ends with the same bytes as one that was not.

Both train LoRA of rank 16 on q, k, v, o of a random LLaMA in float32 with AdamW, on as many rows of as many
positions; this program's step also reads the product's outline and draws its batch. Each measurement is a
process of its own, whose peak is what the system says.
SPDX-License-Identifier: GPL-3.0-or-later
"""
import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
sys.path[:0] = [str(FOLDER / "parity"), str(FOLDER / "fixtures")]

CODES, PIXELS = 64, 384
# width, layers, feed-forward, vocabulary, rows, settings tried; 1B is Janus-Pro-1B's decoder
SHAPES = {"mini": (256, 5, 640, 2048, 4, ("float32", "bfloat16")),
          "half": (512, 12, 1408, 8192, 2, ("float32", "checkpointing", "bfloat16")),
          "1B": (2048, 24, 5632, 102400, 1, ("bfloat16 checkpointing",))}


def sizes(options):
    return dict(hidden_size=options.width, num_hidden_layers=options.layers, num_attention_heads=options.width // 64,
                num_key_value_heads=options.width // 64, intermediate_size=options.inner,
                vocab_size=options.vocabulary)


def write_base(folder, options):
    """A random model in this program's own layout."""
    import shutil

    import torch
    from transformers import Dinov2Config, Dinov2Model

    import janus_cases
    from published import write_dinov2

    model = janus_cases.empty_model(options.width, options.layers, options.width // 64, sizes(options)["intermediate_size"],
                                    options.vocabulary, vq=(32, 32, CODES), side=PIXELS // 16)
    with torch.no_grad():
        for value in model.parameters():
            if value.dim() > 1:
                value.normal_(0, 0.02)
    model.to(torch.bfloat16 if options.shape == "1B" else torch.float32).save_pretrained(folder / "base")
    shutil.copy(FOLDER / "fixtures/tokenizer_janus.json", folder / "base/tokenizer.json")
    dino = Dinov2Model(Dinov2Config(hidden_size=384, num_hidden_layers=2, num_attention_heads=6, mlp_ratio=4,
                                    patch_size=14, image_size=14 * 37))
    write_dinov2(folder / "dino", dino, older_names=True)


def write_data(folder, histories=False):
    import numpy as np
    from PIL import Image

    folder.mkdir()
    source, records = np.random.default_rng(7), []
    for i in range(4):
        for name, channels in ((f"ad{i}.png", 3), (f"product{i}.png", 4)):
            Image.fromarray(source.integers(0, 256, (PIXELS, PIXELS, channels), dtype=np.uint8)).save(folder / name)
        records.append({"f_path": f"ad{i}.png", "f_path_trans": f"product{i}.png", "sku_title_cn": f"Kettle {i}",
                        "gt_title_cn": "boils fast", "word_list": "boils fast, steel",
                        "history_images": [f"ad{item % 4}.png" for item in range(8)] if histories else [],
                        "history_titles": [f"Pan {item}" for item in range(8)] if histories else []})
    (folder / "train.json").write_text(json.dumps(records))


def ours(options, folder, **changes):
    run = folder / "run"
    run.mkdir(exist_ok=True)
    settings = {"stage": "general", "base": "../base", "add": ["../dino"], "steps": 10, "batch": options.batch,
                "threads": 1, "scenes": "../data", "records": "../data/train.json",
                "held_out": "../data/train.json", "train_embed_tokens": False,
                "model": {"control": {"interval": 6, "shift": 0, "encoder": {
                    "hidden_size": 384, "num_hidden_layers": 2, "num_attention_heads": 6, "intermediate_size": 1536,
                    "patch_size": 14, "native_side": 37, "layer_norm_eps": 1e-6,
                    "interpolation": "target_size"}}},
                "lora": {"rank": 16, "alpha": 32}} | changes
    (run / "run.json").write_text(json.dumps(settings))
    answer = subprocess.run([options.program, "train", run, "--dry-run", "--json"], capture_output=True, text=True)
    events = [json.loads(line) for line in answer.stdout.splitlines() if line.startswith("{")]
    found = [event for event in events if event.get("event") == "estimate"]
    if not found:
        raise RuntimeError(answer.stdout + answer.stderr)
    return found[0]["secondsPerStep"], found[0]["memoryBytes"]


def theirs(options):
    """In this process: two steps, of which the second is timed."""
    import torch
    from peft import LoraConfig, get_peft_model
    from transformers import LlamaConfig, LlamaForCausalLM

    torch.set_num_threads(1)
    model = LlamaForCausalLM(LlamaConfig(**sizes(options), tie_word_embeddings=False))
    model = get_peft_model(model, LoraConfig(r=16, lora_alpha=32, target_modules=["q_proj", "k_proj", "v_proj", "o_proj"]))
    if options.checkpointing:
        model.enable_input_require_grads()
        model.gradient_checkpointing_enable()
    trained = [value for value in model.parameters() if value.requires_grad]
    optimizer = torch.optim.AdamW(trained)
    ids = torch.randint(options.vocabulary, (options.batch, options.positions))
    for _ in range(2):
        start = time.monotonic()
        optimizer.zero_grad()
        with torch.autocast("cpu", torch.bfloat16, enabled=options.bf16):
            loss = model(input_ids=ids, labels=ids).loss
        loss.backward()
        torch.nn.utils.clip_grad_norm_(trained, 1.0)
        optimizer.step()
        seconds = time.monotonic() - start
    print(json.dumps([seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024]))


def milestones(program, folder):
    """With the shipped model, threads as usual."""
    root = FOLDER.parent
    settings = {"stage": "personalised", "base": str(root / "resources/default_model"), "steps": 50, "batch": 2,
                "train_embed_tokens": False, "learning_rate": 1e-4, "validate_every": 5, "checkpoint_every": 1000,
                "log_every": 5, "scenes": "../data", "records": "../data/train.json",
                "held_out": "../data/train.json", "lora": {"rank": 16, "alpha": 32, "dropout": 0.1}}
    for name in ("whole", "parts"):
        (folder / name).mkdir()
        (folder / name / "run.json").write_text(json.dumps(settings))
    start = time.monotonic()
    run = subprocess.Popen([program, "train", folder / "whole"], stdout=subprocess.DEVNULL)
    first = None
    while run.poll() is None:
        if first is None and (folder / "whole/samples/step_5.png").exists():
            first = time.monotonic() - start
        time.sleep(0.02)
    print(f"first samples after {first:.1f} s (step 5); 50 steps with ten checks {time.monotonic() - start:.1f} s")
    run = subprocess.Popen([program, "train", folder / "parts"], stdout=subprocess.DEVNULL)
    while run.poll() is None and not (folder / "parts/samples/step_15.png").exists():
        time.sleep(0.02)
    run.terminate()
    run.wait()
    steps = sorted(int(path.name[5:]) for path in (folder / "parts/checkpoints").glob("step_*"))
    subprocess.run([program, "train", folder / "parts", "--resume"], check=True, stdout=subprocess.DEVNULL)
    same = all((folder / "whole/checkpoints/step_50" / name).read_bytes()
               == (folder / "parts/checkpoints/step_50" / name).read_bytes()
               for name in ("weights.safetensors", "optimizer.safetensors"))
    print(f"stopped at step {steps[-1]}, resumed to 50: weights and optimiser {'equal' if same else 'DIFFER'}")
    return 0 if same else 1


VARIANTS = {"float32": ([], {}), "checkpointing": (["--checkpointing"], {"gradient_checkpointing": True}),
            "bfloat16": (["--bf16"], {"precision": "bf16"}),
            "bfloat16 checkpointing": (["--bf16", "--checkpointing"],
                                       {"precision": "bf16", "gradient_checkpointing": True})}


def compare(options, folder):
    write_base(folder, options)
    print(f"{options.shape}: {options.layers} layers of width {options.width}, {options.batch} rows", flush=True)
    for name in SHAPES[options.shape][5]:
        flags, changes = VARIANTS[name]
        seconds, memory = ours(options, folder, **changes)
        keys = ("shape", "positions")
        command = [sys.executable, __file__, "--theirs", *flags, *(f"--{key}={getattr(options, key)}" for key in keys)]
        answer = subprocess.run(command, capture_output=True, text=True, check=True)
        peft_seconds, peft_memory = json.loads(answer.stdout.splitlines()[-1])
        print(f"{name:22} ours {1 / seconds:7.3f} steps/s {memory / 1e9:5.2f} GB   peft {1 / peft_seconds:7.3f} steps/s "
              f"{peft_memory / 1e9:5.2f} GB   speed ours/peft {peft_seconds / seconds:.2f}   "
              f"memory ours/peft {memory / peft_memory:.2f}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default="build/release/adtailor")
    parser.add_argument("--shape", choices=SHAPES, default="mini")
    parser.add_argument("--positions", type=int, default=640)
    parser.add_argument("--milestones", action="store_true")
    for name in ("theirs", "checkpointing", "bf16"):
        parser.add_argument("--" + name, action="store_true", help="internal: this process measures peft")
    options = parser.parse_args()
    options.width, options.layers, options.inner, options.vocabulary, options.batch, _ = SHAPES[options.shape]
    if options.theirs:
        theirs(options)
        return 0
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        write_data(folder / "data", options.milestones)
        if options.milestones:
            return milestones(options.program, folder)
        compare(options, folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
