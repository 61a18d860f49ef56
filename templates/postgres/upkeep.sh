#!/usr/bin/env bash
# While this pod is the primary: keeps the roles and passwords of what stands beside the database as the secrets say, and writes a heartbeat.
# Usage: upkeep.sh [once]
set -euo pipefail
user=${POSTGRES_USER:?is not set}
# What was applied last, and to which start of the server: another one may have other roles.
applied=${TMPDIR:-/tmp}/upkeep-applied
trap 'exit 0' TERM INT

sql() {
  PGOPTIONS='-c statement_timeout=10s' psql --no-psqlrc --no-align --tuples-only --quiet --set=ON_ERROR_STOP=1 --no-password \
    --host={{ socket_directory | quote }} --port={{ port }} --username="$user" --dbname="$1"
}

secrets() {
  sha256sum /dev/null{% for role in roles %} {{ role.password_file | quote }}{% endfor %}

}

# A password is read by psql itself: on a command line every process could see it, and in a statement that is logged everybody.
apply_roles() {
  sql postgres <<'SQL'
set log_min_duration_statement = -1;
set log_min_error_statement = panic;
set client_min_messages = warning;
{% for role in roles %}
\set password `cat {{ role.password_file | quote }}`
select 'create role {{ role.role }}' where not exists (select from pg_roles where rolname = '{{ role.role }}') \gexec
alter role {{ role.role }} login connection limit {{ role.connections }} password :'password';
{% if role.monitors %}
grant pg_monitor to {{ role.role }};
{% endif %}
{% endfor %}
create schema if not exists platform;
create table if not exists platform.heartbeat (id boolean primary key default true check (id), at timestamptz not null);
grant usage on schema platform to pg_monitor;
grant select on platform.heartbeat to pg_monitor;
SQL
{% if lookup %}
  # What PgBouncer looks passwords up with: nobody but its role may call it, and superusers are left out.
  sql {{ lookup.database | quote }} <<'SQL'
set client_min_messages = warning;
create schema if not exists pgbouncer;
create or replace function pgbouncer.lookup(name text, out username text, out password text) returns record
  language sql stable security definer set search_path = pg_catalog
  as $$ select rolname::text, rolpassword from pg_authid
    where rolname = $1 and rolcanlogin and not rolsuper and not rolreplication and (rolvaliduntil is null or rolvaliduntil > now()) $$;
revoke all on schema pgbouncer from public;
revoke all on function pgbouncer.lookup(text) from public;
grant usage on schema pgbouncer to {{ lookup.role }};
grant execute on function pgbouncer.lookup(text) to {{ lookup.role }};
SQL
{% endif %}
}

round() {
  local wanted
  if [[ -e {{ volume | quote }}/initialising || $(sql postgres <<<'select pg_is_in_recovery()' 2>/dev/null) != f ]]; then
    return 0
  fi
  wanted=$(secrets && sql postgres <<<'select pg_postmaster_start_time()')
  if [[ ! -e $applied || $wanted != "$(<"$applied")" ]]; then
    apply_roles
    echo "$wanted" >"$applied"
  fi
  sql postgres <<<'insert into platform.heartbeat (at) values (clock_timestamp()) on conflict (id) do update set at = excluded.at'
}

if [[ ${1:-} == once ]]; then
  round
  exit
fi
while true; do
  bash "$0" once || echo 'upkeep: failed, trying again' >&2
  sleep {{ interval }} &
  wait "$!"
done
