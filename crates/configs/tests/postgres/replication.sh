#!/usr/bin/env bash
# Runs the rendered scripts of three members on this machine through the life of a cluster; the first surprise ends it with status 1.
# Usage: replication.sh DIRECTORY, as laid out by tests/it/postgres.rs, as a user that PostgreSQL accepts.
set -euo pipefail
root=$1
# shellcheck source-path=SCRIPTDIR source=cluster.sh
. "$(dirname "$0")/cluster.sh"

step 'password files are private, and hold a password with every awkward character'
for member in "${members[@]}"; do
  bash "$root/$member/configuration/passfile.sh"
  [[ $(stat -c %a "$root/$member/passfile") == 600 ]] || fail "$member: mode of the password file"
done

step 'a first start that was cut short is begun afresh; standbys wait for the primary and clone it'
mkdir -p "$root/postgres-0/volume/data"
echo 15 >"$root/postgres-0/volume/data/PG_VERSION"
touch "$root/postgres-0/volume/initialising"
for member in "${members[@]}"; do POSTGRES_DB=app start "$member" postgres-0; done
for member in "${members[@]}"; do eventually ready "$member"; done
[[ ! -e $root/postgres-0/volume/initialising ]] || fail 'the mark of the first start is still there'
alive postgres-0 || fail 'postgres-0 is not alive'
sql postgres-0 'create table numbers (n integer); insert into numbers values (1)'
for member in postgres-1 postgres-2; do eventually answers "$member" 'select count(*) from numbers' 1; done
[[ $(sql postgres-0 "select string_agg(slot_name, ' ' order by slot_name) from pg_replication_slots where active") == 'postgres_1 postgres_2' ]] || fail 'slots'
[[ $(sql postgres-0 "select string_agg(application_name, ' ' order by application_name) from pg_stat_replication where state = 'streaming'") == *postgres-1*postgres-2* ]] || fail 'standbys by name'
[[ $(primaries) == 1 ]] || fail 'not one primary'

step 'the exporter may read statistics; the replication role may not read data'
for member in "${members[@]}"; do
  TMPDIR=$root/$member bash "$root/$member/configuration/upkeep.sh" once || fail "upkeep of $member"
done
[[ $(sql postgres-0 "select pg_has_role('monitor', 'pg_monitor', 'member')") == t ]] || fail 'the monitoring role'
if PGPASSFILE=$root/postgres-1/passfile psql --no-password --host=127.0.0.1 --port="$(<"$root/postgres-0/port")" --username=replicator \
  --dbname=template1 --command='select 1' >/dev/null 2>&1; then
  fail 'the replication role reaches another database'
fi

step 'a standby that restarts goes on where it was'
stop postgres-1 INT
if alive postgres-1; then fail 'a stopped server is alive'; fi
sql postgres-0 'insert into numbers values (2)'
start postgres-1 postgres-0
eventually answers postgres-1 'select count(*) from numbers' 2
silent postgres-1 cloning

step 'a primary that restarts is the only primary again, and the standbys come back to it'
stop postgres-0 INT
start postgres-0 postgres-0
eventually ready postgres-0
sql postgres-0 'insert into numbers values (3)'
for member in postgres-1 postgres-2; do
  eventually answers "$member" 'select count(*) from numbers' 3
  eventually ready "$member"
done
[[ $(primaries) == 1 ]] || fail 'not one primary after the restart'

step 'a primary that is lost for good: its successor is promoted, and what comes back with the old topology is fenced'
sql postgres-1 'select pg_promote()' >/dev/null
# Written by the old primary after the promotion: this must disappear.
sql postgres-0 'insert into numbers values (1000)'
sql postgres-1 'insert into numbers values (4)'
stop postgres-0 KILL
start postgres-0 postgres-0
refused postgres-0 'FENCED: postgres-1 already is the primary'

step 'a standby that had heard more from the old primary than the new one is cloned'
stop postgres-2 INT
start postgres-2 postgres-1
eventually answers postgres-2 'select max(n) from numbers' 4
says postgres-2 'cloning postgres-1'

