# SPDX-License-Identifier: GPL-3.0-or-later
"""Packs trained weights into a model bundle: config.json, tokenizer.json, model.safetensors (bf16).

    python pack_model.py --run runs/ads/run.json --tokenizer tokenizer.json --out FOLDER WEIGHTS...

WEIGHTS are safetensors files; a name in a later one replaces the same name in an earlier one, so a
checkpoint's weights.safetensors can follow the file the run started from. Needs the Python packages
`safetensors` and `torch`.
"""
import argparse
import json
import pathlib
import shutil

import torch
from safetensors.torch import load_file, save_file

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--run", required=True, type=pathlib.Path, help="run.json: its model section becomes config.json")
parser.add_argument("--tokenizer", required=True, type=pathlib.Path)
parser.add_argument("--out", required=True, type=pathlib.Path)
parser.add_argument("weights", nargs="+", type=pathlib.Path)
arguments = parser.parse_args()

tensors = {}
for path in arguments.weights:
    tensors.update(load_file(path))
arguments.out.mkdir(parents=True, exist_ok=True)
save_file({name: tensor.to(torch.bfloat16).contiguous() for name, tensor in tensors.items()},
          arguments.out / "model.safetensors", metadata={"format": "pt"})
run = json.loads(arguments.run.read_text())
(arguments.out / "config.json").write_text(json.dumps(run["model"], indent=1, ensure_ascii=False) + "\n")
shutil.copyfile(arguments.tokenizer, arguments.out / "tokenizer.json")
print(f"{len(tensors)} tensors, {sum(t.numel() for t in tensors.values()):,} parameters in {arguments.out}")
