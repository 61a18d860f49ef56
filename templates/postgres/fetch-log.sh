#!/usr/bin/env bash
# Gets one piece of the write-ahead log out of an archive: the server's restore_command.
# Usage: fetch-log.sh NAME PATH wait|stop. Says 1 where the archive does not have it. What else may go wrong says 1 too for
# `wait`, as a standby tries again; for `stop` it ends the server, because a recovery takes 1 for the archive's end.
set -euo pipefail
name=$1
path=$2
otherwise=$3
archive=${ARCHIVE_SOURCE:-{{ archive | quote }}}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

broken() {
  echo "fetch-log: $*" >&2
  if [[ $otherwise == stop ]]; then
    exit 255
  fi
  exit 1
}

status=0
said=$(rclone copyto --quiet --retries=1 "$archive/log/$name.gz" "$scratch/$name.gz" 2>&1) || status=$?
case $status in
# A bucket has no directories: what is not there is nothing to copy, and no error.
0) [[ -e $scratch/$name.gz ]] || exit 1 ;;
3 | 4) exit 1 ;;
*) broken "$name: ${said:-status $status}" ;;
esac
gzip --decompress --stdout "$scratch/$name.gz" >"$path" || broken "$name is damaged"
