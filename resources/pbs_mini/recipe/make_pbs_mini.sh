#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Trains pbs-mini from the open scenes, about half an hour on one quiet core. Resumable: run it
# again after a stop. Needs a built `adtailor` and Python with torch and safetensors.
#
#   make_pbs_mini.sh SCENES WORK     SCENES holds index.jsonl and the pictures
set -euo pipefail
scenes=$(realpath "$1")
work=$(realpath -m "$2")
recipe=$(dirname "$(realpath "$0")")
adtailor=${ADTAILOR:-$recipe/../../../build/release/adtailor}
python=${PYTHON:-python3}
mkdir -p "$work"
sed -e "s|SCENES|$scenes|" "$recipe/pbs.json" >"$work/run.json"
[ -f "$work/model.safetensors" ] || "$adtailor" train "$work"
"$python" - "$work/model.safetensors" "$work/bundle" <<'EOF'
import pathlib, sys, torch
from safetensors.torch import load_file, save_file
out = pathlib.Path(sys.argv[2])
out.mkdir(exist_ok=True)
# The running statistics stay float32: they are few, and every feature is divided by them.
save_file({name: value if "running" in name else value.to(torch.bfloat16)
           for name, value in load_file(sys.argv[1]).items()},
          out / "model.safetensors", metadata={"format": "pt"})
EOF