step 'the old primary is rewound to a standby'
start postgres-0 postgres-1
eventually answers postgres-0 'select max(n) from numbers' 4
says postgres-0 'rewinding to postgres-1'
silent postgres-0 cloning
[[ $(primaries) == 1 ]] || fail 'not one primary after the failover'

step 'half a clone is cloned again, and never becomes the primary'
stop postgres-2 INT
touch "$root/postgres-2/volume/cloning"
start postgres-2 postgres-2
refused postgres-2 'FENCED\|half a clone'
start postgres-2 postgres-1
eventually answers postgres-2 'select max(n) from numbers' 4
says postgres-2 'cloning postgres-1'

step 'a primary whose volume is empty does not begin a new database while a standby has the old one'
stop postgres-1 INT
mv "$root/postgres-1/volume/data" "$root/postgres-1/kept"
start postgres-1 postgres-1
refused postgres-1 'promote postgres-'
mv "$root/postgres-1/kept" "$root/postgres-1/volume/data"
start postgres-1 postgres-1
eventually ready postgres-1

step 'data of another database is not touched'
stop postgres-2 INT
mv "$root/postgres-2/volume/data" "$root/postgres-2/kept"
initdb --pgdata="$root/postgres-2/volume/data" --username=owner --auth=trust --no-locale --no-sync >/dev/null
start postgres-2 postgres-1
refused postgres-2 'holds database system'
[[ -s $root/postgres-2/volume/data/PG_VERSION ]] || fail 'the other database is gone'
rm -rf "$root/postgres-2/volume/data"
mv "$root/postgres-2/kept" "$root/postgres-2/volume/data"

step 'a standby that is too far behind for its slot is cloned'
sql postgres-1 "alter system set max_slot_wal_keep_size = '1MB'" 
sql postgres-1 "alter system set wal_keep_size = 0"
sql postgres-1 'select pg_reload_conf()' >/dev/null
for _ in 1 2 3 4; do
  sql postgres-1 'select pg_switch_wal()' >/dev/null
  sql postgres-1 'insert into numbers select 4 from generate_series(1, 1000)'
  # The checkpoint drops whoever is a piece behind, and that is to be postgres-2 alone.
  written=$(sql postgres-1 'select pg_current_wal_lsn()')
  eventually answers postgres-1 "select restart_lsn >= '$written' from pg_replication_slots where slot_name = 'postgres_0'" t
  sql postgres-1 'checkpoint'
done
eventually answers postgres-1 "select wal_status from pg_replication_slots where slot_name = 'postgres_2'" lost
[[ $(sql postgres-1 "select wal_status from pg_replication_slots where slot_name = 'postgres_0'") != lost ]] || fail 'postgres-0 was dropped as well'
start postgres-2 postgres-1
eventually answers postgres-2 'select count(*) > 4000 from numbers' t
says postgres-2 'cloning postgres-1'

step 'a clean switchover needs no clone'
eventually answers postgres-0 'select count(*) > 4000 from numbers' t
stop postgres-1 INT
sql postgres-0 'select pg_promote()' >/dev/null
stop postgres-2 INT
start postgres-1 postgres-0
start postgres-2 postgres-0
sql postgres-0 'insert into numbers values (5)'
for member in postgres-1 postgres-2; do
  eventually answers "$member" 'select max(n) from numbers' 5
  eventually ready "$member"
  silent "$member" cloning
done
[[ $(primaries) == 1 ]] || fail 'not one primary after the switchover'

step 'a topology that names nobody is refused'
stop postgres-2 INT
start postgres-2 postgres-7
refused postgres-2 'not a member'

step 'a waiting standby ends at once when it is told to'
stop postgres-0 INT
start postgres-2 postgres-0
sleep 3
kill -TERM "${process[postgres-2]}"
status=0
wait "${process[postgres-2]}" || status=$?
unset 'process[postgres-2]'
[[ $status == 143 ]] || fail "a waiting standby ended with $status"
echo 'every step as expected'
