#!/usr/bin/env bash
# Runs the rendered scripts of one cluster that archives and of another that follows its archive: back up, destroy, restore, promote.
# Usage: archive.sh DIRECTORY, as laid out by tests/it/postgres.rs, as a user that PostgreSQL accepts.
set -euo pipefail
root=$1
# shellcheck source-path=SCRIPTDIR source=cluster.sh
. "$(dirname "$0")/cluster.sh"
twins=(twin/postgres-0 twin/postgres-1 twin/postgres-2)
archive=$root/archive

# job MEMBER SCRIPT: runs a script as a Job would, with its own socket and scratch space.
job() {
  TMPDIR=$root/$1 bash "$root/$1/configuration/$2"
}

upkeep() {
  TMPDIR=$root/$1 bash "$root/$1/configuration/upkeep.sh" once
}

archived() {
  [[ -e $archive/log/$1.gz ]]
}

# Everything that was written until now is in the archive.
flush() {
  local piece
  piece=$(sql "$1" 'select pg_walfile_name(pg_switch_wal())')
  eventually archived "$piece"
}

# The test of a restore is a pod of its own.
mkdir -p "$root/tester/socket" "$root/tester/scratch"
cp -r "$root/postgres-1/configuration" "$root/tester/"
sed -i "s#$root/postgres-1/#$root/tester/#g" "$root/tester/configuration/"*

for member in "${members[@]}" "${twins[@]}"; do bash "$root/$member/configuration/passfile.sh"; done

step 'three members archive and have a heartbeat'
for member in "${members[@]}"; do POSTGRES_DB=app start "$member" postgres-0; done
for member in "${members[@]}"; do eventually ready "$member"; done
for member in "${members[@]}"; do upkeep "$member"; done
[[ $(sql postgres-0 'select count(*) from platform.heartbeat') == 1 ]] || fail 'no heartbeat'
[[ $(sql postgres-0 "select has_function_privilege('pooler', 'pg_ls_waldir()', 'execute')") == f ]] || fail 'the rights of the pooler'
sql postgres-0 'create table numbers (n integer); insert into numbers values (1)'
flush postgres-0

step 'PgBouncer composes its users, looks passwords up and pools'
sql postgres-0 "create role shop login password 'it''s a \"secret\"'"
# Debian's PgBouncer is older than the image's and does not know every setting.
sed -i '/^max_prepared_statements/d' "$root/pooler/pgbouncer.ini"
sh "$root/pooler/start.sh" >"$root/pooler/output" 2>&1 &
pooler=$!
through() {
  PGPASSWORD=$1 PGCONNECT_TIMEOUT=3 psql --no-psqlrc --no-align --tuples-only --quiet --host=127.0.0.1 --port="$(<"$root/pooler/port")" --username="$2" --dbname="$3" --command="$4"
}
pooled() {
  [[ $(through "it's a \"secret\"" shop app 'select current_user') == shop ]]
}
eventually pooled
if through wrong shop app 'select 1' >/dev/null 2>&1; then fail 'a wrong password gets in'; fi
if through owner owner app 'select 1' >/dev/null 2>&1; then fail 'a superuser gets in'; fi
[[ $(through statistics statistics pgbouncer 'show pools') == *app* ]] || fail 'no statistics'
if through "it's a \"secret\"" shop pgbouncer 'show pools' >/dev/null 2>&1; then fail 'anybody reads the console'; fi
[[ $(stat -c %a "$root/pooler/users.txt") == 600 ]] || fail 'the list of users can be read'

step 'a password that changes in the secret changes in the database'
printf 'other "password"' >"$root/postgres-0/pooler-password"
upkeep postgres-0
[[ $(PGPASSWORD='other "password"' psql --no-psqlrc --no-align --tuples-only --host=127.0.0.1 --port="$(<"$root/postgres-0/port")" \
  --username=pooler --dbname=app --command="select username from pgbouncer.lookup('shop')") == shop ]] || fail 'the new password'
kill -INT "$pooler"
wait "$pooler" || true

