# SPDX-License-Identifier: GPL-3.0-or-later
"""Compares BLEU, ROUGE-L and tokens of titles with jieba, nltk, rouge and rouge-score, on pairs made by seed, and times both.

    python tests/compare_text_metrics.py [--command build/release/adtailor] [--pairs 20000] [--seed 1]

Prints how many titles differ in each column and ends with 1 when any does. Needs the PyPI packages jieba, nltk, rouge==1.0.1, rouge-score.
"""
import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from text_metric_oracle import scores, tokens
from title_pairs import pairs


def differs(ours, theirs):
    return ours != theirs if isinstance(theirs, list) else abs(ours - theirs) > 1.5e-6  # both are rounded to 6 decimals


def main(options):
    made = pairs(options.seed, options.pairs)
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as file:
        file.write("".join(json.dumps(pair) + "\n" for pair in made))
        file.flush()
        start = time.perf_counter()
        output = subprocess.run([options.command, "check", "--titles", file.name], check=True, capture_output=True).stdout
        our_seconds = time.perf_counter() - start
    ours = [json.loads(row) for row in output.splitlines()]
    tokens("")  # loads the dictionary outside the timing
    start = time.perf_counter()
    theirs = [scores(pair) for pair in made]
    their_seconds = time.perf_counter() - start
    failed = len(ours) != len(theirs)
    for column in theirs[0]:
        wrong = [i for i, row in enumerate(theirs) if differs(ours[i][column], row[column])]
        failed |= bool(wrong)
        print(f"{column:14} {len(wrong)} of {len(made)} titles differ")
        for i in wrong[:options.show]:
            print("  ", ascii(made[i]), "\n   ours  ", ascii(ours[i][column]), "\n   theirs", ascii(theirs[i][column]))
    print(f"several references: {sum(len(pair['references']) > 1 for pair in made)}; titles/s, all columns: ours {len(made) / our_seconds:.0f} "
          f"with the start of the command, Python {len(made) / their_seconds:.0f}")
    return failed


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--command", default=str(Path(__file__).parent.parent / "build/release/adtailor"))
    parser.add_argument("--pairs", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=3, help="examples of differences")
    sys.exit(main(parser.parse_args()))
