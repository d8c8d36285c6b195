"""The parity suite: random models in their published layouts, through their own libraries and through this program.

    ./dev parity [--only WORD] [--device cuda] [--report FILE]

Prints the largest difference of every block; exits with 1 when a bound is broken. In float32 logits,
features and pixels may differ by 1e-4 and every token must be equal; in bfloat16 our values must be as
near to the reference's float32 results as its own bfloat16 ones are, times suite.BF16_FACTOR.
SPDX-License-Identifier: GPL-3.0-or-later
"""
import argparse
import json
import os
import sys
import tempfile
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parent.parent / "fixtures")]
os.environ["HF_HUB_OFFLINE"] = "1"

import torch
import transformers

import adapter_cases
import janus_cases
import text_model_cases
import training_cases
import uni_adgen_cases
from published import write_deepseek, write_dinov2, write_transformers
from suite import Table, check

PROGRAM = "build/release/adtailor"
BF16 = ("--precision", "bfloat16")
# What hangs on the rounding of 16 bits: greedy tokens, and which history tokens are kept.
UNCERTAIN = dict.fromkeys(("title_tokens", "image_tokens", "image_preferences", "title_preferences"))


def janus_tiny(work):
    model = janus_cases.build(1, width=64, layers=2, heads=4, inner=96, vocabulary=640)
    case = janus_cases.case("janus_tiny", model, 100)
    write_transformers(work / "single", model)
    write_transformers(work / "sharded", model, shards=3)
    case.add_run("transformers, one file", "--model", work / "single")
    case.add_run("transformers, shards", "--model", work / "sharded")
    yield case


def janus_vq16(work):
    """With the image tokenizer of every published Janus, under DeepSeek's names."""
    model = janus_cases.build(2, unit_codes=False, width=64, layers=2, heads=4, inner=96, vocabulary=640,
                              vq=(128, 256, 16384))
    case = janus_cases.case("janus_vq16", model, 200)
    snapshot = work / "hub/models--someone--Janus/snapshots/0123abcd"
    write_deepseek(work / "single", model, torch.float32)
    write_deepseek(snapshot, model, torch.bfloat16, shards=2)
    (snapshot.parent.parent / "refs").mkdir()
    (snapshot.parent.parent / "refs/main").write_text("0123abcd")
    case.add_run("DeepSeek, one file", "--model", work / "single")
    case.add_run("DeepSeek, shards in a hub cache", "--model", snapshot.parent.parent)
    yield case


def janus_deep(work):
    model = janus_cases.build(3, unit_codes=False, width=256, layers=8, heads=4, inner=688, vocabulary=2048)
    case = janus_cases.case("janus_deep", model, 300)
    write_transformers(work / "half", model, torch.float16)
    write_transformers(work / "single", model, torch.bfloat16)
    case.add_run("transformers, float16 as float32", "--model", work / "half")
    case.add_run("transformers, bf16 as float32", "--model", work / "single")
    case.add_run("transformers, bfloat16", "--model", work / "single", *BF16,
                 limits=janus_cases.bf16_limits(model, case.tensors) | UNCERTAIN)
    yield case


def janus_wide(work):
    """Two layers of Janus-Pro-1B's real width."""
    model = janus_cases.build(4, unit_codes=False, width=2048, layers=2, heads=16, inner=5632, vocabulary=1024)
    case = janus_cases.case("janus_wide", model, 400)
    write_transformers(work / "single", model, torch.bfloat16)
    case.add_run("transformers, bf16 as float32", "--model", work / "single")
    case.add_run("transformers, bfloat16", "--model", work / "single", *BF16,
                 limits=janus_cases.bf16_limits(model, case.tensors) | UNCERTAIN)
    yield case


