#!/usr/bin/env bash
# Starts this pod's PostgreSQL: as the primary when the topology file names this pod, else as a standby of the pod it names.
# Needs POD_NAME in the environment, and docker-entrypoint.sh and the PostgreSQL 15 programs in PATH.
set -euo pipefail

me=${POD_NAME:?is not set: it comes from the downward API}
members=({% for member in members %}{{ member.name | quote }}{% if not loop.last %} {% endif %}{% endfor %})
first={{ members[0].name | quote }}
topology={{ primary_file | quote }}
volume={{ volume | quote }}
configuration={{ configuration_file | quote }}
export PGDATA={{ data_directory | quote }}

# Beside the data directory, because PostgreSQL's programs want the directory itself empty.
initialising=$volume/initialising
cloning=$volume/cloning
# Slot names know no hyphen.
slot=${me//-/_}

# Process 1 ignores signals without a handler, and a waiting pod would use up its whole grace period.
trap 'exit 143' TERM INT

log() {
  echo "start: $*" >&2
}

# Exits after a pause: a restart at full speed helps nobody.
refuse() {
  log "$@"
  sleep 5
  exit 1
}

# Runs a long command so that a signal is handled at once.
attend() {
  "$@" &
  wait "$!"
}

# The connection string of a member, without a database.
connection() {
  local address
  case $1 in
{% for member in members %}
  {{ member.name | quote }}) address='host={{ member.host }} port={{ member.port }}' ;;
{% endfor %}
  *) refuse "$1 is not a member" ;;
  esac
  echo "$address user={{ replication_role }} passfile={{ passfile }} {{ transport }} connect_timeout=3 application_name=$me"
}

# ask MEMBER SQL: the answer as bare text; fails when the member does not answer.
ask() {
  psql --no-psqlrc --no-align --tuples-only --quiet --no-password --dbname="$(connection "$1") dbname=postgres" --command="$2"
}

wanted_primary() {
  tr -d '[:space:]' <"$topology"
}
{% if follows %}

# Whether this whole cluster stands by for another one.
following() {
  [[ $(tr -d '[:space:]' <{{ follows.file | quote }}) == {{ follows.word | quote }} ]]
}
{% endif %}

empty_data_directory() {
  mkdir -p "$PGDATA"
  find "$PGDATA" -mindepth 1 -delete
  chmod 0700 "$PGDATA"
}

clone() {
  log "cloning $primary"
  touch "$cloning"
  empty_data_directory
  attend pg_basebackup --dbname="$(connection "$primary")" --pgdata="$PGDATA" --wal-method=stream --slot="$slot" --checkpoint=fast --no-password
  touch "$PGDATA/standby.signal"
  sync -f "$PGDATA"
  rm -f "$cloning"
}

# Makes a former primary follow the new one; what it alone has written is given up.
rewind() {
  log "rewinding to $primary"
  # Without it the new primary's control file may still show the time line from before its promotion.
  ask "$primary" checkpoint
  # A rewind that is cut short leaves nothing that could be started.
  touch "$cloning"
  if attend pg_rewind --target-pgdata="$PGDATA" --source-server="$(connection "$primary") dbname=postgres" --config-file="$configuration"; then
    touch "$PGDATA/standby.signal"
    sync -f "$PGDATA"
    rm -f "$cloning"
  else
    log "rewinding failed"
    clone
  fi
}

{% if follows %}
# Starts as the first standby of a cluster elsewhere, which it knows by its archive alone; the others here stream from this one.
follow() {
  export ARCHIVE_SOURCE={{ follows.archive | quote }}
  if [[ ! -e $PGDATA/global/pg_control || -e $cloning || -e $initialising ]]; then
    log "restoring the newest base backup of $ARCHIVE_SOURCE"
    touch "$cloning"
    rm -f "$initialising"
    empty_data_directory
    attend bash {{ configuration_directory | quote }}/fetch-base.sh "$PGDATA" latest
    touch "$PGDATA/standby.signal"
    sync -f "$PGDATA"
    rm -f "$cloning"
  elif [[ ! -e $PGDATA/standby.signal ]]; then
    refuse "PROMOTED: $PGDATA has a time line of its own, and {{ follows.file }} still says {{ follows.word }}"
  fi
  # Its own archive gets every piece as well, so that this side can be restored without the other one.
  exec docker-entrypoint.sh postgres -c config_file="$configuration" \
    -c restore_command='bash {{ configuration_directory }}/fetch-log.sh %f %p wait' -c archive_mode=always \
    -c primary_conninfo= -c primary_slot_name=
}

