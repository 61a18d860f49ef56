#!/usr/bin/env bash
# What the tenants' policies do to pods, as a real API server sees it: Kyverno's policies are a superset of the server's own admission
# policies, so each is handed to the server as one of those, and its expressions are compiled, typed and run by the server itself.
# Usage: tenants.sh TREE, a rendered environment with the tiers dev, std and premium and a tenant `test` in each. Needs kubectl and jq, and
# in KUBECONFIG a server of its own that serves MutatingAdmissionPolicy and Kyverno's and the VPA's kinds.
set -euo pipefail

tree=$1
work=$(mktemp -d)
bad=0

clean_up() {
  kubectl delete --filename="$work/policies.json" >/dev/null 2>&1 || true
  for tier in dev std premium; do
    kubectl delete --filename="$tree" --recursive --selector="tenant-tier=$tier" --wait=false >/dev/null 2>&1 || true
    kubectl delete serviceaccount default --namespace="tenant-$tier-test" >/dev/null 2>&1 || true
  done
  # No controller is there to end a namespace.
  for namespace in $(kubectl get namespaces --selector=tenant-tier --output='jsonpath={.items[*].metadata.name}'); do
    kubectl get namespace "$namespace" --output=json | jq 'del(.spec.finalizers)' |
      kubectl replace --raw "/api/v1/namespaces/$namespace/finalize" --filename=- >/dev/null 2>&1 || true
  done
  rm -rf "$work"
}
trap clean_up EXIT

# objects KIND: all objects of a kind in the tree, as JSON, one a line.
objects() {
  grep --recursive --files-with-matches --line-regexp "kind: $1" "$tree" | sort |
    while read -r file; do kubectl create --dry-run=client --output=json --filename="$file" | jq --compact-output .; done
}

# Kyverno holds a policy of pods against the templates of workloads too, by writing their path for the pod's.
templates='
  if .spec.autogen.podControllers.controllers | index("deployments") then
    ., (.metadata.name += "-of-deployments"
      | .spec.matchConstraints.resourceRules[0] |= (.apiGroups = ["apps"] | .resources = ["deployments"])
      | (.spec.validations[].expression, .spec.variables[]?.expression) |= gsub("object\\.spec"; "object.spec.template.spec"))
  else . end'

policies() {
  objects ValidatingPolicy | jq --compact-output "$templates" | jq --compact-output '
    { apiVersion: "admissionregistration.k8s.io/v1", kind: "ValidatingAdmissionPolicy", metadata: { name: .metadata.name },
      spec: (.spec | { matchConstraints, failurePolicy, validations } + if .variables then { variables } else {} end) },
    { apiVersion: "admissionregistration.k8s.io/v1", kind: "ValidatingAdmissionPolicyBinding", metadata: { name: .metadata.name },
      spec: { policyName: .metadata.name, validationActions: .spec.validationActions } }'
  objects MutatingPolicy | jq --compact-output '
    { apiVersion: "admissionregistration.k8s.io/v1beta1", kind: "MutatingAdmissionPolicy", metadata: { name: .metadata.name },
      spec: (.spec | { matchConstraints, failurePolicy, variables, mutations, reinvocationPolicy: "Never" }) },
    { apiVersion: "admissionregistration.k8s.io/v1beta1", kind: "MutatingAdmissionPolicyBinding", metadata: { name: .metadata.name },
      spec: { policyName: .metadata.name } }'
}

# pod TIER FILTER: a pod of the tier's test tenant, changed by a jq filter.
pod() {
  jq --null-input --compact-output --arg namespace "tenant-$1-test" '
    { apiVersion: "v1", kind: "Pod", metadata: { name: "case", namespace: $namespace }, spec: {
      securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: "RuntimeDefault" } },
      containers: [{ name: "main", image: "registry.example.com/case:v1", resources: { limits: { cpu: "100m", memory: "64Mi" } },
        securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } } }] } }' | jq --compact-output "$2"
}

