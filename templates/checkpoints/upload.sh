#!/bin/sh
# Last step: copies what was backed up to every region, and removes what is too old there. A Job that restores copies nothing.
# Needs JOB_NAME in the environment and rclone in PATH.
set -eu

# The names of the remotes say everything: there is no configuration file.
export RCLONE_CONFIG=/notfound

log() {
  echo "upload: $*" >&2
}

case ${JOB_NAME:?is not set: it comes from the downward API} in
{{ restore_prefix }}*)
  log "$JOB_NAME has restored: nothing to copy"
  exit 0
  ;;
esac

set -- {{ work_directory | quote }}/copies/*.tar.gz
if [ ! -e "$1" ]; then
  log 'no copy was made'
  exit 0
fi

failed=0
for remote in{% for remote in remotes %} {{ remote | quote }}{% endfor %}; do
  # Old copies are only removed where there is a new one.
  if rclone copy --immutable "$1" "$remote" && rclone delete --min-age {{ keep }} --include '*.tar.gz' "$remote"; then
    log "$(basename "$1") is in $remote"
  else
    log "$(basename "$1") is not in $remote"
    failed=1
  fi
done
exit "$failed"
