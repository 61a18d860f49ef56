//! What the API server's hand-written validation demands of built-in kinds: one fault a line.

use check::{Area, Selection, Selector};

use crate::judge_by;

const DEPLOYMENT: &str = "
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      volumes: [{name: tmp, emptyDir: {}}]
      containers:
      - name: web
        image: web:v1
        ports: [{name: http, containerPort: 8080}]
        volumeMounts: [{name: tmp, mountPath: /tmp}]
        resources: {requests: {memory: 1Gi}, limits: {memory: 1Gi}}
        livenessProbe: {httpGet: {path: /, port: http}}
        env: [{name: A, value: x}]
";

const SERVICE: &str = "
apiVersion: v1
kind: Service
metadata: {name: outside, namespace: shop}
spec:
  type: ClusterIP
  ports: [{name: http, port: 80}, {name: https, port: 443}]
";

const POLICY: &str = "
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: open, namespace: shop}
spec:
  podSelector: {}
  policyTypes: [Ingress]
  ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8}}], ports: [{port: 80}]}]
";

const ROLE: &str = "
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: reader, namespace: shop}
rules: [{apiGroups: [''], resources: [pods], verbs: [get]}]
";

/// Text, what is put in whose place, and the code and path of what is found.
const FAULTS: [(&str, &str, &str, &str, &str); 25] = [
    (
        DEPLOYMENT,
        "containerPort: 8080",
        "containerPort: 80800",
        "API008",
        "spec.template.spec.containers[0].ports[0].containerPort",
    ),
    (
        DEPLOYMENT,
        "{name: http, containerPort",
        "{name: 'not_a_port', containerPort",
        "API007",
        "spec.template.spec.containers[0].ports[0].name",
    ),
    (
        DEPLOYMENT,
        "path: /, port: http",
        "path: /, port: 0",
        "API007",
        "spec.template.spec.containers[0].livenessProbe.httpGet.port",
    ),
    (
        DEPLOYMENT,
        "{httpGet: {path: /, port: http}}",
        "{periodSeconds: 5}",
        "API011",
        "spec.template.spec.containers[0].livenessProbe",
    ),
    (
        DEPLOYMENT,
        "image: web:v1",
        "image: ''",
        "API004",
        "spec.template.spec.containers[0]",
    ),
    (
        DEPLOYMENT,
        "- name: web",
        "- name: Web",
        "API007",
        "spec.template.spec.containers[0].name",
    ),
    (
        DEPLOYMENT,
        "{name: A, value: x}",
        "{name: A, value: x, valueFrom: {fieldRef: {fieldPath: metadata.name}}}",
        "API011",
        "spec.template.spec.containers[0].env[0]",
    ),
    (
        DEPLOYMENT,
        "{name: A, value: x}",
        "{name: A, valueFrom: {}}",
        "API011",
        "spec.template.spec.containers[0].env[0].valueFrom",
    ),
    (
        DEPLOYMENT,
        "{name: tmp, mountPath",
        "{name: temp, mountPath",
        "API011",
        "spec.template",
    ),
    (
        DEPLOYMENT,
        "emptyDir: {}",
        "emptyDir: {}, hostPath: {path: /}",
        "API011",
        "spec.template.spec.volumes[0].name",
    ),
    (
        DEPLOYMENT,
        "requests: {memory: 1Gi}",
        "requests: {memory: 2Gi}",
        "API011",
        "spec.template.spec.containers[0].resources.requests",
    ),
    (
        DEPLOYMENT,
        "requests: {memory: 1Gi}",
        "requests: {ram: 1Gi}",
        "API011",
        "spec.template.spec.containers[0].resources.requests",
    ),
    (
        DEPLOYMENT,
        "matchLabels: {app: web}",
        "matchLabels: {app: api}",
        "API011",
        "spec.selector",
    ),
    (
        DEPLOYMENT,
        "{matchLabels: {app: web}}",
        "{}",
        "API011",
        "spec.selector",
    ),
    (
        DEPLOYMENT,
        "{labels: {app: web}}",
        "{labels: {app: web, tier: a b}}",
        "API016",
        "spec.template.metadata.labels[tier]",
    ),
    (
        DEPLOYMENT,
        "image: web:v1",
        "securityContext: {runAsUser: -1}\n        image: web:v1",
        "API008",
        "spec.template.spec.containers[0].securityContext.runAsUser",
    ),
    (
        DEPLOYMENT,
        "[{name: http, containerPort: 8080}]",
        "[null]",
        "API003",
        "spec.template.spec.containers[0].ports[0]",
    ),
    (
        SERVICE,
        "{name: https, port: 443}",
        "{port: 443}",
        "API011",
        "spec.ports",
    ),
    (
        SERVICE,
        "  ports: [{name: http, port: 80}, {name: https, port: 443}]",
        "",
        "API011",
        "spec.ports",
    ),
    (
        POLICY,
        "{ipBlock: {cidr: 10.0.0.0/8}}",
        "{}",
        "API011",
        "spec.ingress[0].from[0]",
    ),
    (
        POLICY,
        "10.0.0.0/8",
        "10.0.0.0",
        "API007",
        "spec.ingress[0].from[0].ipBlock.cidr",
    ),
    (
        POLICY,
        "[Ingress]",
        "[ingress]",
        "API005",
        "spec.policyTypes[0]",
    ),
    (
        POLICY,
        "port: 80",
        "port: 70000",
        "API007",
        "spec.ingress[0].ports[0].port",
    ),
    (ROLE, "verbs: [get]", "verbs: []", "API004", "rules[0]"),
    (
        ROLE,
        "apiGroups: [''], ",
        "",
        "API011",
        "rules[0].apiGroups",
    ),
];

/// The API server's rules alone.
fn server() -> Selection {
    Selection {
        only: vec![Selector::Area(Area::Api)],
        skip: Vec::new(),
    }
}

#[test]
fn every_fault_is_found_where_it_is_and_nothing_else_is() {
    for text in [DEPLOYMENT, SERVICE, POLICY, ROLE] {
        let report = judge_by(text, &server());
        assert!(report.is_clean(), "{}", check::text::render(&report, false));
    }
    for (text, whole, faulty, code, path) in FAULTS {
        assert!(text.contains(whole), "{whole}");
        let report = judge_by(&text.replace(whole, faulty), &server());
        let found: Vec<(&str, &str)> = report
            .findings
            .iter()
            .map(|finding| (finding.rule.code, finding.path.as_str()))
            .collect();
        assert_eq!(found, [(code, path)], "{faulty}");
    }
}
