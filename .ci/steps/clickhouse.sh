#!/usr/bin/env bash
# Tries `dsprice usage clickhouse://…` on real servers: two shards on loopback, which the tests start, break and stop;
# and the same SQL in the ClickHouse of today, as a library.
# The server is CLICKHOUSE_SERVER or the one that is installed, else Debian's, unpacked into a folder that is removed
# afterwards. Servers that are still up in the end, however that came about, are ended by the process ids they left.
set -euo pipefail
cd "$(dirname "$0")/../.."

work=$(mktemp -d)
finish() {
  local file pid
  for file in "$work"/tmp/*/*/server.pid; do
    [[ -f $file ]] || continue
    read -r pid < "$file" || continue
    # A process id may have been given to another program since.
    if tr '\0' ' ' < "/proc/$pid/cmdline" 2> /dev/null | grep -qF "$work/tmp"; then kill -KILL "$pid" || true; fi
  done
  rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
mkdir "$work/tmp"

# Unpacks Debian's packages, without installing them, and prints a command that starts the server.
unpack() {
  local folder=$1 list package
  mkdir "$folder" "$folder/packages" "$folder/packages/partial"
  local options=(-qq -o "Dir::Cache::archives=$folder/packages" -o Debug::NoLocking=1 -o APT::Sandbox::User=)
  ((EUID)) || timeout 90 apt-get -qq update || true
  timeout 240 apt-get "${options[@]}" install -y --no-install-recommends --download-only clickhouse-server
  for package in "$folder"/packages/*.deb; do dpkg -x "$package" "$folder/root"; done
  # Its libraries lie in two folders, each named after the architecture.
  list=$(find "$folder/root/usr/lib" "$folder/root/lib" -maxdepth 1 -type d -name '*-linux-gnu*' | paste -sd:)
  printf '#!/bin/sh\nLD_LIBRARY_PATH=%s exec %s "$@"\n' "$list" \
    "$(find "$folder/root" -path '*bin/clickhouse-server' -type f)" > "$folder/clickhouse-server"
  chmod +x "$folder/clickhouse-server"
}

server=${CLICKHOUSE_SERVER:-$(command -v clickhouse-server || true)}
if [[ -z $server ]]; then
  if ! unpack "$work/debian" > "$work/log" 2>&1; then
    cat "$work/log"
    echo 'NO CLICKHOUSE SERVER: apt-get cannot fetch it, so nothing of clickhouse:// has been tried.'
    echo 'Install clickhouse-server, or name one: CLICKHOUSE_SERVER=/path/to/clickhouse-server .ci/steps/clickhouse.sh'
    exit 1
  fi
  server=$work/debian/clickhouse-server
fi
# The ClickHouse of today as a library, half a gigabyte: CHDB names a folder in which it is installed.
if [[ -z ${CHDB:-} ]]; then
  CHDB=$work/chdb
  mkdir "$CHDB"
  if ! timeout 600 npm install --silent --no-audit --no-fund --prefix "$CHDB" chdb@3.4.0 > "$work/log" 2>&1; then
    cat "$work/log"
    echo 'NO CHDB: npm cannot install it, so the SQL has not been tried in the ClickHouse of today.'
    exit 1
  fi
fi

CHDB=$CHDB CLICKHOUSE_SERVER=$server TMPDIR=$work/tmp npx --no-install vitest run --project clickhouse
