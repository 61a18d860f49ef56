#!/usr/bin/env bash
# Puts one finished piece of the write-ahead log into the archive: the server's archive_command.
# Usage: archive.sh PATH NAME. Succeeds once the archive has it, or had the very same before; never overwrites another.
set -euo pipefail
path=$1
name=$2
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
# An idle minute's piece is 16 MiB of zeros. Without name and time the same piece always gives the same file.
gzip --fast --no-name <"$path" >"$scratch/$name.gz"
# Not `copyto`, which overwrites whatever it is told.
rclone copy --no-traverse --checksum --immutable --no-update-modtime --retries=1 --quiet "$scratch" {{ archive | quote }}/log
