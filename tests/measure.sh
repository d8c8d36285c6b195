#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Measures what the README's table says, on this machine, and prints it as a table.
#   tests/measure.sh [BUILD_FOLDER]      (default: build/release)
set -euo pipefail
cd "$(dirname "$0")/.."
build=${1:-build/release}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export QT_QPA_PLATFORM=offscreen XDG_DATA_HOME=$work/data XDG_CONFIG_HOME=$work/config

now() { date +%s.%N; }
since() { echo "$(now) - $1" | bc -l; }
row() { printf '| %-46s | %12s |\n' "$1" "$2"; }
seconds() { row "$1" "$(printf '%.2f s' "$2")"; }
median() { sort -n | sed -n '2p'; } # of three

# peak COMMAND...: runs it, prints its largest resident size in MB.
peak() {
    "$@" >"$work/log" 2>&1 &
    local pid=$! most=0 size
    while size=$(awk '/VmHWM/ { print $2 }' "/proc/$pid/status" 2>/dev/null) && [ -n "$size" ]; do
        most=$size
        sleep 0.02
    done
    wait "$pid"
    echo $((most / 1024))
}

# timing NAME RECORD: a number of the record's timings
timing() {
    tr -d '\n' <"$2" | grep -o '"timings": *{[^}]*}' | grep -o "\"$1\": *[0-9.e+-]*" | grep -o '[0-9.e+-]*$'
}

row "Machine" "$(nproc) cores"
row "Quantity" "Value"
for _ in 1 2 3; do
    start=$(now)
    "$build/adtailor-studio" --sample --page brief --shot "$work/shot.png" >/dev/null 2>&1
    since "$start"
done | median | { read -r value; seconds "Studio: start, sample loaded, window drawn, quit" "$value"; }
for _ in 1 2 3; do
    start=$(now)
    grep -a -m1 -q '"ready"' \
        < <(sleep 5 | "$build/adtailor" serve 2>/dev/null | stdbuf -o0 tr '}' '\n')
    since "$start"
done 2>/dev/null | median | { read -r value; seconds "Engine: start to ready" "$value"; }
for count in 1 4; do
    out=$work/out$count
    memory=$(peak "$build/adtailor" generate --sample --seed 1 --count "$count" --out "$out")
    start=$(now)
    "$build/adtailor" generate --sample --seed 1 --count "$count" --out "$out.again" >/dev/null 2>&1
    wall=$(since "$start")
    record=$(ls "$out.again"/*.json | head -1)
    [ "$count" -eq 1 ] && seconds "First token, from the start of the request" "$(timing first_token "$record")"
    seconds "$count ad(s): whole command, cold" "$wall"
    seconds "$count ad(s): titles" "$(timing title "$record")"
    seconds "$count ad(s): pictures (256 tokens each)" "$(timing image "$record")"
    row "$count ad(s): picture tokens per second" \
        "$(echo "$count * 256 / $(timing image "$record")" | bc -l | xargs printf '%.0f')"
    seconds "$count ad(s): pixels" "$(timing decode "$record")"
    row "$count ad(s): peak memory" "$memory MB"
done
"$build/tests/measure_gallery" 50000 2>/dev/null | while read -r line; do row "Gallery" "$line"; done
row "Shipped model" "$(du -sm --exclude=recipe resources/default_model | cut -f1) MB"
row "Programs" "$(du -cm "$build/adtailor" "$build/adtailor-studio" | tail -1 | cut -f1) MB"
row "LibTorch beside them" "$(du -smL "$(dirname "$(cat .venv/torch-cmake-path)")/../lib" | cut -f1) MB"
