# SPDX-License-Identifier: GPL-3.0-or-later
"""Compares our sentence embeddings with transformers' on a real encoder, and our token ids with its tokenizer's.

    python tests/compare_encoder.py FOLDER [--command build/release/adtailor] [--lines 500] [--seed 1]

FOLDER: for example what `./dev encoder` installs. Prints the largest differences and the time of each side; ends
with 1 when an embedding is more than 1e-4 apart. Needs the PyPI packages `transformers` and `torch`.
"""
import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import torch
from transformers import AutoTokenizer, BertModel

from tokenizer_lines import make_lines

TITLES = ["Modern sofa with soft cushions, made of solid oak wood", "Armchair in velvet, dark green", "Fresh coffee, every morning",
          "White running shoe with a light sole", "Waterproof jacket for every season", "三人沙发 现代简约 客厅家用", "Größe und Farbe", ""]


def reference(folder, texts):
    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = BertModel.from_pretrained(folder).eval()
    limits = folder / "sentence_bert_config.json"
    longest = json.loads(limits.read_text())["max_seq_length"] if limits.exists() else model.config.max_position_embeddings
    modules = folder / "modules.json"
    normalize = modules.exists() and "Normalize" in modules.read_text()
    rows = []
    for start in range(0, len(texts), 32):
        batch = tokenizer(texts[start:start + 32], padding=True, truncation=True, max_length=longest, return_tensors="pt")
        with torch.no_grad():
            tokens = model(**batch).last_hidden_state
        mask = batch["attention_mask"].unsqueeze(-1).float()
        vectors = (tokens * mask).sum(1) / mask.sum(1).clamp(min=1e-9)
        rows.append(torch.nn.functional.normalize(vectors, dim=1) if normalize else vectors)
    return torch.cat(rows)


def main(options):
    texts = TITLES + make_lines(options.seed, options.lines)
    with tempfile.TemporaryDirectory() as work:
        lines = Path(work) / "lines"
        lines.write_text("".join(json.dumps(text) + "\n" for text in texts))
        start = time.perf_counter()
        output = subprocess.run([options.command, "check", "--encoder", options.folder, "--lines", lines], check=True,
                                capture_output=True).stdout
        our_seconds = time.perf_counter() - start
    ours = torch.tensor([json.loads(row) for row in output.splitlines()])
    start = time.perf_counter()
    theirs = reference(options.folder, texts)
    their_seconds = time.perf_counter() - start
    apart = (ours - theirs).abs().max().item()
    cosines = [torch.nn.functional.cosine_similarity(side[:1], side[1:]) for side in (ours, theirs)]
    print(f"{len(texts)} texts, {ours.shape[1]} values each: embeddings differ by at most {apart:.2g}, cosines by "
          f"{(cosines[0] - cosines[1]).abs().max().item():.2g}; whole run: ours {our_seconds:.1f} s, transformers {their_seconds:.1f} s")
    for title, value in zip(TITLES[1:], cosines[0].tolist()):
        print(f"  {value:6.3f}  {TITLES[0]} | {title}")
    return apart <= 1e-4


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--command", default=str(Path(__file__).parents[1] / "build/release/adtailor"))
    parser.add_argument("--lines", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    sys.exit(0 if main(parser.parse_args()) else 1)
