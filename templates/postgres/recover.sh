#!/usr/bin/env bash
# Makes a server out of a base backup and the archived log in an empty directory, and leaves it running, alone on its socket.
# Usage: recover.sh DIRECTORY latest|TIME SETTING…, each as `name=value`. Ends with an error where the log does not reach the time.
set -euo pipefail
directory=$1
time=$2
shift 2
here=$(dirname "$0")
user=${POSTGRES_USER:?is not set}

bash "$here/fetch-base.sh" "$directory" "$time"
touch "$directory/recovery.signal"
options=("config_file={{ configuration_file }}" "listen_addresses=" "hot_standby=on"
  "restore_command=bash {{ configuration_directory }}/fetch-log.sh %f %p stop"
  "recovery_target_action=promote" "recovery_target_timeline=latest"
  # Else it would stream from the primary of whoever was backed up.
  "primary_conninfo=" "primary_slot_name=")
if [[ $time != latest ]]; then
  options+=("recovery_target_time=$time")
fi
arguments=()
for option in "${options[@]}" "$@"; do
  arguments+=("-c" "$option")
done
postgres -D "$directory" "${arguments[@]}" >&2 &
server=$!

sql() {
  psql --no-psqlrc --no-align --tuples-only --quiet --no-password --host={{ socket_directory | quote }} --port={{ port }} \
    --username="$user" --dbname=postgres --command="$1"
}

until [[ $(sql 'select pg_is_in_recovery()' 2>/dev/null) == f ]]; do
  if ! kill -0 "$server" 2>/dev/null; then
    echo 'recover: the server ended before the log was replayed' >&2
    exit 1
  fi
  sleep 1
done
echo "recover: replayed up to $(sql 'select pg_last_xact_replay_timestamp()')" >&2
