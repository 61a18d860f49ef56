//! The faults that only show between objects of the mesh, of delivery and of storage are found in objects as people
//! write them by hand: long forms, shared labels, nothing of this project's own.

use std::collections::BTreeSet;

use crate::judge;

/// The codes of what is found.
fn codes(text: &str) -> BTreeSet<&'static str> {
    let report = judge(text);
    report
        .findings
        .iter()
        .map(|finding| finding.rule.code)
        .collect()
}

fn assert_found(code: &str, text: &str) {
    let found = codes(text);
    assert!(found.contains(code), "{code} is not among {found:?}");
}

#[test]
fn weights_in_git_and_in_a_rollout() {
    assert_found(
        "DELV020",
        "# file: argocd/gateway.yaml
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: api-gateway
  namespace: argocd
spec:
  project: default
  source:
    repoURL: https://git.example.com/manifests.git
    path: apps/api-gateway
    targetRevision: HEAD
  destination:
    server: https://kubernetes.default.svc
    namespace: production
  syncPolicy:
    automated: {selfHeal: true}
# file: apps/api-gateway/all.yaml
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: {name: api-gateway, namespace: production}
spec:
  selector: {matchLabels: {app: api-gateway}}
  template:
    metadata: {labels: {app: api-gateway}}
    spec: {containers: [{name: api-gateway, image: 'api-gateway:v2.0.0'}]}
  strategy:
    canary:
      canaryService: api-gateway-canary
      stableService: api-gateway-stable
      trafficRouting: {istio: {virtualService: {name: api-gateway-vs, routes: [primary]}}}
      steps: [{setWeight: 5}, {pause: {duration: 2m}}, {setWeight: 20}]
---
apiVersion: networking.istio.io/v1beta1
kind: VirtualService
metadata: {name: api-gateway-vs, namespace: production}
spec:
  hosts: [api-gateway]
  http:
  - name: primary
    route:
    - {destination: {host: api-gateway-stable}, weight: 90}
    - {destination: {host: api-gateway-canary}, weight: 10}
",
    );
}

#[test]
fn old_versions_of_the_mesh() {
    for version in ["v1alpha3", "v1beta1"] {
        assert_found(
            "MESH048",
            &format!(
                "apiVersion: networking.istio.io/{version}
kind: DestinationRule
metadata: {{name: api-gateway-dr, namespace: production}}
spec:
  host: api-gateway
  subsets:
  - {{name: v1, labels: {{version: v1}}}}
"
            ),
        );
    }
}

#[test]
fn three_databases_behind_one_name() {
    assert_found(
        "STOR018",
        "apiVersion: apps/v1
kind: StatefulSet
metadata: {name: postgres, namespace: app}
spec:
  serviceName: postgres
  replicas: 3
  selector: {matchLabels: {app: postgres}}
  template:
    metadata: {labels: {app: postgres}}
    spec:
      containers:
      - name: postgres
        image: 'postgres:15'
        env:
        - {name: POSTGRES_DB, value: app}
        volumeMounts: [{name: data, mountPath: /var/lib/postgresql/data}]
  volumeClaimTemplates:
  - metadata: {name: data}
    spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 100Gi}}}
",
    );
}

#[test]
fn a_backup_of_namespaces_that_leaves_claims_out() {
    assert_found(
        "STOR007",
        "apiVersion: velero.io/v1
kind: Schedule
metadata: {name: daily-backup, namespace: velero}
spec:
  schedule: 0 2 * * *
  template: {includedNamespaces: [production, staging], ttl: 720h0m0s}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: vectors, namespace: vector-store}
spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 10Gi}}}
",
    );
}
