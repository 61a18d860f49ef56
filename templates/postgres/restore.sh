#!/usr/bin/env bash
# Puts the first member's volume back to a time of the archive. What was there before stays beside it until somebody removes it.
# Needs every member held: the topology names nobody, and no server answers.
set -euo pipefail
volume={{ volume | quote }}
data={{ data_directory | quote }}
here=$(dirname "$0")
user=${POSTGRES_USER:?is not set}

refuse() {
  echo "restore: $*" >&2
  exit 1
}

wanted=$(tr -d '[:space:]' <{{ primary_file | quote }})
[[ $wanted == {{ nobody | quote }} ]] || refuse "the topology names $wanted: hold the servers first, with {{ nobody }} as the primary"
{% for member in members %}
if pg_isready --quiet --host={{ member.host | quote }} --port={{ member.port }} --timeout=3; then
  refuse {{ (member.name ~ " still runs: delete its pod, so that it reads the topology again") | quote }}
fi
{% endfor %}
time=$(<{{ restore_time_file | quote }})
stamp=$(date --utc +%Y%m%dT%H%M%SZ)
# Until the end, what is here is no database that a pod may start.
touch "$volume/cloning"
if [[ -e $data ]]; then
  mv "$data" "$volume/before-restore-$stamp"
fi
if ! bash "$here/recover.sh" "$data" "$time" shared_buffers=256MB; then
  rm -rf "$data"
  if [[ -e $volume/before-restore-$stamp ]]; then
    mv "$volume/before-restore-$stamp" "$data"
    rm -f "$volume/cloning"
  fi
  refuse 'nothing was restored, everything is as it was'
fi

sql() {
  psql --no-psqlrc --no-align --tuples-only --quiet --no-password --host={{ socket_directory | quote }} --port={{ port }} \
    --username="$user" --dbname=postgres --command="$1"
}

# The next recovery finds the new time line in the archive, or it would follow the old one.
sql 'checkpoint'
sql 'select pg_switch_wal()' >/dev/null
for _ in $(seq 300); do
  if [[ -z $(find "$data/pg_wal/archive_status" -name '*.ready' -print -quit) ]]; then
    pg_ctl --pgdata="$data" --mode=fast --wait stop >&2
    sync -f "$data"
    rm -f "$volume/cloning"
    echo "restore: done; {{ members[0].name }} may become the primary, what was there before is $volume/before-restore-$stamp" >&2
    exit 0
  fi
  sleep 1
done
pg_ctl --pgdata="$data" --mode=fast --wait stop >&2
refuse 'the archive does not take the new time line'