step 'a base backup comes from a standby, and is complete once the archive holds its end'
(
  while true; do
    upkeep postgres-0
    sql postgres-0 'select pg_switch_wal()' >/dev/null
    sleep 1
  done
) &
beating=$!
job postgres-1 backup.sh 2>"$root/backup" || fail "the backup: $(<"$root/backup")"
grep -q 'from postgres-1' "$root/backup" || fail 'the backup is not of a standby'
backup=$(find "$archive/base" -mindepth 1 -maxdepth 1 -printf '%f\n')
[[ -s $archive/base/$backup/complete ]] || fail 'the backup is not complete'
sql postgres-0 'insert into numbers values (2)'
flush postgres-0
kill "$beating"
wait "$beating" || true

step 'the same piece may come twice, another one of its name is refused'
piece=$(find "$archive/log" -name '0000*' -printf '%f\n' | LC_ALL=C sort | head -n 1)
gzip -dc "$archive/log/$piece" >"$root/piece"
TMPDIR=$root bash "$root/postgres-0/configuration/archive.sh" "$root/piece" "${piece%.gz}" || fail 'the same piece is refused'
printf x >>"$root/piece"
if TMPDIR=$root bash "$root/postgres-0/configuration/archive.sh" "$root/piece" "${piece%.gz}" 2>/dev/null; then fail 'another piece overwrites'; fi
# A piece that is not there is no error, but one that cannot be reached is.
status=0
bash "$root/postgres-0/configuration/fetch-log.sh" 0000000100000000000000FF "$root/piece" stop || status=$?
[[ $status == 1 ]] || fail "a missing piece: $status"
status=0
RCLONE_CONFIG_ARCHIVE_TYPE=nonsense bash "$root/postgres-0/configuration/fetch-log.sh" 0000000100000000000000FF "$root/piece" stop 2>/dev/null || status=$?
[[ $status == 255 ]] || fail "an archive that cannot be reached: $status"

step 'the test of a restore reads the heartbeat, and fails when it is too old'
job tester restore-test.sh 2>"$root/restore-test" || fail "the test of a restore: $(tail -n 5 "$root/restore-test")"
grep -q 'restored; the newest heartbeat is' "$root/restore-test" || fail 'the test says nothing'
sql postgres-0 "update platform.heartbeat set at = now() - interval '1 hour'"
flush postgres-0
if job tester restore-test.sh 2>"$root/restore-test"; then fail 'an old heartbeat is good enough'; fi
grep -q 'FAILED: the newest heartbeat is' "$root/restore-test" || fail 'the test fails otherwise'

step 'a twin elsewhere follows the archive, and its standbys follow the first of it'
for member in "${twins[@]}"; do start "$member" postgres-0; done
for member in "${twins[@]}"; do eventually alive "$member"; done
for member in "${twins[@]}"; do eventually answers "$member" 'select max(n) from numbers' 2; done
eventually ready twin/postgres-1
sql postgres-0 'insert into numbers values (3)'
flush postgres-0
for member in "${twins[@]}"; do eventually answers "$member" 'select max(n) from numbers' 3; done
if sql twin/postgres-0 'insert into numbers values (4)' 2>/dev/null; then fail 'the twin takes writes'; fi
eventually test -n "$(find "$root/other-archive/log" -name '0000*' -print -quit)"
stop twin/postgres-0 INT
start twin/postgres-0 postgres-0
eventually answers twin/postgres-0 'select max(n) from numbers' 3
silent twin/postgres-0 restoring

step 'everything is destroyed; a restore wants every server held'
sleep 1
before=$(date --utc '+%Y-%m-%d %H:%M:%S+00')
sleep 1
sql postgres-0 'insert into numbers values (1000)'
flush postgres-0
echo postgres-0 >"$root/postgres-0/topology/primary"
if job postgres-0 restore.sh 2>"$root/restore"; then fail 'restores under a running server'; fi
grep -q 'hold the servers first' "$root/restore" || fail 'does not say why'
echo nobody >"$root/postgres-0/topology/primary"
if job postgres-0 restore.sh 2>"$root/restore"; then fail 'restores beside a running server'; fi
grep -q 'still runs' "$root/restore" || fail 'does not say who runs'
for member in "${members[@]}"; do stop "$member" INT; done
rm -rf "$root"/postgres-*/volume/data
for member in "${members[@]}"; do
  start "$member" nobody
  sleep 0.2
  says "$member" 'held: no member is to run'
done
# The start above has cleaned the sockets, as a new pod has none.
job postgres-0 restore.sh 2>"$root/restore" || fail "the restore: $(tail -n 5 "$root/restore")"
for member in "${members[@]}"; do stop "$member" TERM; done

