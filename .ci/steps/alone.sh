#!/usr/bin/env bash
# Clones the commit that is checked out into a folder of its own and calls there what the README's first screen says.
# Usage: alone.sh FOLDER, which must not be there yet
set -euo pipefail
cd "$(dirname "$0")/../.."

folder=$1
mkdir "$folder"
# git refuses to clone what another user has checked out, unless it is told.
printf '[safe]\n\tdirectory = *\n' > "$folder.gitconfig"
[[ -z $(GIT_CONFIG_GLOBAL="$folder.gitconfig" git status --porcelain) ]] || echo 'what is not committed is not tried'
GIT_CONFIG_GLOBAL="$folder.gitconfig" git clone --quiet "$PWD" "$folder/dsprice"
cd "$folder/dsprice"

mapfile -t commands < <(head -40 README.md | awk '/^```sh$/ { inside = 1; next } /^```$/ && inside { exit } inside')
if ((${#commands[@]} != 2)); then
  echo "the README's first screen has ${#commands[@]} commands, not 2"
  exit 1
fi
for command in "${commands[@]}"; do
  echo "\$ $command"
  bash -euo pipefail -c "$command"
done
