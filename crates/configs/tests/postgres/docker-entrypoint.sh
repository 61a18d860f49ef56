#!/usr/bin/env bash
# Stands in for the entrypoint of the `postgres` image: makes a database where there is none, runs the init scripts, starts the server.
set -euo pipefail
: "${PGDATA:?} ${POSTGRES_USER:?} ${INIT_SCRIPTS:?}"
mkdir -p "$PGDATA"
chmod 0700 "$PGDATA"
if [[ ! -s $PGDATA/PG_VERSION ]]; then
  initdb --username="$POSTGRES_USER" --auth=trust --no-locale --encoding=UTF8 --no-instructions --data-checksums >&2
  # As the image does: the configuration that the server will have, but no port, so that nobody gets in before the scripts have run.
  pg_ctl --options="${*:2} -c listen_addresses=''" --wait start >&2
  if [[ -n ${POSTGRES_DB:-} ]]; then
    createdb --username="$POSTGRES_USER" "$POSTGRES_DB"
  fi
  # shellcheck source=/dev/null
  for script in "$INIT_SCRIPTS"/*.sh; do . "$script"; done
  pg_ctl --mode=fast --wait stop >&2
fi
exec "$@"
