//! Metadata of objects, annotations of pods, and numbers that are cut.

use super::{Case, codes, hold};

const CASES: &[Case] = &[
    Case {
        text: "
apiVersion: v1
kind: ConfigMap
metadata:
  name: a
  namespace: shop
  generateName: a-
  generation: 1
  resourceVersion: '1'
  finalizers: [example.com/keep, orphan]
  ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: a, uid: u}]
  managedFields: [null]
",
        faults: &[
            ("generateName: a-", "generateName: a_", "API014"),
            ("generation: 1", "generation: -1", "API008"),
            ("'1'", "'one'", "API011"),
            ("example.com/keep", "foregroundDeletion", "API011"),
            ("example.com/keep", "keep", "API011"),
            ("apps/v1", "apps/", "API011"),
            ("apps/v1, kind: Deployment", "v1, kind: Event", "API011"),
            ("[null]", "[]", "API011"),
        ],
    },
    Case {
        text: "
apiVersion: v1
kind: Pod
metadata:
  name: a
  namespace: shop
  annotations:
    controller.kubernetes.io/pod-deletion-cost: '-5'
    scheduler.alpha.kubernetes.io/tolerations: '[{\"operator\":\"Exists\"}]'
spec:
  priority: 0
  terminationGracePeriodSeconds: 100000000000000000000
  containers: [{name: a, image: a}]
",
        faults: &[
            ("'-5'", "'+5'", "API011"),
            ("[{\"operator\":\"Exists\"}]", "[{}]", "API011"),
            ("priority: 0", "priority: 5", "API011"),
            ("priority: 0", "overhead: {cpu: 1}", "API011"),
        ],
    },
    Case {
        text: "
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: a}
spec:
  matchConstraints: {resourceRules: [{apiGroups: [''], apiVersions: [v1], operations: [CREATE], resources: [pods]}]}
  variables: [{name: own, expression: object.metadata.name}, {name: other, expression: variables.own}]
  validations: [{expression: variables.other == 'a'}]
",
        faults: &[
            ("variables.own}", "variables.other}", "API011"),
            ("variables.other ==", "variables.third ==", "API011"),
            ("variables.other == 'a'", "variables.other + variables.own", "API011"),
        ],
    },
    Case {
        text: "
apiVersion: node.k8s.io/v1
kind: RuntimeClass
metadata: {name: a}
handler: a
scheduling: {nodeSelector: {a: b}}
",
        faults: &[("a: b}", "a: b/c}", "API016")],
    },
    Case {
        text: "
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: a, namespace: shop}
spec: {podSelector: {}, ingress: [{ports: [{port: http}]}]}
",
        faults: &[("port: http", "port: ''", "API007")],
    },
];

#[test]
fn metadata_and_what_the_server_reads_from_it() {
    hold(CASES);
}

#[test]
fn a_warning_does_not_keep_rules_from_being_evaluated() {
    let found = codes(
        "
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: a}
spec:
  gatewayClassName: a
  listeners: [{name: a, hostname: example.com, protocol: TCP, port: 80}]
",
    );
    assert_eq!(found, ["API012", "API021"]);
}

#[test]
fn annotations_of_old_and_their_fields_agree() {
    let pod = "
apiVersion: v1
kind: Pod
metadata:
  name: a
  namespace: shop
  annotations:
    container.apparmor.security.beta.kubernetes.io/a: runtime/default
    seccomp.security.alpha.kubernetes.io/pod: runtime/default
spec:
  securityContext: {seccompProfile: {type: RuntimeDefault}}
  containers: [{name: a, image: a, securityContext: {appArmorProfile: {type: RuntimeDefault}}}]
";
    assert!(!codes(pod).contains(&"API011"), "{pod}");
    for (whole, faulty) in [
        ("kubernetes.io/a: runtime", "kubernetes.io/b: runtime"),
        (
            "kubernetes.io/a: runtime/default",
            "kubernetes.io/a: unconfined",
        ),
        ("pod: runtime/default", "pod: unconfined"),
        ("pod: runtime/default", "pod: other"),
    ] {
        assert!(
            codes(&pod.replace(whole, faulty)).contains(&"API011"),
            "{faulty}"
        );
    }
}
