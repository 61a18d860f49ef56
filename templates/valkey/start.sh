#!/bin/sh
# Starts Valkey with the password from the mounted secret, which no command line and no ConfigMap shows.
set -eu
umask 077
# In quotes, with what means something inside of them escaped.
password=$(sed 's/[\\"]/\\&/g' {{ password_file | quote }})
{
  cat {{ configuration_file | quote }}
  printf 'requirepass "%s"\n' "$password"
} >{{ run_file | quote }}
exec valkey-server {{ run_file | quote }}
