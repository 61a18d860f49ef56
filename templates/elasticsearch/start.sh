#!/usr/bin/env bash
# Starts this pod's Elasticsearch; until the node has been part of a cluster, it knows who elects the first master.
# Needs POD_NAME in the environment, and the image's docker-entrypoint.sh.
set -euo pipefail

me=${POD_NAME:?is not set: it comes from the downward API}
electors=({% for elector in electors %}{{ elector | quote }}{% if not loop.last %} {% endif %}{% endfor %})
# On the volume, so that a node that comes back with its data never begins a cluster of its own.
formed={{ data | quote }}/cluster-formed

settings=()
if [[ ! -e $formed ]]; then
  for elector in "${electors[@]}"; do
    if [[ $elector == "$me" ]]; then
      settings+=("cluster.initial_master_nodes=$(IFS=, && echo "${electors[*]}")")
    fi
  done
  # Twice in the background, so that process 1 and not Elasticsearch takes it up when it has ended.
  (
    (
      # The port opens when the node is part of a cluster with a master.
      until (: <>/dev/tcp/127.0.0.1/{{ readiness_port }}) 2>/dev/null; do
        sleep 5
      done
      touch "$formed"
    ) &
  )
fi

# The entry point takes settings from variables with dots in their names, which no shell can export.
exec env "${settings[@]}" /usr/local/bin/docker-entrypoint.sh eswrapper
