# SPDX-License-Identifier: GPL-3.0-or-later
"""Kills `adtailor study simulate --tell` at random moments of voting and looks for lost votes.

    python tests/kill_votes.py [--command build/release/adtailor] [--kills 1000] [--seed 1]

A line "cast N" says that vote N is on the disk. After every kill the same rater goes on; at the end the log must hold every vote that was
told, in order, each once. Ends with 1 when one is lost, doubled or contradicts the hash chain.
"""
import argparse
import json
import os
import random
import signal
import struct
import subprocess
import sys
import tempfile
import time
import zlib
from pathlib import Path


def png(path, colour):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = (b"\0" + bytes(colour) * 24) * 24
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 24, 24, 8, 2, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def make_study(command, folder, items):
    for source in (0, 1):
        (folder / f"s{source}").mkdir()
        for item in range(items):
            png(folder / f"s{source}" / f"p{item}.png", (source * 200, item % 256, item // 256))
    subprocess.run([command, "study", "create", "--source", f"A={folder}/s0", "--source", f"B={folder}/s1", "--minimum-time", "0", "--out", folder / "study"],
                   check=True, stdout=subprocess.DEVNULL)
    return folder / "study"


def entries(study):
    log, = (study / "votes").glob("*.jsonl")
    return [json.loads(line[65:]) for line in log.read_text().split("\n")[1:-1]]  # without the rater and an unfinished line


def told_before_death(command, study, seed, wait):
    """The last vote that the process told before it was killed `wait` seconds after its first."""
    process = subprocess.Popen([command, "study", "simulate", study, "--rater", "Ann", "--seed", str(seed), "--tell"], stdout=subprocess.PIPE, start_new_session=True)
    first = process.stdout.readline()
    time.sleep(wait)
    os.kill(process.pid, signal.SIGKILL)
    lines = [line for line in (first + process.stdout.read()).decode().splitlines(True) if line.startswith("cast") and line.endswith("\n")]
    process.wait()
    return int(lines[-1].split()[1]) if lines else 0, process.returncode == -signal.SIGKILL


def main(options):
    rng = random.Random(options.seed)
    kills = told_in_all = most = 0
    lost = doubled = 0
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        studies = 0
        while kills < options.kills:
            place = Path(folder) / str(studies)
            place.mkdir()
            study = make_study(options.command, place, options.items)
            studies += 1
            told, killed = 0, True
            while kills < options.kills and killed:
                now, killed = told_before_death(options.command, study, kills, rng.uniform(0, options.wait))
                told = max(told, now)
                kills += killed
                votes = [entry["trial"] for entry in entries(study)]
                lost += max(0, told - len(votes))
                doubled += votes != list(range(len(votes)))
                most = max(most, len(votes) - told)
            told_in_all += told
    print(f"{kills} kills, {told_in_all} votes told, {lost} lost, {doubled} logs out of order, at most {most} stored but not yet told")
    return 1 if lost or doubled or kills < options.kills else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--command", default="build/release/adtailor")
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--items", type=int, default=400)
    parser.add_argument("--wait", type=float, default=0.03, help="most seconds from the first vote of a process to its end")
    parser.add_argument("--folder", help="where the studies lie while it runs: a real disk says more than memory")
    parser.add_argument("--seed", type=int, default=1)
    sys.exit(main(parser.parse_args()))
