//! What several fields say together: jobs, strategies, volumes, fairness, admission, custom definitions.

use super::{Case, hold};

const CASES: &[Case] = &[
    // The server takes it without a specification, which its own documents require.
    Case {
        text: "
apiVersion: storage.k8s.io/v1
kind: CSINode
metadata: {name: a}
",
        faults: &[("name: a", "name: A", "API014")],
    },
    Case {
        text: "
apiVersion: batch/v1
kind: Job
metadata: {name: a, namespace: shop}
spec:
  completionMode: Indexed
  completions: 3
  backoffLimitPerIndex: 1
  podFailurePolicy: {rules: [{action: FailJob, onExitCodes: {containerName: a, operator: In, values: [1, 42]}}]}
  successPolicy: {rules: [{succeededIndexes: '0,2', succeededCount: 1}]}
  template: {spec: {restartPolicy: Never, containers: [{name: a, image: a}]}}
",
        faults: &[
            ("completionMode: Indexed", "completionMode: NonIndexed", "API011"),
            ("values: [1, 42]", "values: [0, 42]", "API011"),
            ("values: [1, 42]", "values: [42, 1]", "API011"),
            ("containerName: a", "containerName: b", "API011"),
            ("'0,2'", "'0,3'", "API011"),
            ("'0,2'", "'2,0'", "API011"),
            ("succeededCount: 1", "succeededCount: 3", "API011"),
            ("restartPolicy: Never", "restartPolicy: OnFailure", "API011"),
        ],
    },
    Case {
        text: "
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: a, namespace: shop}
spec:
  updateStrategy: {type: RollingUpdate, rollingUpdate: {maxUnavailable: 1, maxSurge: 0}}
  selector: {matchLabels: {a: b}}
  template: {metadata: {labels: {a: b}}, spec: {containers: [{name: a, image: a}]}}
",
        faults: &[
            ("maxUnavailable: 1", "maxUnavailable: 0", "API011"),
            ("maxSurge: 0", "maxSurge: 1", "API011"),
            ("maxUnavailable: 1", "maxUnavailable: 101%", "API011"),
        ],
    },
    Case {
        text: "
apiVersion: apps/v1
kind: Deployment
metadata: {name: a, namespace: shop}
spec:
  minReadySeconds: 5
  progressDeadlineSeconds: 60
  strategy: {type: RollingUpdate, rollingUpdate: {maxUnavailable: 0, maxSurge: 1}}
  selector: {matchLabels: {a: b}}
  template: {metadata: {labels: {a: b}}, spec: {containers: [{name: a, image: a}]}}
",
        faults: &[
            ("maxSurge: 1", "maxSurge: 0%", "API011"),
            ("type: RollingUpdate", "type: Recreate", "API011"),
            ("progressDeadlineSeconds: 60", "progressDeadlineSeconds: 5", "API011"),
        ],
    },
    Case {
        text: "
apiVersion: v1
kind: Pod
metadata: {name: a, namespace: shop}
spec:
  containers: [{name: a, image: a, resources: {limits: {cpu: 1, example.com/gpu: 1}}, ports: [{containerPort: 80, hostPort: 80}]}]
  initContainers: [{name: i, image: i}]
  volumes:
  - {name: target, iscsi: {targetPortal: '10.1.2.3', iqn: 'iqn.2001-04.com.example:a', lun: 0}}
  - {name: driver, csi: {driver: csi.example.com, nodePublishSecretRef: {name: s}}}
",
        faults: &[
            ("iqn.2001-04.com.example:a", "iqn.com", "API011"),
            ("lun: 0", "lun: 256", "API008"),
            ("csi.example.com", "a_b", "API011"),
            ("{name: s}", "{name: ''}", "API011"),
            ("gpu: 1", "gpu: 500m", "API011"),
            ("{name: i, image: i}", "{name: a, image: i}", "API011"),
            (
                "{name: i, image: i}",
                "{name: i, image: i, livenessProbe: {exec: {command: [a]}}}",
                "API011",
            ),
        ],
    },
    Case {
        text: "
apiVersion: flowcontrol.apiserver.k8s.io/v1
kind: FlowSchema
metadata: {name: a}
spec:
  matchingPrecedence: 1000
  priorityLevelConfiguration: {name: a}
  rules: [{subjects: [{kind: ServiceAccount, serviceAccount: {name: a, namespace: shop}}], nonResourceRules: [{nonResourceURLs: [/a], verbs: [get]}]}]
",
        faults: &[
            ("matchingPrecedence: 1000", "matchingPrecedence: 1", "API011"),
            ("kind: ServiceAccount", "kind: Robot", "API011"),
            ("namespace: shop", "namespace: ''", "API011"),
            ("verbs: [get]", "verbs: [fetch]", "API011"),
            ("[/a]", "[a]", "API011"),
        ],
    },
    Case {
        text: "
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: a}
spec:
  matchConstraints: {resourceRules: [{apiGroups: [apps], apiVersions: [v1], operations: [CREATE], resources: [deployments]}]}
  matchConditions: [{name: a, expression: 'request.name != \"a\"'}]
  validations: [{expression: 'object.spec.replicas <= 5', message: few}]
