#!/usr/bin/env bash
# The books are held to the figures that they were made from where those lie beside the checkout, and then none of those
# tests may be skipped. Elsewhere there is nothing to do.
set -euo pipefail
cd "$(dirname "$0")/../.."

if [[ ! -d ../shared ]]; then
  echo 'nothing lies beside the checkout'
  exit
fi
mapfile -t tests < <(grep -rl --include='*.test.ts' 'describeBeside(' test)
if ((${#tests[@]} == 0)); then
  echo 'no test looks beside the checkout'
  exit 1
fi
BESIDE=required npx --no-install vitest run "${tests[@]}"
