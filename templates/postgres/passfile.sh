#!/usr/bin/env bash
# Writes the password file of the replication role: libpq ignores one that the group may read, as a mounted Secret's file is.
set -euo pipefail
umask 077
password=$(<{{ replication_password_file | quote }})
password=${password//\\/\\\\}
password=${password//:/\\:}
printf '*:*:*:%s:%s\n' {{ replication_role | quote }} "$password" >{{ passfile | quote }}
