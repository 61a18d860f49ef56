#!/usr/bin/env bash
# Unpacks the newest base backup of an archive that is not younger than a time, and verifies every file of it.
# Usage: fetch-base.sh DIRECTORY latest|TIME. The directory must not exist or be empty.
set -euo pipefail
directory=$1
time=$2
archive=${ARCHIVE_SOURCE:-{{ archive | quote }}}

fail() {
  echo "fetch-base: $*" >&2
  exit 1
}

latest=99999999T999999Z
if [[ $time != latest ]]; then
  latest=$(date --utc --date="$time" +%Y%m%dT%H%M%SZ)
fi
# A backup is named after the time of its start, and counts once it says that it is complete.
backup=$(rclone lsf --recursive --files-only --include='*/complete' "$archive/base" | cut -d / -f 1 | LC_ALL=C sort |
  awk -v latest="$latest" '($0 "") <= latest { newest = $0 } END { print newest }')
[[ -n $backup ]] || fail "$archive has no complete base backup from before $time"
echo "fetch-base: unpacking $backup" >&2
mkdir -p "$directory"
[[ -z $(find "$directory" -mindepth 1 -print -quit) ]] || fail "$directory is not empty"
chmod 0700 "$directory"
rclone cat "$archive/base/$backup/base.tar.gz" | tar --extract --gzip --directory="$directory"
# The log is not in the backup but in the archive.
pg_verifybackup --no-parse-wal --quiet "$directory"
# From the server that the backup was taken of, where that is a standby.
rm -f "$directory/standby.signal" "$directory/recovery.signal"
