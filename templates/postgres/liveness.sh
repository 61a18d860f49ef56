#!/usr/bin/env bash
# Alive: something answers on the socket. A server that refuses connections while it recovers or stops is alive too.
set -euo pipefail
answer=0
pg_isready --quiet --host={{ socket_directory | quote }} --port={{ port }} --timeout=3 || answer=$?
[[ $answer -lt 2 ]]
