#!/usr/bin/env bash
# Alive: something answers on the socket. A server that refuses connections while it recovers or stops is alive too.
# Needs POSTGRES_USER in the environment.
set -euo pipefail
user=${POSTGRES_USER:?is not set}
answer=0
pg_isready --quiet --host={{ socket_directory | quote }} --port={{ port }} --username="$user" --dbname=postgres --timeout=3 || answer=$?
[[ $answer -lt 2 ]]
