#!/usr/bin/env bash
# Takes what vertical scaling has learnt through the life of a backup against a real API server; the first surprise ends it with status 1.
# Usage: round_trip.sh DIRECTORY, as laid out by tests/it/checkpoints.rs; needs kubectl with a cluster that may be written to, jq and rclone.
set -euo pipefail

root=$1
namespace='checkpoint-round-trip'
vpa=verticalpodautoscaler.autoscaling.k8s.io
checkpoint=verticalpodautoscalercheckpoint.autoscaling.k8s.io
export HOME=$root

step() { echo "-- $*"; }
fail() {
  echo "FAILED: $*" >&2
  exit 1
}
clean_up() {
  kubectl --namespace="$namespace" delete "$vpa" --all >/dev/null 2>&1 || true
  kubectl --namespace="$namespace" delete "$checkpoint" --all >/dev/null 2>&1 || true
  kubectl --namespace=kube-system delete deployment recommender-of-the-round-trip >/dev/null 2>&1 || true
  kubectl delete namespace "$namespace" --wait=false >/dev/null 2>&1 || true
  # No controller is there to end a namespace.
  kubectl get namespace "$namespace" --output=json 2>/dev/null | jq 'del(.spec.finalizers)' |
    kubectl replace --raw "/api/v1/namespaces/$namespace/finalize" --filename=- >/dev/null 2>&1 || true
}
trap clean_up EXIT

# job NAME: the three steps of a Job of this name.
job() {
  rm -rf "$root/work"
  mkdir -p "$root/work"
  JOB_NAME=$1 sh "$root/scripts/download.sh" &&
    JOB_NAME=$1 bash "$root/scripts/cluster.sh" &&
    JOB_NAME=$1 sh "$root/scripts/upload.sh"
}

# copies REGION: their number.
copies() {
  find "$root/$1" -name '*.tar.gz' | wc -l
}

# weight CHECKPOINT: the first weight of its histogram.
weight() {
  kubectl --namespace="$namespace" get "$checkpoint" "$1" --output='jsonpath={.status.cpuHistogram.bucketWeights.0}'
}

apply() {
  kubectl apply --filename=- >/dev/null
}

learn() {
  apply <<YAML
apiVersion: autoscaling.k8s.io/v1
kind: VerticalPodAutoscalerCheckpoint
metadata: { name: $1, namespace: $namespace }
spec: { vpaObjectName: web, containerName: ${1#web-} }
status:
  version: v3
  lastUpdateTime: "2026-11-21T06:00:00Z"
  totalSamplesCount: 1200
  cpuHistogram: { bucketWeights: $2, totalWeight: 21.5, referenceTimestamp: "2026-11-21T00:00:00Z" }
YAML
}

step 'a cluster with an autoscaler, its checkpoints and a recommender'
kubectl create namespace "$namespace" >/dev/null
apply <<YAML
apiVersion: apps/v1
kind: Deployment
metadata: { name: recommender-of-the-round-trip, namespace: kube-system }
spec:
  replicas: 2
  selector: { matchLabels: { app: recommender } }
  template:
    metadata: { labels: { app: recommender } }
    spec: { containers: [{ name: recommender, image: registry.example.com/recommender:v1 }] }
YAML
apply <<YAML
apiVersion: autoscaling.k8s.io/v1
kind: VerticalPodAutoscaler
metadata: { name: web, namespace: $namespace }
spec: { targetRef: { apiVersion: apps/v1, kind: Deployment, name: web }, updatePolicy: { updateMode: Initial } }
YAML

step 'without a checkpoint there is nothing to copy, and nothing to restore'
mkdir -p "$root/one" "$root/two"
if [[ $(kubectl get "$checkpoint" --all-namespaces --output=name) == '' ]]; then
  job vpa-checkpoint-backup-1
fi
[[ $(copies one) == 0 && $(copies two) == 0 ]] || fail 'a copy of nothing'
printf 'latest' >"$root/restore/pointInTime"
if job restore-1; then fail 'restored nothing'; fi

step 'a copy goes to both regions'
learn web-app '{"0": 10000, "7": 42}'
learn web-proxy '{"0": 5, "9": 77}'
job vpa-checkpoint-backup-2
first=$(ls "$root/one")
[[ $(ls "$root/two") == "$first" ]] || fail 'the regions differ'
tar -xzOf "$root/one/$first" checkpoints.json | jq --exit-status '.items | all(.metadata | has("uid") or has("resourceVersion") | not)' >/dev/null ||
  fail 'the copy has fields of the server'

step 'a second copy, of a worse state, and one that a region missed'
sleep 1
between=$(date -u +%Y-%m-%dT%H:%M:%SZ)
sleep 1
learn web-app '{"0": 1, "3": 2}'
job vpa-checkpoint-backup-3
[[ $(copies one) == 2 ]] || fail 'not two copies'
rm "$root/two/$first"

step 'the state of that time comes back: the autoscaler that is gone, the checkpoint that is gone, and the one that was changed'
kubectl --namespace="$namespace" delete "$vpa" web >/dev/null
kubectl --namespace="$namespace" delete "$checkpoint" web-proxy >/dev/null
printf '%s\n' "$between" >"$root/restore/pointInTime"
job restore-2
[[ $(weight web-app) == 10000 ]] || fail "web-app has $(weight web-app)"
[[ $(weight web-proxy) == 5 ]] || fail "web-proxy has $(weight web-proxy)"
[[ $(kubectl --namespace="$namespace" get "$checkpoint" web-app --output='jsonpath={.status.cpuHistogram.bucketWeights.3}') == '' ]] ||
  fail 'what was learnt later is still there'
[[ $(kubectl --namespace="$namespace" get "$vpa" web --output='jsonpath={.spec.updatePolicy.updateMode}') == Initial ]] || fail 'the autoscaler'
[[ $(kubectl --namespace=kube-system get deployment recommender-of-the-round-trip --output='jsonpath={.spec.replicas}') == 2 ]] ||
  fail 'the recommender does not run as before'

step 'the newest state comes back'
printf 'latest' >"$root/restore/pointInTime"
job restore-3
[[ $(weight web-app) == 1 ]] || fail "web-app has $(weight web-app)"

step 'a restore that is cut off leaves the recommender running'
printf 'broken' | gzip >"$root/one/99990101T000000Z.tar.gz"
if job restore-4; then fail 'restored what is no archive'; fi
rm "$root/one/99990101T000000Z.tar.gz"
[[ $(kubectl --namespace=kube-system get deployment recommender-of-the-round-trip --output='jsonpath={.spec.replicas}') == 2 ]] ||
  fail 'the recommender is stopped'

step 'what is no time is refused, and so is a time before all copies'
for point in yesterday 2026-11-21 '' 1999-01-01T00:00:00Z; do
  printf '%s' "$point" >"$root/restore/pointInTime"
  if job restore-5; then fail "restored '$point'"; fi
done

step 'a region that cannot be written to fails the Job, and the other one has the copy'
rm -rf "$root/two"
touch "$root/two"
sleep 1
if job vpa-checkpoint-backup-4; then fail 'half a backup passed for a whole one'; fi
[[ $(copies one) == 3 ]] || fail 'the other region has no copy'
rm "$root/two"

step 'copies that are too old go'
mkdir -p "$root/two"
touch --date='2 days ago' "$root/one/$first"
sleep 1
job vpa-checkpoint-backup-5
[[ ! -e $root/one/$first ]] || fail 'the old copy is still there'
echo 'all is well'
