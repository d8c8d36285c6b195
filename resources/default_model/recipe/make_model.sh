#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Trains the default model from the open scenes, start to finish. Every stage is resumable: run the
# same command again after a stop. Needs a built `adtailor` and Python with torch, safetensors and
# tokenizers.
#
#   make_model.sh SOURCE WORK     SOURCE holds assets/catalogue.json and data/scenes/
set -euo pipefail
source=$(realpath "$1")
work=$(realpath -m "$2")
recipe=$(dirname "$(realpath "$0")")
adtailor=${ADTAILOR:-$recipe/../../../build/release/adtailor}
python=${PYTHON:-python3}
mkdir -p "$work"

[ -f "$work/pad/train.json" ] || "$adtailor" dataset build --source "$source" --out "$work/pad"
[ -f "$work/tokenizer.json" ] || "$python" "$recipe/train_tokenizer.py" \
    --vocabulary 2048 --out "$work/tokenizer.json" "$work/pad/train.json"

# stage NAME START: fills in the paths of recipe/NAME.json and runs it.
stage() {
    local run=$work/$1
    mkdir -p "$run"
    sed -e "s|SCENES|$source/data/scenes|; s|WORK|$work|; s|START|$2|" "$recipe/$1.json" >"$run/run.json"
    [ -f "$run/model.safetensors" ] || "$adtailor" train "$run"
}
stage vq ""
stage decoder "$work/vq/model.safetensors"
stage titles "$work/decoder/model.safetensors"
stage ads "$work/titles/model.safetensors"
"$python" "$recipe/pack_model.py" --run "$work/ads/run.json" --tokenizer "$work/tokenizer.json" \
    --out "$work/bundle" "$work/ads/model.safetensors"
