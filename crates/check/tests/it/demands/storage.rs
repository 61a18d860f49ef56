//! Configuration, secrets, quotas, limits, volumes and classes.

use super::{Case, hold};

const CASES: &[Case] = &[
    Case {
        text: "
apiVersion: v1
kind: Secret
metadata: {name: tls, namespace: shop}
type: kubernetes.io/tls
data: {tls.crt: aGVsbG8=, tls.key: aGVsbG8=}
",
        faults: &[
            (", tls.key: aGVsbG8=", "", "API011"),
            ("tls.key: aGVsbG8=", "tls.key: aGVsbG8=, a b: aGVsbG8=", "API016"),
        ],
    },
    Case {
        text: "
apiVersion: v1
kind: ConfigMap
metadata: {name: a, namespace: shop}
data: {a.txt: b}
binaryData: {c: aGVsbG8=}
",
        faults: &[("{c: aGV", "{a.txt: aGV", "API011"), ("{a.txt: b}", "{a/b: c}", "API016")],
    },
    Case {
        text: "
apiVersion: v1
kind: ResourceQuota
metadata: {name: a, namespace: shop}
spec:
  hard: {requests.cpu: 1, count/deployments.apps: 5}
  scopeSelector: {matchExpressions: [{scopeName: PriorityClass, operator: In, values: [high]}]}
",
        faults: &[
            ("requests.cpu: 1", "requests.cpu: -1", "API008"),
            ("requests.cpu: 1", "processors: 1", "API011"),
            ("values: [high]", "values: []", "API011"),
        ],
    },
    Case {
        text: "
apiVersion: v1
kind: LimitRange
metadata: {name: a, namespace: shop}
spec: {limits: [{type: Container, max: {cpu: 2}, default: {cpu: 1}}, {type: Pod, max: {memory: 1Gi}}]}
",
        faults: &[
            ("default: {cpu: 1}", "default: {cpu: 3}", "API011"),
            ("type: Pod", "type: Container", "API011"),
        ],
    },
    Case {
        text: "
apiVersion: v1
kind: PersistentVolume
metadata: {name: a}
spec: {capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce], volumeMode: Block, nfs: {server: a, path: /a}}
",
        faults: &[
            (", nfs: {server: a, path: /a}", "", "API011"),
            ("volumeMode: Block", "volumeMode: ''", "API005"),
            ("{storage: 1Gi}", "{storage: 1Gi, cpu: 1}", "API011"),
        ],
    },
    Case {
        text: "
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: a}
provisioner: ebs.csi.aws.com
reclaimPolicy: Retain
allowedTopologies: [{matchLabelExpressions: [{key: zone, values: [a]}]}]
",
        faults: &[
            ("Retain", "Recycle", "API007"),
            ("values: [a]", "values: [a, a]", "API011"),
            ("ebs.csi.aws.com", "a/b/c", "API007"),
        ],
    },
];

#[test]
fn what_is_stored_is_held_to_the_rules_of_the_server() {
    hold(CASES);
}
