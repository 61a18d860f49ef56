//! Roles, webhooks, definitions and other kinds of the whole cluster.

use super::{Case, codes, hold};

const CASES: &[Case] = &[
    Case {
        text: "
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: a}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: a}
subjects: [{kind: ServiceAccount, name: a, namespace: shop}, {kind: Group, name: g}]
",
        faults: &[
            (", namespace: shop", "", "API011"),
            ("kind: Group", "kind: ''", "API004"),
            ("name: g", "name: g, apiGroup: a.example.com", "API011"),
            ("ClusterRole, name: a", "ClusterRole, name: a/b", "API007"),
        ],
    },
    Case {
        text: "
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: {name: a}
webhooks:
- name: a.example.com
  admissionReviewVersions: [v1]
  sideEffects: None
  timeoutSeconds: 5
  clientConfig: {service: {name: a, namespace: shop}}
  rules: [{apiGroups: [''], apiVersions: [v1], resources: [pods], operations: [CREATE]}]
",
        faults: &[
            ("name: a.example.com", "name: example.com", "API011"),
            ("timeoutSeconds: 5", "timeoutSeconds: 31", "API008"),
            ("[v1]\n  side", "[v2]\n  side", "API011"),
            ("{service: {name: a, namespace: shop}}", "{caBundle: aGVsbG8=}", "API011"),
        ],
    },
    Case {
        text: "
apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata: {name: high}
value: 1000
preemptionPolicy: Never
",
        faults: &[("value: 1000", "value: 1000000001", "API008")],
    },
    Case {
        text: "
apiVersion: apiregistration.k8s.io/v1
kind: APIService
metadata: {name: v1.example.com}
spec: {group: example.com, version: v1, groupPriorityMinimum: 100, versionPriority: 100, service: {name: a, namespace: shop}}
",
        faults: &[
            ("name: v1.example.com", "name: v2.example.com", "API011"),
            ("versionPriority: 100", "versionPriority: 0", "API008"),
            ("name: a, namespace: shop", "name: a, namespace: ''", "API004"),
        ],
    },
    Case {
        text: "
apiVersion: resource.k8s.io/v1
kind: ResourceClaimTemplate
metadata: {name: a, namespace: shop}
spec:
  metadata: {labels: {a: b}}
  spec: {devices: {requests: [{name: gpu, exactly: {deviceClassName: gpu.example.com}}]}}
",
        faults: &[
            ("labels: {a: b}", "generateName: a", "API011"),
            (", exactly: {deviceClassName: gpu.example.com}", "", "API011"),
        ],
    },
];

#[test]
fn kinds_of_the_cluster_are_held_to_the_rules_of_the_server() {
    hold(CASES);
}

#[test]
fn in_a_namespace_an_account_may_leave_its_own_out() {
    let text = CASES[0]
        .text
        .replace("ClusterRoleBinding", "RoleBinding")
        .replace(
            "metadata: {name: a}",
            "metadata: {name: a, namespace: shop}",
        )
        .replace(", namespace: shop}, {", "}, {");
    assert_eq!(codes(&text), Vec::<&str>::new());
}

#[test]
fn what_is_only_asked_is_not_stored() {
    let text = "
apiVersion: authorization.k8s.io/v1
kind: SubjectAccessReview
metadata: {name: a}
spec: {user: a}
";
    assert_eq!(codes(text), ["API018"]);
}
