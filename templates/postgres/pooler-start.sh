#!/bin/sh
# Writes PgBouncer's list of users from the mounted secrets, then becomes PgBouncer.
set -eu
umask 077

# user NAME FILE: one line of the list; a quote in a password is doubled.
user() {
  printf '"%s" "%s"\n' "$1" "$(sed 's/"/""/g' "$2")"
}

{
{% for user in users %}
  user {{ user.role | quote }} {{ user.password_file | quote }}
{% endfor %}
} >{{ user_file | quote }}
exec pgbouncer {{ configuration_file | quote }}
