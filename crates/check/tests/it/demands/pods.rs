//! Pods and what runs them to an end.

use super::{Case, hold};

const CASES: &[Case] = &[
    Case {
        text: "
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop}
spec:
  terminationGracePeriodSeconds: 30
  dnsConfig: {nameservers: [10.0.0.10], options: [{name: ndots}]}
  hostAliases: [{ip: 10.1.2.3, hostnames: [a.example.com]}]
  readinessGates: [{conditionType: example.com/ready}]
  tolerations: [{key: dedicated, operator: Exists, effect: NoExecute, tolerationSeconds: 60}]
  affinity:
    podAntiAffinity:
      preferredDuringSchedulingIgnoredDuringExecution: [{weight: 1, podAffinityTerm: {topologyKey: zone}}]
  topologySpreadConstraints: [{maxSkew: 1, topologyKey: zone, whenUnsatisfiable: DoNotSchedule, labelSelector: {}, matchLabelKeys: [rev]}]
  containers:
  - name: web
    image: web:v1
    env: [{name: A, valueFrom: {secretKeyRef: {name: s, key: k}}}, {name: B, valueFrom: {fieldRef: {fieldPath: metadata.name}}}]
    resources: {requests: {cpu: 1}, limits: {cpu: 2}}
    lifecycle: {preStop: {sleep: {seconds: 5}}}
    readinessProbe: {grpc: {port: 9000}}
    securityContext: {appArmorProfile: {type: RuntimeDefault}}
    volumeMounts: [{name: tmp, mountPath: /tmp}, {name: conf, mountPath: /conf}]
  volumes:
  - {name: tmp, emptyDir: {sizeLimit: 1Gi}}
  - {name: conf, configMap: {name: any, defaultMode: 420, items: [{key: a, path: b}]}}
",
        faults: &[
            ("[10.0.0.10]", "[a_b]", "API007"),
            ("{name: ndots}", "{name: ''}", "API004"),
            ("[a.example.com]", "[a_b]", "API007"),
            ("example.com/ready", "-1", "API003"),
            ("example.com/ready", "a b", "API007"),
            ("effect: NoExecute", "effect: NoSchedule", "API011"),
            ("weight: 1,", "weight: 101,", "API008"),
            ("labelSelector: {}, ", "", "API011"),
            ("[rev]", "[a/b/c]", "API007"),
            ("whenUnsatisfiable: DoNotSchedule", "whenUnsatisfiable: ''", "API004"),
            ("name: s, key: k", "name: s, key: a/b", "API007"),
            ("metadata.name", "spec.nothing", "API011"),
            ("limits: {cpu: 2}", "limits: {cpu: null}", "API011"),
            ("seconds: 5", "seconds: 31", "API011"),
            ("port: 9000", "port: 70000", "API008"),
            ("type: RuntimeDefault", "type: ''", "API004"),
            ("name: tmp, mountPath", "name: temp, mountPath", "API011"),
            ("mountPath: /conf", "mountPath: /tmp", "API010"),
            ("sizeLimit: 1Gi", "sizeLimit: '-1'", "API011"),
            ("defaultMode: 420", "defaultMode: 512", "API008"),
            ("path: b", "path: ../b", "API007"),
        ],
    },
    Case {
        text: "
apiVersion: batch/v1
kind: CronJob
metadata: {name: nightly, namespace: shop}
spec:
  schedule: 0 2 * * *
  timeZone: Europe/Vienna
  jobTemplate:
    spec:
      completionMode: Indexed
      completions: 2
      backoffLimitPerIndex: 1
      maxFailedIndexes: 1
      podFailurePolicy: {rules: [{action: Ignore, onPodConditions: [{type: DisruptionTarget, status: 'True'}]}]}
      template: {spec: {restartPolicy: Never, containers: [{name: a, image: a}]}}
",
        faults: &[
            ("restartPolicy: Never", "restartPolicy: Always", "API011"),
            ("Europe/Vienna", "Vienna", "API011"),
            ("maxFailedIndexes: 1", "maxFailedIndexes: -1", "API008"),
            ("status: 'True'", "status: Perhaps", "API007"),
            ("0 2 * * *", "''", "API004"),
        ],
    },
    Case {
        text: "
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db, namespace: shop}
spec:
  selector: {matchLabels: {app: db}}
  serviceName: db
  persistentVolumeClaimRetentionPolicy: {whenDeleted: Retain}
  template: {metadata: {labels: {app: db}}, spec: {containers: [{name: a, image: a, volumeMounts: [{name: data, mountPath: /d}]}]}}
  volumeClaimTemplates: [{metadata: {name: data}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}]
",
        faults: &[
            ("whenDeleted: Retain", "whenDeleted: Keep", "API007"),
            ("[ReadWriteOnce]", "['']", "API005"),
            ("metadata: {name: data}", "metadata: {name: other}", "API011"),
            ("storage: 1Gi", "cpu: 1", "API011"),
            ("{labels: {app: db}}, spec: {", "{labels: {app: db}}, spec: {restartPolicy: Never, ", "API011"),
        ],
    },
];

#[test]
fn pods_are_held_to_the_rules_of_the_server() {
    hold(CASES);
}

#[test]
fn a_name_in_a_volume_is_looked_at_by_nobody() {
    let text = CASES[0].text.replace("name: any,", "name: A b!,");
    assert_eq!(super::codes(&text), Vec::<&str>::new());
}

#[test]
fn a_grace_period_below_zero_is_made_one() {
    let text = CASES[0]
        .text
        .replace(
            "terminationGracePeriodSeconds: 30",
            "terminationGracePeriodSeconds: -1",
        )
        .replace("    lifecycle: {preStop: {sleep: {seconds: 5}}}\n", "");
    assert_eq!(super::codes(&text), Vec::<&str>::new());
}
