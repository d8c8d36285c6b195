# SPDX-License-Identifier: GPL-3.0-or-later
"""Compares our tokenizers with the `tokenizers` library, id by id, on lines made by seed, and times both.

    python tests/compare_tokenizers.py [--command build/release/adtailor] [--lines 100000] [--seed 1] [--file FILE]

The vocabularies are trained here, so none from outside is needed; --file compares a tokenizer.json instead. Prints one row for each tokenizer and
ends with 1 when anything differs. Seconds are processor time, each program on one thread. Needs the PyPI package `tokenizers`.
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
import unicodedata
from pathlib import Path

os.environ["TOKENIZERS_PARALLELISM"] = "false"  # one core for both
HERE = Path(__file__).parent
sys.path.append(str(HERE / "fixtures"))

from tokenizers import Tokenizer  # noqa: E402

import make_tokenizer as bpe  # noqa: E402
import make_wordpiece as wordpiece  # noqa: E402
from tokenizer_lines import make_lines  # noqa: E402


def ours(command, tokenizer, lines_file):
    output = subprocess.run([command, "check", "--tokenizer", tokenizer, "--lines", lines_file],
                            check=True, capture_output=True).stdout
    *rows, last = [json.loads(row) for row in output.split(b"\n") if row]
    return rows, last["encode_seconds"]


def theirs(tokenizer, lines):
    start = time.process_time()
    encodings = [tokenizer.encode(line, add_special_tokens=False) for line in lines]
    seconds = time.process_time() - start
    ids = [encoding.ids for encoding in encodings]
    return ids, seconds


def compare(name, tokenizer, lines, command, folder, file=None):
    file = file or folder / f"{name}.json"
    if not file.exists():
        tokenizer.save(str(file))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    lines_file = folder / f"{name}.lines"
    lines_file.write_text("".join(json.dumps(line) + "\n" for line in lines))
    rows, our_seconds = ours(command, file, lines_file)
    ids, their_seconds = theirs(tokenizer, lines)
    decoded = [tokenizer.decode(row, skip_special_tokens=False) for row in ids]
    wrong = [i for i, row in enumerate(rows) if row["ids"] != ids[i]]
    # The library decodes an added token of byte-alphabet letters into bytes, which loses the "ö" that ours keeps.
    badly_decoded = [i for i, row in enumerate(rows) if row["decoded"] != decoded[i] and "ö" not in unicodedata.normalize("NFC", lines[i])]
    print(f"{name:18} {len(lines)} lines, {sum(map(len, ids))} ids: {len(wrong)} lines differ, {len(badly_decoded)} decoded "
          f"differ; lines/s: ours {len(lines) / our_seconds:.0f}, tokenizers {len(lines) / their_seconds:.0f}, "
          f"ratio {their_seconds / our_seconds:.2f}", flush=True)
    for i in wrong[:3]:
        print("  ", ascii(lines[i])[:300], "\n   ours  ", rows[i]["ids"][:40], "\n   theirs", ids[i][:40])
    for i in badly_decoded[:3]:
        print("  ", ascii(rows[i]["decoded"])[:200], "\n  ", ascii(decoded[i])[:200])
    return not wrong and not badly_decoded and len(rows) == len(lines)


def main(options, folder):
    lines = make_lines(options.seed, options.lines, bpe.SPECIAL + bpe.ADDED + wordpiece.SPECIAL + wordpiece.ADDED)
    if options.file:
        return [compare(options.file.parent.name, Tokenizer.from_file(str(options.file)), lines, options.command, folder, options.file)]
    corpus = make_lines(options.seed + 1, 20_000)
    makers = {name: lambda name=name: bpe.make_bpe(name, corpus, 8000) for name in bpe.PRETOKENIZERS}
    makers |= {"wordpiece_" + name: lambda name=name: wordpiece.with_added(wordpiece.make_wordpiece(name, corpus, 8000))
               for name in wordpiece.NORMALIZERS}
    results = [compare(name, make(), lines, options.command, folder) for name, make in makers.items()
               if options.only in (None, name)]
    if options.only in (None, "vocab.txt"):
        tokenizer = wordpiece.make_wordpiece("uncased", corpus, 8000)
        (folder / "vocab.txt").write_text(wordpiece.vocabulary_lines(tokenizer))
        results.append(compare("vocab.txt", tokenizer, lines, options.command, folder, folder / "vocab.txt"))
    return results


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--command", default=str(HERE.parent / "build/release/adtailor"))
    parser.add_argument("--lines", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", help="one tokenizer by name")
    parser.add_argument("--file", type=Path, help="a tokenizer.json to compare instead")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        results = main(options, Path(folder))
    sys.exit(0 if results and all(results) else 1)