deployment() {
  pod "$1" "$2" | jq --compact-output '
    { apiVersion: "apps/v1", kind: "Deployment", metadata: .metadata,
      spec: { selector: { matchLabels: { app: "case" } }, template: { metadata: { labels: { app: "case" } }, spec } } }'
}

autoscaler() {
  jq --null-input --compact-output --arg namespace "tenant-$1-test" '
    { apiVersion: "autoscaling.k8s.io/v1", kind: "VerticalPodAutoscaler", metadata: { name: "case", namespace: $namespace }, spec: {
      targetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "case" }, updatePolicy: { updateMode: "Off" },
      resourcePolicy: { containerPolicies: [{ containerName: "*", maxAllowed: { cpu: "1", memory: "1Gi" } }] } } }' | jq --compact-output "$2"
}

report() {
  echo "FAILED: $*"
  bad=$((bad + 1))
}

create() {
  kubectl create --dry-run=server --output=json --filename=- 2>&1
}

# gives OBJECT EXPRESSION: the object is taken, and the expression holds for what became of it.
gives() {
  local result
  if ! result=$(create <<<"$1"); then
    report "refused: $result"
  elif ! jq --exit-status "$2" >/dev/null <<<"$result"; then
    report "not so: $2 in $(jq --compact-output '[.metadata.labels, .spec.nodeSelector, .spec.tolerations]' <<<"$result")"
  fi
}

# refuses OBJECT PATTERN: the object is refused, for this reason.
refuses() {
  local result
  if result=$(create <<<"$1"); then
    report "taken: $1"
  elif [[ $result != *"$2"* ]]; then
    report "refused for another reason than '$2': $result"
  fi
}

policies | jq --slurp '{ apiVersion: "v1", kind: "List", items: . }' >"$work/policies.json"
for tier in dev std premium; do
  kubectl apply --filename="$tree" --recursive --selector="tenant-tier=$tier" --prune=false >/dev/null 2>&1 || true
  kubectl create serviceaccount default --namespace="tenant-$tier-test" >/dev/null 2>&1 || true
done
# Quotas and limits are the server's own, and have their own words: what is to be seen here is what the policies say.
kubectl apply --server-side --filename="$work/policies.json" >/dev/null
jq --raw-output '"\(.items | length / 2) policies"' "$work/policies.json"
# The server takes a moment to act on a policy.
for _ in {1..30}; do
  if [[ $(pod dev . | create | jq --raw-output '.metadata.labels.tenant // ""') == test ]] && ! pod dev '.spec.hostNetwork = true' | create >/dev/null; then break; fi
  sleep 1
done
sleep 2

from_deployment='.metadata.ownerReferences = [{ apiVersion: "apps/v1", kind: "ReplicaSet", name: "case", uid: "0" }]'
selector() { echo ".spec.nodeSelector == { \"node-pool\": \"$1\" }"; }
tolerates() { echo ".spec.tolerations | map(select(.key == \"$1\" and .value == \"$2\" and .effect == \"NoSchedule\" and .operator == \"Equal\")) | length == 1"; }

# Each pod goes to the nodes of its tier; what the VPA resizes in a tier of its own nodes goes to those.
gives "$(pod dev .)" "$(selector dev-shared)"
gives "$(pod dev "$from_deployment")" "$(selector dev-shared)"
gives "$(pod std .)" "$(selector standard-shared)"
gives "$(pod std .)" "$(tolerates tenant-tier std)"
gives "$(pod std "$from_deployment")" "$(selector vpa-dedicated)"
gives "$(pod std "$from_deployment")" "$(tolerates vpa-managed true)"
gives "$(pod premium "$from_deployment")" "$(selector premium-dedicated)"
gives "$(pod std '.spec.nodeSelector = { disk: "ssd" } | .spec.tolerations = [{ key: "node.kubernetes.io/not-ready", operator: "Exists", effect: "NoExecute" }]')" \
  '.spec.nodeSelector == { disk: "ssd", "node-pool": "standard-shared" } and (.spec.tolerations | any(.key == "tenant-tier"))'
