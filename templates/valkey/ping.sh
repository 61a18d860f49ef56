#!/bin/sh
# Succeeds when the server answers PONG; the client itself ends with success even where it was turned away.
set -eu
REDISCLI_AUTH=$(cat {{ password_file | quote }})
export REDISCLI_AUTH
[ "$(timeout 3 valkey-cli -p {{ port }} ping)" = PONG ]
