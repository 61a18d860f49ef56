#!/usr/bin/env bash
# Ready: the database is finished, the server takes connections{% if standby_must_stream %}, and a standby receives the primary's log{% endif %}.
# Needs POSTGRES_USER in the environment.
set -euo pipefail
user=${POSTGRES_USER:?is not set}
# During the first start a server answers on the socket for the init scripts alone.
[[ ! -e {{ volume | quote }}/initialising ]]
pg_isready --quiet --host={{ socket_directory | quote }} --port={{ port }} --username="$user" --dbname=postgres --timeout=3
{% if standby_must_stream %}
streaming=$(psql --no-psqlrc --no-align --tuples-only --quiet --no-password --host={{ socket_directory | quote }} --port={{ port }} \
  --username="$user" --dbname=postgres \
  --command="select not pg_is_in_recovery() or exists (select from pg_stat_wal_receiver where status = 'streaming')")
[[ $streaming == t ]]
{% endif %}
