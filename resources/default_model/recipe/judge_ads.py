"""Makes held-out ads with the trained model, lays them out by style, and measures whose style they have.

    judge_ads.py --adtailor PATH --model BUNDLE --pad FOLDER --scenes FOLDER --out FOLDER

Chosen are --per-style test records of every style, in file order, whose clicked scene has the style
that the person prefers for such products. Each is drawn twice: with the person's history and with
that of a person of another taste (the counterfactual). A linear classifier trained on the colours of
the train scenes, product masked, names the style of each picture; its hit rate on real test scenes is
the ceiling. Needs Pillow, numpy and torch.
SPDX-License-Identifier: GPL-3.0-or-later
"""
import argparse
import json
import subprocess
from pathlib import Path

import numpy as np
import torch
from PIL import Image, ImageDraw

SIDE, GRID = 256, 16  # pixels of a scene; cells a side that the classifier sees
HISTORY = ("history_images", "history_titles")


def style_of(record):
    return record["f_path"].rsplit("_", 2)[1]


def colours(picture, cutout):
    """[3 * GRID * GRID] mean colours; the product's pixels take the background's mean colour."""
    pixels = np.asarray(picture.convert("RGB").resize((SIDE, SIDE)), np.float32) / 255
    product = np.asarray(cutout.convert("RGBA").resize((SIDE, SIDE)))[..., 3] > 10
    pixels[product] = pixels[~product].mean(0)
    cells = pixels.reshape(GRID, SIDE // GRID, GRID, SIDE // GRID, 3).mean((1, 3))
    return torch.from_numpy(cells.reshape(-1))


def scene_colours(scenes, name, neutral):
    return colours(Image.open(scenes / name), Image.open(scenes / neutral))


def train_classifier(scenes, styles):
    rows = [json.loads(line) for line in open(scenes / "index.jsonl")]
    features = torch.stack([scene_colours(scenes, r["file"], r["neutral"]) for r in rows])
    labels = torch.tensor([styles.index(r["style"]) for r in rows])
    train = torch.tensor([r["split"] == "train" for r in rows])
    torch.manual_seed(0)
    model = torch.nn.Linear(features.shape[1], len(styles))
    optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3, weight_decay=1.0)
    for _ in range(600):
        optimizer.zero_grad()
        torch.nn.functional.cross_entropy(model(features[train]), labels[train]).backward()
        optimizer.step()
    test = torch.tensor([r["split"] == "test" for r in rows])
    ceiling = (model(features[test]).argmax(1) == labels[test]).float().mean().item()
    return model, ceiling


def choose(pad, per_style):
    tastes = [json.loads(line) for line in open(pad / "tastes.jsonl")]
    tastes = {t["record"]: t for t in tastes if t["split"] == "test"}
    chosen = {}
    for number, record in enumerate(json.load(open(pad / "test.json")), 1):
        style, taste = style_of(record), tastes[number]
        record.pop("text_similarity", None)  # it holds for the record's own history only
        bucket = chosen.setdefault(style, [])
        used = [r["sku_title_cn"] for r in bucket]
        if (len(bucket) < per_style and taste["tastes"][taste["group"]]["primary"] == style
                and record["sku_title_cn"] not in used):
            bucket.append(record)
    return [record for style in sorted(chosen) for record in chosen[style]]


def start_drawing(arguments, records, name):
    folder = arguments.out / name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "records.json").write_text(json.dumps(records, ensure_ascii=False))
    return subprocess.Popen([arguments.adtailor, "batch", folder / "records.json",
                             "--root", arguments.scenes, "--model", arguments.model,
                             "--out", folder, *arguments.options.split()], stdout=subprocess.DEVNULL)


def drawn(arguments, count, name):
    """The pictures that the model drew, and the finished ads with the real product on top."""
    tree = next((arguments.out / name / "test").iterdir()) / "0"
    return [[Image.open(tree / kind / f"{i}.png") for i in range(count)]
            for kind in ("pr_image", "fusion_image")]


def sheet(records, pictures, per_style, side=160):
    styles = len(records) // per_style
    columns = 2 * per_style
    result = Image.new("RGB", (columns * side, (styles + 1) // 2 * (side + 16)), "white")
    pen = ImageDraw.Draw(result)
    for i, (record, picture) in enumerate(zip(records, pictures)):
        style, place = divmod(i, per_style)
        x, y = ((style % 2) * per_style + place) * side, style // 2 * (side + 16)
        result.paste(picture.convert("RGB").resize((side, side), Image.LANCZOS), (x, y + 16))
        if place == 0:
            pen.text((x + 3, y + 2), style_of(record), fill="black")
    return result


def hit_rate(named, records):
    return sum(style == style_of(r) for style, r in zip(named, records)) / len(records)


def main():
    parser = argparse.ArgumentParser()
    for name in ("adtailor", "model", "pad", "scenes", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--per-style", type=int, default=4)
    parser.add_argument("--options", default="", help="more options of `adtailor batch`")
    arguments = parser.parse_args()
    records = choose(arguments.pad, arguments.per_style)
    styles = sorted({style_of(r) for r in records})
    # Six styles on, the taste differs for certain.
    turned = records[len(records) // 2:] + records[:len(records) // 2]
    other = [record | {key: o[key] for key in HISTORY if key in o}
             for record, o in zip(records, turned)]
    jobs = [start_drawing(arguments, drawn_records, name)
            for name, drawn_records in (("own_history", records), ("other_history", other))]
    if any(job.wait() for job in jobs):
        raise SystemExit("adtailor batch failed")
    model, ceiling = train_classifier(arguments.scenes, styles)
    report = {"ads": len(records), "ceiling_on_real_scenes": ceiling}
    cutouts = [Image.open(arguments.scenes / r["f_path_trans"]) for r in records]
    for name in ("own_history", "other_history"):
        generated, finished = drawn(arguments, len(records), name)
        features = torch.stack([colours(g, c) for g, c in zip(generated, cutouts)])
        named = [styles[i] for i in model(features).argmax(1)]
        report[name] = {"the_persons_style": hit_rate(named, records),
                        "the_other_persons_style": hit_rate(named, turned)}
        sheet(records, finished, arguments.per_style).save(arguments.out / f"{name}.jpg", quality=88)
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