",
        faults: &[
            ("object.spec.replicas <= 5", "object.spec.replicas <= ", "API011"),
            ("object.spec.replicas <= 5", "params.replicas <= 5", "API011"),
            ("object.spec.replicas <= 5", "1", "API011"),
            ("request.name", "web.name", "API011"),
            ("[deployments]", "['*/*', pods]", "API011"),
        ],
    },
    Case {
        text: "
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {plural: widgets, kind: Widget}
  versions:
  - name: v1
    served: true
    storage: true
    schema:
      openAPIV3Schema:
        type: object
        properties:
          spec:
            type: object
            x-kubernetes-validations: [{rule: 'self.size > 0'}]
            properties:
              size: {type: integer, default: 3}
              parts: {type: array, x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [name], items: {type: object, required: [name], properties: {name: {type: string}}}}
",
        faults: &[
            ("{type: integer, default: 3}", "{type: int}", "API011"),
            ("{type: integer, default: 3}", "{default: 3}", "API011"),
            ("default: 3", "default: three", "API011"),
            ("required: [name], ", "", "API011"),
            ("list-map-keys: [name]", "list-map-keys: [id]", "API011"),
            ("self.size > 0", "self.size >", "API011"),
            ("self.size > 0", "own.size > 0", "API011"),
            ("plural: widgets, kind", "plural: widgets, singular: A_B, kind", "API011"),
        ],
    },
    Case {
        text: "
apiVersion: batch/v1
kind: CronJob
metadata: {name: a, namespace: shop}
spec:
  schedule: '*/5 * * * *'
  timeZone: Europe/Vienna
  jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: a, image: a}]}}}}
",
        faults: &[
            ("'*/5 * * * *'", "'*/5 * * *'", "API011"),
            ("'*/5 * * * *'", "'TZ=UTC 0 2 * * *'", "API011"),
            ("'*/5 * * * *'", "'0 24 * * *'", "API011"),
            ("Europe/Vienna", "Europe/Wien", "API011"),
        ],
    },
];

#[test]
fn what_fields_say_together_is_held_to_the_rules_of_the_server() {
    hold(CASES);
}

/// The objects that the comparison with a real server begins with: it takes all of them.
#[test]
fn every_object_that_the_server_takes_is_taken() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/objects");
    let mut count = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let report = crate::judge(&std::fs::read_to_string(&path).unwrap());
        let errors: Vec<String> = report
            .errors()
            .filter(|finding| finding.rule.code.starts_with("API"))
            .map(|finding| {
                format!(
                    "{} {}: {}",
                    finding.rule.code, finding.path, finding.message
                )
            })
            .collect();
        assert_eq!(errors, Vec::<String>::new(), "{}", path.display());
        count += 1;
    }
    assert!(count > 5, "{count} files");
}
