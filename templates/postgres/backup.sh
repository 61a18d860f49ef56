#!/usr/bin/env bash
# Takes a base backup into the archive, from a standby where there is one, and removes what is older than has to be kept.
# Needs the password file of passfile.sh.
set -euo pipefail
archive={{ archive | quote }}
members=({% for member in members %}{{ member.name | quote }}{% if not loop.last %} {% endif %}{% endfor %})

log() {
  echo "backup: $*" >&2
}

fail() {
  log "FAILED: $*"
  exit 1
}

# The connection string of a member, without a database.
connection() {
  local address
  case $1 in
{% for member in members %}
  {{ member.name | quote }}) address='host={{ member.host }} port={{ member.port }}' ;;
{% endfor %}
  *) fail "$1 is not a member" ;;
  esac
  echo "$address user={{ replication_role }} passfile={{ passfile }} {{ transport }} connect_timeout=3 application_name=backup"
}

ask() {
  psql --no-psqlrc --no-align --tuples-only --quiet --no-password --dbname="$(connection "$1") dbname=postgres" --command="$2"
}

source=''
for member in "${members[@]}"; do
  if answer=$(ask "$member" 'select pg_is_in_recovery()' 2>/dev/null); then
    # The primary has other things to do, but is better than nothing.
    if [[ $answer == t ]]; then
      source=$member
      break
    fi
    source=${source:-$member}
  fi
done
[[ -n $source ]] || fail 'no member answers'

name=$(date --utc +%Y%m%dT%H%M%SZ)
start=$(ask "$source" 'select redo_wal_file from pg_control_checkpoint()')
log "taking $name from $source, the log from $start on"
# Without the log, which is in the archive: the server would have to keep all of it until the end.
pg_basebackup --dbname="$(connection "$source")" --pgdata=- --format=tar --wal-method=none --checkpoint=fast --no-password |
  gzip --fast | rclone rcat --quiet "$archive/base/$name/base.tar.gz"

# The piece that holds the end of the backup: without it the backup is not consistent. Pieces have 16 MiB.
end=$(ask "$source" "select upper(lpad(to_hex(timeline_id), 8, '0') || lpad(to_hex(div(at, 4294967296)::bigint), 8, '0')
    || lpad(to_hex(div(mod(at, 4294967296), 16777216)::bigint), 8, '0'))
  from pg_control_checkpoint(),
    (select case when pg_is_in_recovery() then pg_last_wal_replay_lsn() else pg_current_wal_lsn() end - pg_lsn '0/1' as at) position")
log "waiting for $end in the archive"
for attempt in $(seq {{ archive_wait }}); do
  if [[ $(rclone lsf --files-only --include="/$end.gz" "$archive/log") == "$end.gz" ]]; then
    break
  fi
  [[ $attempt != {{ archive_wait }} ]] || fail "the archive does not get $end"
  sleep 1
done
printf 'start %s\nend %s\nsource %s\n' "$start" "$end" "$source" | rclone rcat --quiet "$archive/base/$name/complete"
log "$name is complete"

# Kept is what reaches back far enough: the backups that are young enough, and the newest one that is not.
cutoff=$(date --utc --date='-{{ keep }} seconds' +%Y%m%dT%H%M%SZ)
complete=$(rclone lsf --recursive --files-only --include='*/complete' "$archive/base" | cut -d / -f 1 | LC_ALL=C sort)
oldest=$(awk -v cutoff="$cutoff" '($0 "") <= cutoff { last = $0 } END { print last }' <<<"$complete")
oldest=${oldest:-$(head -n 1 <<<"$complete")}
for backup in $(rclone lsf --dirs-only "$archive/base" | tr -d / | LC_ALL=C sort); do
  if [[ $backup < $oldest ]]; then
    log "removing $backup"
    rclone purge --quiet "$archive/base/$backup"
  fi
done
first=$(rclone cat "$archive/base/$oldest/complete" | sed -n 's/^start //p')
[[ $first =~ ^[0-9A-F]{24}$ ]] || fail "$oldest does not say where its log starts"
# The time line does not count, and the histories of time lines are kept for ever.
rclone lsf --files-only "$archive/log" |
  awk -v first="${first:8}" '(length($0) == 27 || /\.backup\.gz$/) && (substr($0, 9, 16) "") < first' |
  rclone delete --quiet --files-from=- "$archive/log"
