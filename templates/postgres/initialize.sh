#!/usr/bin/env bash
# Makes the roles of a new database; docker-entrypoint.sh runs it once, from /docker-entrypoint-initdb.d.
# In a subshell, because the entrypoint sources a script that is not executable.
(
  set -euo pipefail
  # The shell reads the passwords inside psql: on a command line every process could see them.
  psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --no-password --username="${POSTGRES_USER:?is not set}" --dbname=postgres <<'SQL'
-- No password in the log, whether a statement is slow or fails.
set log_min_duration_statement = -1;
set log_min_error_statement = panic;
\set password `cat {{ replication_password_file | quote }}`
create role {{ replication_role }} login replication password :'password';
grant pg_checkpoint to {{ replication_role }};
grant execute on function pg_ls_dir(text, boolean, boolean), pg_stat_file(text, boolean),
  pg_read_binary_file(text), pg_read_binary_file(text, bigint, bigint, boolean) to {{ replication_role }};
SQL
  # From here on the data directory counts: start.sh begins afresh while the mark is there.
  sync -f "${PGDATA:?is not set}"
  rm -f {{ volume | quote }}/initialising
)