{% endif %}
start_primary() {
  local peer answer somebody=''
  # The fence: a former primary that comes back must not write beside its successor.
  for peer in "${members[@]}"; do
    if [[ $peer != "$me" ]] && answer=$(ask "$peer" 'select pg_is_in_recovery()' 2>/dev/null); then
      somebody=$peer
      if [[ $answer == f ]]; then
        refuse "FENCED: $peer already is the primary, and $topology names $me"
      fi
    fi
  done
{% if follows %}
  if following; then
    follow
  fi
{% endif %}
  if [[ -e $cloning ]]; then
    refuse "$PGDATA is half a clone and cannot become the primary"
  fi
  if [[ -e $initialising || ! -s $PGDATA/PG_VERSION ]]; then
    if [[ -n $somebody ]]; then
      refuse "$PGDATA is empty and $somebody has data: promote $somebody, a new database would not be its primary"
    fi
    if [[ $me != "$first" ]]; then
      refuse "$PGDATA is empty, and only $first may begin a new database"
    fi
    # The entrypoint takes a directory whose first start was cut short for a finished one. The last init script removes the mark.
    touch "$initialising"
    empty_data_directory
  fi
  exec docker-entrypoint.sh postgres -c config_file="$configuration"
}

await_primary() {
  local answer
  log "waiting for $primary"
  until answer=$(ask "$primary" 'select pg_is_in_recovery()' 2>/dev/null); do
    if [[ $(wanted_primary) != "$primary" ]]; then
      refuse "$topology has changed"
    fi
    sleep 2
  done
  if [[ $answer != f ]]{% if follows %} && ! following{% endif %}; then
    refuse "$primary is not promoted yet"
  fi
}

# A field of the control file.
control() {
  LC_ALL=C pg_controldata "$PGDATA" | sed -n "s/^$1: *//p"
}

# command MEMBER COMMAND: the answer to a command of the replication protocol.
command_of() {
  psql --no-psqlrc --no-align --tuples-only --quiet --no-password --dbname="$(connection "$1") replication=true" --command="$2"
}

# Data of another database is never overwritten, whoever is at fault.
require_same_system() {
  local here there
  here=$(control 'Database system identifier')
  there=$(command_of "$primary" IDENTIFY_SYSTEM | cut -d '|' -f 1)
  if [[ $here != "$there" ]]; then
    refuse "$PGDATA holds database system $here, $primary is $there: remove the data by hand if it is not needed"
  fi
}

# Whether this standby's log goes on after the point at which the primary's time line left it: the old primary had sent more to this
# standby than to the one that was promoted. Such a standby starts, and then waits for ever.
diverged() {
  local here there fork last
  here=$(control "Latest checkpoint's TimeLineID")
  there=$(command_of "$primary" IDENTIFY_SYSTEM | cut -d '|' -f 2)
  if [[ $here == "$there" ]]; then
    return 1
  fi
  fork=$(command_of "$primary" "TIMELINE_HISTORY $there" | sed -n "s/^\(.*|\)\{0,1\}$here\t\([0-9A-F]*\/[0-9A-F]*\)\t.*/\2/p")
  # It ends with an error where the log ends.
  last=$(pg_waldump --path="$PGDATA/pg_wal" --timeline="$here" --start="$(control "Latest checkpoint's REDO location")" 2>/dev/null |
    sed -n 's/.*, lsn: \([0-9A-F]*\/[0-9A-F]*\), .*/\1/p' | tail -n 1) || true
  log "time line $here left at ${fork:-an unknown point} by $primary on $there, last record here at ${last:-an unknown point}"
  [[ -z $fork ]] || [[ -n $last && $(ask "$primary" "select '$last'::pg_lsn >= '$fork'::pg_lsn") == t ]]
}

start_standby() {
  await_primary
  if [[ -e $PGDATA/global/pg_control && ! -e $cloning && ! -e $initialising ]]; then
    require_same_system
  else
    touch "$cloning"
    rm -f "$initialising"
  fi
  # Further behind than the primary keeps its log: only a new clone helps.
  if [[ $(ask "$primary" "select wal_status from pg_replication_slots where slot_name = '$slot'") == lost ]]; then
    ask "$primary" "select pg_drop_replication_slot('$slot')"
    touch "$cloning"
  fi
  ask "$primary" "select pg_create_physical_replication_slot('$slot', true)
    where not exists (select from pg_replication_slots where slot_name = '$slot')" >/dev/null
  if [[ -e $cloning ]]; then
    clone
  elif [[ ! -e $PGDATA/standby.signal ]]; then
    rewind
  elif diverged; then
    clone
  fi
  exec docker-entrypoint.sh postgres -c config_file="$configuration" \
    -c primary_conninfo="$(connection "$primary")" -c primary_slot_name="$slot"
}

# Stays away from the data until somebody is named again, so that a restore has it for itself.
hold() {
  log 'held: no member is to run'
  while [[ $(wanted_primary) == {{ nobody | quote }} ]]; do
    attend sleep 2
  done
  refuse "$topology has changed"
}

primary=$(wanted_primary)
if [[ $primary == {{ nobody | quote }} ]]; then
  hold
fi
case " ${members[*]} " in
*" $primary "*) ;;
*) refuse "$topology names '$primary', which is not a member" ;;
esac
if [[ $primary == "$me" ]]; then
  start_primary
else
  start_standby
fi
