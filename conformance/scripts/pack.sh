#!/usr/bin/env bash
# Packs a folder of recorded suites (one folder each, `versions/<release>/<suite>.jsonl` beside them) into conformance/data.
#   bash conformance/scripts/pack.sh RECORDS
set -euo pipefail
records=$(cd "$1" && pwd)
data=$(cd "$(dirname "$0")/../data" && pwd)
for folder in "$records"/*/; do
  suite=$(basename "$folder")
  [ "$suite" = versions ] && continue
  work=$(mktemp -d)
  cp -r "$folder." "$work"
  rm -f "$work"/upstream-* "$work"/README.md
  mkdir -p "$work/versions"
  for release in "$records"/versions/*/; do
    if [ -f "$release$suite.jsonl" ]; then
      cp "$release$suite.jsonl" "$work/versions/$(basename "$release").jsonl"
    fi
  done
  tar -C "$work" --sort=name --owner=0 --group=0 --numeric-owner --mode=u=rwX,go=rX --mtime=@0 -cf - . | gzip -9n > "$data/$suite.tar.gz"
  rm -r "$work"
done