step 'the rows are back, and the standbys are cloned from what was restored'
for member in "${members[@]}"; do start "$member" postgres-0; done
for member in "${members[@]}"; do eventually ready "$member"; done
for member in "${members[@]}"; do eventually answers "$member" "select string_agg(n::text, ' ' order by n) from numbers" '1 2 3 1000'; done
sql postgres-0 'insert into numbers values (5)'
flush postgres-0

step 'a restore to a time leaves out what came later, and keeps what was there'
for member in "${members[@]}"; do stop "$member" INT; done
echo nobody >"$root/postgres-0/topology/primary"
echo "$before" >"$root/postgres-0/restore-time"
job postgres-0 restore.sh 2>"$root/restore" || fail "the restore: $(tail -n 5 "$root/restore")"
for member in "${members[@]}"; do start "$member" postgres-0; done
for member in "${members[@]}"; do eventually ready "$member"; done
for member in "${members[@]}"; do eventually answers "$member" "select string_agg(n::text, ' ' order by n) from numbers" '1 2 3'; done
[[ -n $(find "$root/postgres-0/volume" -maxdepth 1 -name 'before-restore-*' -print -quit) ]] || fail 'what was there is gone'

step 'a restore that cannot be done leaves everything as it was'
for member in "${members[@]}"; do stop "$member" INT; done
echo nobody >"$root/postgres-0/topology/primary"
echo '2001-01-01 00:00:00+00' >"$root/postgres-0/restore-time"
if job postgres-0 restore.sh 2>"$root/restore"; then fail 'restored from before the first backup'; fi
grep -q 'everything is as it was' "$root/restore" || fail 'does not say what is left'
for member in "${members[@]}"; do start "$member" postgres-0; done
for member in "${members[@]}"; do eventually ready "$member"; done

step 'what is too old is removed, what is needed is not'
sleep 1
upkeep postgres-0
(
  while true; do
    upkeep postgres-0
    sql postgres-0 'select pg_switch_wal()' >/dev/null
    sleep 1
  done
) &
beating=$!
job postgres-1 backup.sh 2>"$root/backup" || fail "the second backup: $(<"$root/backup")"
sleep 2
job postgres-1 backup.sh 2>"$root/backup" || fail "the third backup: $(<"$root/backup")"
kill "$beating"
wait "$beating" || true
[[ ! -e $archive/base/$backup ]] || fail 'the first backup is still there'
[[ ! -e $archive/log/$piece ]] || fail 'its log is still there'
# The one before may be too old by now as well, as a second counts for much here.
[[ -n $(find "$archive/base" -name complete) ]] || fail 'no backup is left'
job tester restore-test.sh 2>"$root/restore-test" || fail "the test of a restore: $(tail -n 5 "$root/restore-test")"

step 'the twin is promoted: it takes writes, its standbys go on, its own archive is complete'
for member in "${members[@]}"; do stop "$member" INT; done
echo nobody >"$root/twin/postgres-0/topology/follows"
sql twin/postgres-0 'select pg_promote()' >/dev/null
sql twin/postgres-0 'insert into numbers values (6)'
for member in twin/postgres-1 twin/postgres-2; do
  echo nobody >"$root/$member/topology/follows"
  eventually answers "$member" 'select max(n) from numbers' 1000
  eventually answers "$member" 'select count(*) from numbers where n = 6' 1
done
stop twin/postgres-0 INT
start twin/postgres-0 postgres-0
eventually ready twin/postgres-0
[[ $(sql twin/postgres-0 'select pg_is_in_recovery()') == f ]] || fail 'the promoted twin follows again'
upkeep twin/postgres-0
job twin/postgres-0 backup.sh 2>"$root/backup" &
backing=$!
for _ in $(seq 20); do
  upkeep twin/postgres-0
  sql twin/postgres-0 'select pg_switch_wal()' >/dev/null
  sleep 1
  kill -0 "$backing" 2>/dev/null || break
done
wait "$backing" || fail "the backup of the twin: $(<"$root/backup")"

step 'a twin that was promoted and is told to follow again refuses'
stop twin/postgres-0 INT
echo archive >"$root/twin/postgres-0/topology/follows"
start twin/postgres-0 postgres-0
refused twin/postgres-0 PROMOTED
echo 'every step as expected'
