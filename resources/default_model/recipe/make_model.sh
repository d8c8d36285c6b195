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
[ -f "$work/plain/train.json" ] || "$adtailor" dataset build --source "$source" --plain-tastes --out "$work/plain"
[ -f "$work/tokenizer.json" ] || "$python" "$recipe/train_tokenizer.py" \
    --vocabulary 2048 --out "$work/tokenizer.json" "$work/pad/train.json"

# stage NAME START [SETTINGS [DATA [STEPS]]]: fills in the paths of recipe/SETTINGS.json and runs it.
stage() {
    local run=$work/runs/$1
    mkdir -p "$run"
    sed -e "s|SCENES|$source/data/scenes|; s|DATA|${4:-pad}|; s|WORK|$work|; s|START|$2|" \
        -e "${5:+s|\"steps\": [0-9]*|\"steps\": $5|}" "$recipe/${3:-$1}.json" >"$run/run.json"
    [ -f "$run/model.safetensors" ] || "$adtailor" train "$run"
}
stage vq ""
stage decoder "$work/runs/vq/model.safetensors"
stage titles "$work/runs/decoder/model.safetensors"
# People of one taste first: from mixed histories alone the model is slow to learn to read them.
stage plain "$work/runs/titles/model.safetensors" ads plain 500
stage ads "$work/runs/plain/model.safetensors"
"$python" "$recipe/pack_model.py" --run "$work/runs/ads/run.json" --tokenizer "$work/tokenizer.json" \
    --out "$work/bundle" "$work/runs/ads/model.safetensors"
