#!/usr/bin/env bash
# Prints how many passed and how many failed by a step's log: by its lines such as "Tests  2 failed | 12 passed (14)".
set -euo pipefail
awk '
  /^ *(Tests|Runs) / {
    for (i = 2; i <= NF; i++) {
      if ($i == "passed") passed += $(i - 1)
      if ($i == "failed") failed += $(i - 1)
    }
  }
  END { print passed + 0, failed + 0 }
' "$1"
