"""The frame of the suite: cases on disk, the program's answer to them, and the table of differences.

SPDX-License-Identifier: GPL-3.0-or-later
"""
import json
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from safetensors.torch import save_file

# In bfloat16 our values must be about as near to the float32 reference as the reference's own are.
BF16_FACTOR = 1.5


@dataclass
class Case:
    """Inputs and expected results for one model, checked under every layout it was written in."""
    name: str
    tensors: dict
    runs: list = field(default_factory=list)  # of (layout, command line options, limits)
    options: dict = field(default_factory=dict)  # numbers that the checks need, such as token ids

    def write(self, file, limits):
        """limits: {tensor: largest difference, or None: not compared}; the program knows the usual ones."""
        content = {key: value.detach().clone().contiguous() for key, value in self.tensors.items()}
        save_file(content, file, metadata={"options": json.dumps(self.options), "limits": json.dumps(limits)})

    def add_run(self, layout, *options, limits=None):
        self.runs.append((layout, [str(option) for option in options], limits or {}))


class Table:
    def __init__(self):
        self.rows, self.failed = [], 0
        print(f"{'case':24} {'layout':34} {'block':26} {'largest':>10} {'limit':>10}")

    def add(self, case, layout, block, difference, limit, passed):
        self.rows.append({"case": case, "layout": layout, "block": block, "difference": difference,
                          "limit": limit, "passed": passed})
        self.failed += not passed
        shown = "none" if difference is None else f"{difference:.2e}"
        print(f"{case:24} {layout:34} {block:26} {shown:>10} {limit:>10.2g}{'' if passed else '  WRONG'}", flush=True)

    def summary(self):
        """The largest difference of each block over all float32 runs, then over the others."""
        for title, chosen in (("float32", lambda row: "bfloat16" not in row["layout"]),
                              ("bfloat16", lambda row: "bfloat16" in row["layout"])):
            blocks = {}
            for row in filter(chosen, self.rows):
                difference = float("inf") if row["difference"] is None else row["difference"]
                blocks[row["block"]] = max(blocks.get(row["block"], 0), difference)
            if blocks:
                print(f"\nLargest difference per block, {title}:")
            for block, difference in sorted(blocks.items()):
                print(f"  {block:30} {difference:.2e}")


def check(program, device, case, file, table):
    """Runs the program on every layout of a case."""
    for layout, options, limits in case.runs:
        case.write(file, limits)
        command = [program, "check", "--expected", str(file), "--device", device, "--json", *options]
        answer = subprocess.run(command, capture_output=True, text=True)
        events = [json.loads(line) for line in answer.stdout.splitlines() if line.startswith("{")]
        found = [event for event in events if event.get("event") == "check"]
        for event in found:
            table.add(case.name, layout, event["what"], event["difference"], event["limit"], event["passed"])
        if not found or answer.returncode not in (0, 1):
            reasons = [event["detail"] for event in events if event.get("event") == "error"]
            table.add(case.name, layout, "runs at all", None, 0, False)
            print("   ", " ".join(command), *reasons, *answer.stderr.strip().splitlines()[-3:], sep="\n    ")
