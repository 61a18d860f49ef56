#!/usr/bin/env bash
# Proves that the archive can be restored: makes a server of it in a scratch directory, reads the newest heartbeat, checks every page.
set -euo pipefail
directory={{ scratch_directory | quote }}/data
here=$(dirname "$0")
user=${POSTGRES_USER:?is not set}

fail() {
  echo "restore-test: FAILED: $*" >&2
  exit 1
}

sql() {
  psql --no-psqlrc --no-align --tuples-only --quiet --no-password --host={{ socket_directory | quote }} --port={{ port }} \
    --username="$user" --dbname="$1" --command="$2"
}

rm -rf "$directory"
bash "$here/recover.sh" "$directory" latest archive_mode=off shared_buffers=128MB huge_pages=off || fail 'the archive does not make a server'
age=$(sql postgres 'select extract(epoch from now() - at)::bigint from platform.heartbeat') || fail 'there is no heartbeat'
[[ -n $age ]] || fail 'the heartbeat is empty'
for database in $(sql postgres 'select datname from pg_database where datallowconn order by 1'); do
  tables=$(sql "$database" "select count(*) from pg_stat_user_tables") || fail "$database cannot be read"
  echo "restore-test: $database has $tables tables" >&2
done
pg_ctl --pgdata="$directory" --mode=fast --wait stop >&2
pg_checksums --check --pgdata="$directory" >&2 || fail 'pages are damaged'
((age <= {{ maximum_age }})) || fail "the newest heartbeat is $age seconds old, {{ maximum_age }} are allowed"
rm -rf "$directory"
echo "restore-test: restored; the newest heartbeat is $age seconds old" >&2