def adapters(work):
    model = janus_cases.build(5, width=64, layers=2, heads=4, inner=96, vocabulary=640)
    write_transformers(work / "base", model)
    style, person = work / "style", work / "person"
    adapter_cases.train_nothing(model, style, 51, adapter_cases.ATTENTION, r=8, lora_alpha=16)
    adapter_cases.train_nothing(model, person, 52, ["gate_proj", "down_proj", "q_proj"], r=4, lora_alpha=8,
                                use_rslora=True, rank_pattern={"down_proj": 6}, alpha_pattern={"q_proj": 3})
    adapter_cases.deepseek_copy(style, work / "style_deepseek")
    one = adapter_cases.case("adapter", model, [(style, 1.0)], 500)
    write_transformers(work / "merged", adapter_cases.merged(model, [(style, 1.0)]))
    one.add_run("merged", "--model", work / "base", "--add", style)
    one.add_run("live", "--model", work / "base", "--add", style, "--live-adapters")
    one.add_run("live, DeepSeek's names", "--model", work / "base", "--add", work / "style_deepseek", "--live-adapters")
    one.add_run("merged by peft", "--model", work / "merged")
    yield one
    two = adapter_cases.case("two_adapters", model, [(style, 0.5), (person, 0.7)], 550)
    both = ("--model", work / "base", "--add", f"{style}=0.5", "--add", f"{person}=0.7")
    two.add_run("merged, weighted", *both)
    two.add_run("live, weighted", *both, "--live-adapters")
    yield two


def fine_tuned(work):
    """An adapter that this program trained, in Python's peft and here."""
    model = janus_cases.build(6, width=64, layers=2, heads=4, inner=96, vocabulary=768)
    adapter = training_cases.train(PROGRAM, work, model)
    case = training_cases.case("fine_tuned", model, adapter, 600)
    case.add_run("merged", "--model", work / "base", "--add", adapter)
    case.add_run("live", "--model", work / "base", "--add", adapter, "--live-adapters")
    yield case


def uni_adgen(work):
    model = janus_cases.build(8, unit_codes=False, width=64, layers=7, heads=4, inner=96, vocabulary=640, vq=(128, 256, 64))
    published = uni_adgen_cases.Published(model, 80)
    case = uni_adgen_cases.case("uni_adgen", published, 800)
    write_deepseek(work / "base", model)
    published.write_first_stage(work / "stage1/checkpoint-100")
    published.write_trained(work / "stage2/checkpoint-200")
    published.write_trained(work / "rest/checkpoint-200", with_encoder=False)
    write_dinov2(work / "older", published.encoder(), older_names=True)
    write_dinov2(work / "newer", published.encoder(), older_names=False)

    def parts(*names):
        return ["--model", work / "base", *(word for name in names for word in ("--add", work / name))]
    case.add_run("base, two .pth", *parts("stage1/checkpoint-100", "stage2/checkpoint-200"))
    case.add_run("base, DINOv2, .pth", *parts("older", "rest/checkpoint-200"))
    case.add_run("base, DINOv2 of transformers 5, .pth", *parts("newer", "rest/checkpoint-200"))
    yield case


def text_models(work):
    for seed, (name, model) in enumerate(text_model_cases.models(), 900):
        case = text_model_cases.case(name, model, seed)
        text_model_cases.write(work / name, model)
        text_model_cases.write(work / f"{name}_shards", model, shards="1MB")
        case.add_run("transformers, one file", "--model", work / name)
        case.add_run("transformers, shards", "--model", work / f"{name}_shards")
        case.add_run("transformers, bfloat16", "--model", work / name, *BF16,
                     limits=text_model_cases.bf16_limits(model, case.tensors) | {"answer_tokens": None})
        yield case


GROUPS = {group.__name__: group for group in (
    janus_tiny, janus_vq16, janus_deep, janus_wide, adapters, fine_tuned, uni_adgen, text_models)}


def main():
    global PROGRAM
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=PROGRAM)
    parser.add_argument("--only", choices=GROUPS, action="append", help="one group of cases; may be repeated")
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--report", type=Path, help="write all differences as JSON")
    parser.add_argument("--work", type=Path, help="keep models and cases in this folder")
    arguments = parser.parse_args()
    PROGRAM = arguments.program
    transformers.logging.set_verbosity_error()
    transformers.utils.logging.disable_progress_bar()
    table = Table()
    with tempfile.TemporaryDirectory() as temporary:
        root = arguments.work or Path(temporary)
        for name in arguments.only or GROUPS:
            work = root / name
            work.mkdir(parents=True, exist_ok=True)
            with torch.no_grad():
                for case in GROUPS[name](work):
                    check(arguments.program, arguments.device, case, work / f"{case.name}.safetensors", table)
    table.summary()
    if arguments.report:
        arguments.report.write_text(json.dumps(table.rows, indent=1) + "\n")
    return 1 if table.failed else 0


if __name__ == "__main__":
    sys.exit(main())
