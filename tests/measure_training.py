"""Seconds per step and peak memory of LoRA training: this program's, and transformers + peft's on the same shape.

    python tests/measure_training.py --program build/release/adtailor [--width 512] [--layers 12] …

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


def sizes(options):
    return dict(hidden_size=options.width, num_hidden_layers=options.layers, num_attention_heads=options.width // 64,
                num_key_value_heads=options.width // 64, intermediate_size=options.width * 11 // 4,
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
    model.save_pretrained(folder / "base")
    shutil.copy(FOLDER / "fixtures/tokenizer_janus.json", folder / "base/tokenizer.json")
    dino = Dinov2Model(Dinov2Config(hidden_size=384, num_hidden_layers=2, num_attention_heads=6, mlp_ratio=4,
                                    patch_size=14, image_size=14 * 37))
    write_dinov2(folder / "dino", dino, older_names=True)


def write_data(folder):
    import numpy as np
    from PIL import Image

    folder.mkdir()
    source, records = np.random.default_rng(7), []
    for i in range(4):
        for name, channels in ((f"ad{i}.png", 3), (f"product{i}.png", 4)):
            Image.fromarray(source.integers(0, 256, (PIXELS, PIXELS, channels), dtype=np.uint8)).save(folder / name)
        records.append({"f_path": f"ad{i}.png", "f_path_trans": f"product{i}.png", "sku_title_cn": f"Kettle {i}",
                        "gt_title_cn": "boils fast", "word_list": "boils fast, steel", "history_images": [],
                        "history_titles": []})
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


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default="build/release/adtailor")
    for name, value in (("width", 512), ("layers", 12), ("vocabulary", 8192), ("batch", 2), ("positions", 640)):
        parser.add_argument("--" + name, type=int, default=value)
    parser.add_argument("--theirs", action="store_true", help="internal: this process measures peft")
    parser.add_argument("--checkpointing", action="store_true", help="internal")
    parser.add_argument("--bf16", action="store_true", help="internal")
    options = parser.parse_args()
    if options.theirs:
        theirs(options)
        return
    print(f"{options.layers} layers of width {options.width}, {options.batch} rows")
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        write_base(folder, options)
        write_data(folder / "data")
        for name, flags, changes in (
                ("float32", [], {}), ("checkpointing", ["--checkpointing"], {"gradient_checkpointing": True}),
                ("bfloat16", ["--bf16"], {"precision": "bf16"})):
            seconds, memory = ours(options, folder, **changes)
            command = [sys.executable, __file__, "--theirs", *flags, *(
                f"--{key}={getattr(options, key)}" for key in ("width", "layers", "vocabulary", "batch", "positions"))]
            answer = subprocess.run(command, capture_output=True, text=True, check=True)
            peft_seconds, peft_memory = json.loads(answer.stdout.splitlines()[-1])
            print(f"{name:14} ours {seconds:6.2f} s/step {memory / 1e9:5.2f} GB   peft {peft_seconds:6.2f} s/step "
                  f"{peft_memory / 1e9:5.2f} GB   ratio {seconds / peft_seconds:.2f}", flush=True)


if __name__ == "__main__":
    main()
