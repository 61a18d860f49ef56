#!/bin/sh
# First step: fetches the copy to restore, the newest one that was made by the wanted time. A Job that backs up fetches nothing.
# Needs JOB_NAME in the environment and rclone in PATH.
set -eu

# The names of the remotes say everything: there is no configuration file.
export RCLONE_CONFIG=/notfound

log() {
  echo "download: $*" >&2
}

case ${JOB_NAME:?is not set: it comes from the downward API} in
{{ restore_prefix }}*) ;;
*)
  log "$JOB_NAME backs up: nothing to fetch"
  exit 0
  ;;
esac

# Copies are named by the time at which they were made, so that their order as text is that of time.
wanted=$(tr -d '[:space:]' <{{ point_in_time_file | quote }})
case $wanted in
{{ latest }}) last=99999999T999999Z ;;
*) last=$(printf '%s' "$wanted" | tr -d ':-') ;;
esac
case $last in
[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]T[0-9][0-9][0-9][0-9][0-9][0-9]Z) ;;
*)
  log "'$wanted' is no point in time: write {{ latest }}, or a time such as 2026-11-21T06:00:00Z"
  exit 1
  ;;
esac

# newest_of NAMES: the last name that is not after the wanted time.
newest_of() {
  printf '%s\n' "$1" | LC_ALL=C sort | LC_ALL=C awk -v last="$last.tar.gz" '($0 "") <= (last "") { name = $0 } END { print name }'
}

best=
source=
for remote in{% for remote in remotes %} {{ remote | quote }}{% endfor %}; do
  if ! names=$(rclone lsf --files-only --include '*.tar.gz' "$remote"); then
    log "cannot list $remote"
    continue
  fi
  name=$(newest_of "$names")
  # A region that missed a copy must not win over one that has it.
  if [ -n "$name" ] && [ "$(printf '%s\n%s\n' "$best" "$name" | LC_ALL=C sort | tail -n 1)" != "$best" ]; then
    best=$name
    source=$remote
  fi
done
if [ -z "$best" ]; then
  log "no copy was made by $wanted"
  exit 1
fi
log "fetching $best from $source"
rclone copyto "$source/$best" {{ fetched_file | quote }}
