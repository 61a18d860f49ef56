#!/usr/bin/env bash
# Second step: writes the state of vertical autoscaling into a file, or, in a Job that restores, back into the cluster.
# Needs JOB_NAME in the environment, and kubectl, jq and tar in PATH.
set -euo pipefail

vpas=verticalpodautoscalers.autoscaling.k8s.io
checkpoints=verticalpodautoscalercheckpoints.autoscaling.k8s.io
work={{ work_directory | quote }}

log() {
  echo "cluster: $*" >&2
}

count() {
  jq '.items | length' "$1"
}

# dump RESOURCE FILTER FILE: all objects without what only the API server may write.
dump() {
  kubectl get "$1" --all-namespaces --output=json |
    jq "{ apiVersion: \"v1\", kind: \"List\", items: [.items[] | del(.metadata.uid, .metadata.resourceVersion, .metadata.creationTimestamp,
      .metadata.generation, .metadata.managedFields, .metadata.ownerReferences) | $2] }" >"$3"
}

back_up() {
  local stamp
  stamp=$(date -u +%Y%m%dT%H%M%SZ)
  mkdir -p "$work/state" "$work/copies"
  dump "$vpas" 'del(.status)' "$work/state/vpas.json"
  dump "$checkpoints" . "$work/state/checkpoints.json"
  if [[ $(count "$work/state/checkpoints.json") == 0 ]]; then
    log 'the recommender has written no checkpoint yet: no copy is made'
    return
  fi
  tar -czf "$work/copies/$stamp.tar.gz" -C "$work/state" vpas.json checkpoints.json
  log "$stamp: $(count "$work/state/vpas.json") autoscalers, $(count "$work/state/checkpoints.json") checkpoints"
}

recommender() {
  kubectl --namespace={{ recommender.namespace | quote }} "$1" deployment/{{ recommender.name }} "${@:2}"
}

stop_recommender() {
  local left=120
  recommender scale --replicas=0
  until [[ -z $(recommender get --output='jsonpath={.status.replicas}') ]]; do
    if ((left-- == 0)); then
      log 'the recommender does not stop'
      return 1
    fi
    sleep 1
  done
}

# divide RESOURCE FILE: of the objects in namespaces that exist, those that the cluster has go to FILE.known, others to FILE.new.
divide() {
  kubectl get namespaces --output=json | jq '[.items[].metadata.name]' >"$work/namespaces.json"
  kubectl get "$1" --all-namespaces --output=json | jq '[.items[].metadata | "\(.namespace)/\(.name)"]' >"$work/live.json"
  # shellcheck disable=SC2016 # the variables are jq's
  local select='(.metadata.namespace as $namespace | $namespaces[0] | index($namespace)) and'
  # shellcheck disable=SC2016
  local known='(.metadata | "\(.namespace)/\(.name)") as $name | $live[0] | index($name)'
  jq --slurpfile namespaces "$work/namespaces.json" --slurpfile live "$work/live.json" \
    ".items |= map(select($select ($known)))" "$2" >"$2.known"
  jq --slurpfile namespaces "$work/namespaces.json" --slurpfile live "$work/live.json" \
    ".items |= map(select($select ($known | not)))" "$2" >"$2.new"
  local gone=$(($(count "$2") - $(count "$2.known") - $(count "$2.new")))
  if ((gone > 0)); then
    log "$gone of $1 are left out: their namespaces are gone"
  fi
}

# send VERB FILE: does nothing for an empty list, which kubectl takes for a mistake.
send() {
  if [[ $(count "$2") != 0 ]]; then
    kubectl "$1" --filename="$2"
  fi
}

restore() {
  tar -xzf {{ fetched_file | quote }} -C "$work" vpas.json checkpoints.json
  log "restoring $(count "$work/checkpoints.json") checkpoints"
  # The recommender reads checkpoints at its start only, and overwrites them while it runs. An attempt that was cut off may have
  # left it at none.
  local replicas
  replicas=$(recommender get --output='jsonpath={.spec.replicas}')
  if ((replicas == 0)); then replicas=1; fi
  # shellcheck disable=SC2064 # the number as it is now
  trap "recommender scale --replicas=$replicas" EXIT
  # Process 1 ignores signals without a handler.
  trap 'exit 143' TERM INT
  stop_recommender
  # An autoscaler that is there says what is wanted today; one that is missing is needed, or its checkpoints would be removed.
  divide "$vpas" "$work/vpas.json"
  send create "$work/vpas.json.new"
  divide "$checkpoints" "$work/checkpoints.json"
  send replace "$work/checkpoints.json.known"
  send create "$work/checkpoints.json.new"
  log 'restored'
}

case ${JOB_NAME:?is not set: it comes from the downward API} in
{{ restore_prefix }}*) restore ;;
*) back_up ;;
esac
