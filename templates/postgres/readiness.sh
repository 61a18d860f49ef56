#!/usr/bin/env bash
# Ready: the server takes connections{% if standby_must_stream %}, and a standby receives the primary's log{% endif %}.
set -euo pipefail
pg_isready --quiet --host={{ socket_directory | quote }} --port={{ port }} --timeout=3
{% if standby_must_stream %}
streaming=$(psql --no-psqlrc --no-align --tuples-only --quiet --no-password --host={{ socket_directory | quote }} --port={{ port }} \
  --username="$POSTGRES_USER" --dbname=postgres \
  --command="select not pg_is_in_recovery() or exists (select from pg_stat_wal_receiver where status = 'streaming')")
[[ $streaming == t ]]
{% endif %}
