#!/usr/bin/env bash
# Waits before this node stops until the cluster has every copy of every shard, so that no restart and no drain takes the
# last one away. It waits for a while only: a cluster that lacks a copy for another reason must not keep its nodes.
# Needs ELASTIC_PASSWORD in the environment.
set -euo pipefail

password=${ELASTIC_PASSWORD:?is not set}
password=${password//\\/\\\\}
password=${password//\"/\\\"}
# Clients that still know this node's address get an answer for a moment.
sleep 5
# The password goes in by standard input: on a command line every process could see it.
curl --config - --silent --show-error --output /dev/null --cacert {{ authority | quote }} --max-time {{ patience + 5 }} \
  "https://localhost:{{ port }}/_cluster/health?wait_for_status=green&wait_for_no_relocating_shards=true&timeout={{ patience }}s" <<CONFIG || true
user = "elastic:$password"
CONFIG
