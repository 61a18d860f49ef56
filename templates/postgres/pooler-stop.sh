#!/bin/sh
# Before PgBouncer's container is stopped: lets load balancers forget the pod, then lets what runs in the database end.
set -eu
sleep {{ drain }}
# Unlike on SIGTERM, it does not wait for clients that stay connected for ever.
kill -INT 1
while kill -0 1 2>/dev/null; do
  sleep 1
done
