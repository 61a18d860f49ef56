#!/usr/bin/env bash
# What the drivers share: pods of a cluster as processes of this machine. A member is its folder below the root.
# A process group for each pod; without it a background process also cannot be interrupted.
set -euo pipefail -o monitor
: "${root:?}"
members=(postgres-0 postgres-1 postgres-2)
export POSTGRES_USER=owner RCLONE_CONFIG=/dev/null RCLONE_CONFIG_ARCHIVE_TYPE=local
declare -A process=()

fail() {
  find "$root" -name output -exec tail -v -n 25 {} + >&2 || true
  # Last, so that whoever sees only the end sees this.
  echo "FAILED: $*" >&2
  exit 1
}

step() {
  echo "== $*"
}

# start MEMBER PRIMARY: starts the pod in the background; PRIMARY is what its copy of the topology says.
start() {
  local home=$root/$1
  echo "$2" >"$home/topology/primary"
  rm -f "$home/socket/"* 2>/dev/null || true
  POD_NAME=$(basename "$1") PGHOST=$home/socket PGPORT=$(<"$home/port") INIT_SCRIPTS=$home/initdb.d bash "$home/configuration/start.sh" >"$home/output" 2>&1 &
  process[$1]=$!
}

# stop MEMBER SIGNAL
stop() {
  kill "-$2" "${process[$1]}"
  wait "${process[$1]}" || true
  # The children of a killed server need a moment to notice.
  eventually nobody_left "${process[$1]}"
  unset "process[$1]"
}

nobody_left() {
  ! pgrep --pgroup "$1"
}

everybody_down() {
  local group
  for group in $(jobs -p); do
    kill -INT -- "-$group" 2>/dev/null || true
  done
  wait
}
trap everybody_down EXIT

sql() {
  psql --no-psqlrc --no-align --tuples-only --quiet --host="$root/$1/socket" --port="$(<"$root/$1/port")" --username=owner --dbname=postgres --command="$2"
}

# eventually COMMAND…: tries until it succeeds; a minute and a half is far more than anything here takes.
eventually() {
  local attempt
  for attempt in $(seq 450); do
    if "$@" >/dev/null 2>&1; then
      return
    fi
    sleep 0.2
  done
  fail "never came true after $attempt attempts: $*"
}

ready() {
  bash "$root/$1/configuration/readiness.sh"
}

alive() {
  bash "$root/$1/configuration/liveness.sh"
}

answers() {
  [[ $(sql "$1" "$2") == "$3" ]]
}

# refused MEMBER TEXT: the pod ends by itself with an error and says TEXT.
refused() {
  local status=0
  wait "${process[$1]}" || status=$?
  unset "process[$1]"
  [[ $status == 1 ]] || fail "$1 ended with $status"
  grep -q "$2" "$root/$1/output" || fail "$1 did not say: $2"
}

says() {
  grep -q "$2" "$root/$1/output" || fail "$1 did not say: $2"
}

silent() {
  ! grep -q "$2" "$root/$1/output" || fail "$1 said: $2"
}

primaries() {
  local member count=0
  for member in "${members[@]}"; do
    if [[ $(sql "$member" 'select pg_is_in_recovery()' 2>/dev/null) == f ]]; then
      count=$((count + 1))
    fi
  done
  echo "$count"
}