gives "$(pod dev '.spec.nodeSelector = { "node-pool": "premium-dedicated" }')" "$(selector dev-shared)"
refuses "$(deployment dev '.spec.nodeSelector = { "node-pool": "premium-dedicated" }')" 'runs on nodes of'
refuses "$(pod dev '.spec.tolerations = [{ operator: "Exists" }]')" 'tolerates no taint'
refuses "$(pod dev '.spec.tolerations = [{ key: "vpa-managed", operator: "Exists" }]')" 'tolerates no taint'
refuses "$(deployment premium '.spec.tolerations = [{ key: "CriticalAddonsOnly", operator: "Exists" }]')" 'tolerates no taint'
gives "$(deployment std '.spec.nodeSelector = { "node-pool": "vpa-dedicated" }')" true

# Each pod says whose it is, and no other's.
gives "$(pod std .)" '.metadata.labels == { tenant: "test", "tenant-tier": "std" }'
gives "$(pod std '.metadata.labels = { app: "case", tenant: "test" }')" '.metadata.labels == { app: "case", tenant: "test", "tenant-tier": "std" }'
refuses "$(pod std '.metadata.labels = { tenant: "acme" }')" 'that of its namespace'
refuses "$(pod std '.metadata.labels = { "tenant-tier": "premium" }')" 'that of its namespace'

# No container is larger than the tier allows, to the last millicore.
gives "$(deployment dev '.spec.containers[0].resources.limits = { cpu: "2", memory: "4Gi" }')" true
gives "$(deployment dev 'del(.spec.containers[0].resources)')" true
refuses "$(deployment dev '.spec.containers[0].resources.limits.cpu = "2001m"')" '2 cpu at most'
refuses "$(deployment dev '.spec.containers[0].resources.limits.memory = "4097Mi"')" '4Gi memory at most'
refuses "$(deployment dev '.spec.initContainers = [.spec.containers[0] | .name = "first" | .resources.limits.cpu = "3"]')" '2 cpu at most'
gives "$(deployment premium '.spec.containers[0].resources.limits = { cpu: 32, memory: "64Gi" }')" true

# Nothing of the node is a tenant's.
refuses "$(deployment std '.spec.hostNetwork = true')" 'its own network'
refuses "$(deployment std '.spec.volumes = [{ name: "node", hostPath: { path: "/" } }]')" 'no directory of its node'
refuses "$(deployment std '.spec.containers[0].ports = [{ containerPort: 80, hostPort: 80 }]')" 'no port of its node'
gives "$(deployment std '.spec.volumes = [{ name: "scratch", emptyDir: {} }] | .spec.containers[0].ports = [{ containerPort: 80 }]')" true

# A tenant's own autoscaler keeps to its tier.
gives "$(autoscaler premium .)" true
refuses "$(autoscaler premium '.spec.updatePolicy.updateMode = "Initial"')" 'one of the modes'
refuses "$(autoscaler std 'del(.spec.updatePolicy)')" 'one of the modes'
gives "$(autoscaler std '.spec.updatePolicy.updateMode = "Initial"')" true
gives "$(autoscaler dev '.spec.updatePolicy.updateMode = "InPlaceOrRecreate"')" true
refuses "$(autoscaler dev '.spec.resourcePolicy.containerPolicies[0].maxAllowed.cpu = "2.5"')" '2 cpu at most'
refuses "$(autoscaler dev 'del(.spec.resourcePolicy.containerPolicies[0].maxAllowed.memory)')" '4Gi memory at most'
refuses "$(autoscaler dev 'del(.spec.resourcePolicy)')" 'has a policy for the container'

# What Kyverno makes for a Deployment is an autoscaler that the policies let in.
while read -r template; do
  tier=$(jq --raw-output '.metadata.labels["tenant-tier"]' <<<"$template")
  gives "$(sed "s/(( object.metadata.name ))/case/g; s/(( object.metadata.namespace ))/tenant-$tier-test/g" <<<"$template")" '.spec.targetRef.name == "case"'
done < <(objects GeneratingPolicy | jq --compact-output '.spec.generate[0].template.value | fromjson')

echo "$bad bad"
[[ $bad == 0 ]]
