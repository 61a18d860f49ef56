//! What an API server refuses of a change: an object, what is put in whose place, and what is found.

use check::Selection;
use check::change::{Hold, immutable_paths, pod_template_path, refused, refused_of_trees};

use crate::{context, documents};

/// What is put in whose place, and the code and path of what is found; an empty code where nothing is.
type Change = (&'static str, &'static str, &'static str, &'static str);

fn found(old: &str, new: &str) -> Vec<(String, String)> {
    let (old, new) = (documents(old), documents(new));
    refused(&old[0], &new[0], &context())
        .into_iter()
        .map(|finding| (finding.rule.code.to_owned(), finding.path))
        .collect()
}

pub(crate) fn hold(object: &str, changes: &[Change]) {
    assert_eq!(found(object, object), Vec::new(), "{object}");
    for (whole, other, code, path) in changes {
        assert!(object.contains(whole), "{whole}");
        let found = found(object, &object.replace(whole, other));
        let wanted: Vec<(String, String)> = (!code.is_empty())
            .then(|| ((*code).to_owned(), (*path).to_owned()))
            .into_iter()
            .collect();
        assert_eq!(found, wanted, "{other}");
    }
}

#[test]
fn the_selector_of_a_workload_stays_and_the_rest_may_change() {
    let object = "
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web, tier: front}}
    spec: {containers: [{name: web, image: 'web:v1'}]}
";
    hold(
        object,
        &[
            ("replicas: 2", "replicas: 3", "", ""),
            ("web:v1", "web:v2", "", ""),
            (
                "{matchLabels: {app: web}}",
                "{matchLabels: {app: web, tier: front}}",
                "CHG001",
                "spec.selector.matchLabels.tier",
            ),
            (
                "{app: web}}\n",
                "{app: web}, matchExpressions: []}\n",
                "",
                "",
            ),
            (
                "name: web, namespace: shop",
                "name: web2, namespace: shop",
                "CHG004",
                "metadata.name",
            ),
            (
                "namespace: shop",
                "namespace: other",
                "CHG004",
                "metadata.namespace",
            ),
        ],
    );
}

#[test]
fn a_stateful_set_keeps_what_its_volumes_and_names_come_from() {
    let object = "
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db, namespace: shop}
spec:
  replicas: 2
  serviceName: db
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec: {containers: [{name: db, image: 'db:v1'}]}
  volumeClaimTemplates:
  - metadata: {name: data}
    spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 100Gi}}}
";
    hold(
        object,
        &[
            ("replicas: 2", "replicas: 1", "", ""),
            ("replicas: 2", "podManagementPolicy: OrderedReady", "", ""),
            (
                "replicas: 2",
                "podManagementPolicy: Parallel",
                "CHG001",
                "spec.podManagementPolicy",
            ),
            (
                "serviceName: db",
                "serviceName: other",
                "CHG001",
                "spec.serviceName",
            ),
            ("storage: 100Gi", "storage: '107374182400'", "", ""),
            (
                "storage: 100Gi",
                "storage: 200Gi",
                "CHG001",
                "spec.volumeClaimTemplates[0].spec.resources.requests.storage",
            ),
            (
                "{accessModes:",
                "{volumeMode: Filesystem, accessModes:",
                "",
                "",
            ),
            (
                "- metadata: {name: data}",
                "- apiVersion: v1\n    kind: PersistentVolumeClaim\n    metadata: {name: data}",
                "",
                "",
            ),
        ],
    );
}

#[test]
fn a_job_keeps_its_pods() {
    let object = "
apiVersion: batch/v1
kind: Job
metadata: {name: run, namespace: shop}
spec:
  backoffLimit: 3
  template:
    spec:
      restartPolicy: Never
      nodeSelector: {disk: fast}
      containers: [{name: run, image: 'run:v1', ports: [{containerPort: 80}]}]
";
    hold(
        object,
        &[
            ("backoffLimit: 3", "backoffLimit: 4", "", ""),
            (
                "run:v1",
                "run:v2",
                "CHG001",
                "spec.template.spec.containers[0].image",
            ),
            (
                "disk: fast",
                "disk: slow",
                "CHG001",
                "spec.template.spec.nodeSelector.disk",
            ),
            (
                "containerPort: 80",
                "containerPort: 80, protocol: TCP",
                "",
                "",
            ),
            (
                "restartPolicy: Never",
                "restartPolicy: Never\n      dnsPolicy: ClusterFirst",
                "",
                "",
            ),
            (
                "backoffLimit: 3",
                "completions: 2",
                "CHG001",
                "spec.completions",
            ),
        ],
    );
    let suspended = object.replace("backoffLimit: 3", "suspend: true");
    hold(
        &suspended,
        &[
            ("disk: fast", "disk: slow", "", ""),
            ("suspend: true", "suspend: false", "", ""),
            (
                "run:v1",
                "run:v2",
                "CHG001",
                "spec.template.spec.containers[0].image",
            ),
        ],
    );
    let indexed = object.replace(
        "backoffLimit: 3",
        "completionMode: Indexed\n  completions: 2\n  parallelism: 2",
    );
    hold(
        &indexed,
        &[
            (
                "completions: 2\n  parallelism: 2",
                "completions: 4\n  parallelism: 4",
                "",
                "",
            ),
            (
                "completions: 2",
                "completions: 4",
                "CHG001",
                "spec.completions",
            ),
        ],
    );
}

#[test]
fn a_pod_keeps_all_but_its_images() {
    let object = "
apiVersion: v1
kind: Pod
metadata: {name: one, namespace: shop}
spec:
  activeDeadlineSeconds: 60
  tolerations: [{key: a, operator: Exists}]
  containers: [{name: one, image: 'one:v1', env: [{name: A, value: x}]}]
";
    hold(
        object,
        &[
            ("one:v1", "one:v2", "", ""),
            ("one:v1", "one:latest", "", ""),
            (
                "image: 'one:v1'",
                "image: 'one:v1', imagePullPolicy: Always",
                "CHG001",
                "spec.containers[0].imagePullPolicy",
            ),
            (
                "activeDeadlineSeconds",
                "enableServiceLinks: true\n  activeDeadlineSeconds",
                "",
                "",
            ),
            ("Seconds: 60", "Seconds: 30", "", ""),
            (
                "Seconds: 60",
                "Seconds: 90",
                "CHG001",
                "spec.activeDeadlineSeconds",
            ),
            (
                "[{key: a, operator",
                "[{key: b, operator: Exists}, {key: a, operator",
                "",
                "",
            ),
            ("key: a", "key: b", "CHG001", "spec.tolerations"),
            (
                "value: x",
                "value: y",
                "CHG001",
                "spec.containers[0].env[0].value",
            ),
            (
                "[{name: one",
                "[{name: two, image: 'two:v1'}, {name: one",
                "CHG001",
                "spec.containers",
            ),
        ],
    );
}

#[test]
fn a_claim_only_grows_and_a_volume_stays_where_it_is() {
    hold(
        "
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data, namespace: shop}
spec:
  accessModes: [ReadWriteOnce]
  resources: {requests: {storage: 10Gi}}
",
        &[
            ("10Gi", "20Gi", "", ""),
            ("10Gi", "5Gi", "CHG001", "spec.resources.requests.storage"),
            (
                "ReadWriteOnce",
                "ReadWriteMany",
                "CHG001",
                "spec.accessModes[0]",
            ),
            (
                "accessModes",
                "storageClassName: gp3\n  accessModes",
                "",
                "",
            ),
        ],
    );
    hold(
        "
apiVersion: v1
kind: PersistentVolume
metadata: {name: disk}
spec:
  capacity: {storage: 10Gi}
  accessModes: [ReadWriteOnce]
  persistentVolumeReclaimPolicy: Retain
  csi: {driver: a.example.com, volumeHandle: one}
",
        &[
            ("Retain", "Delete", "", ""),
            ("10Gi", "20Gi", "", ""),
            (
                "volumeHandle: one",
                "volumeHandle: two",
                "CHG001",
                "spec.csi.volumeHandle",
            ),
            (
                "volumeHandle: one",
                "volumeHandle: one, controllerExpandSecretRef: {name: a, namespace: b}",
                "",
                "",
            ),
        ],
    );
}

#[test]
fn the_address_of_a_service_stays() {
    let object = "
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec:
  selector: {app: web}
  ports: [{port: 80}]
";
    hold(
        object,
        &[
            ("port: 80", "port: 81", "", ""),
            ("selector:", "type: NodePort\n  selector:", "", ""),
            (
                "selector:",
                "clusterIP: None\n  selector:",
                "CHG001",
                "spec.clusterIP",
            ),
            (
                "selector: {app: web}",
                "type: ExternalName\n  externalName: a.example.com",
                "",
                "",
            ),
        ],
    );
    let headless = object.replace("selector:", "clusterIP: None\n  selector:");
    hold(
        &headless,
        &[
            ("clusterIP: None\n  ", "", "", ""),
            (
                "clusterIP: None",
                "clusterIP: 10.0.0.9",
                "CHG001",
                "spec.clusterIP",
            ),
        ],
    );
    let balanced = object.replace(
        "selector:",
        "type: LoadBalancer\n  loadBalancerClass: a/b\n  selector:",
    );
    hold(
        &balanced,
        &[
            ("a/b", "a/c", "CHG001", "spec.loadBalancerClass"),
            (
                "type: LoadBalancer\n  loadBalancerClass: a/b\n  ",
                "",
                "",
                "",
            ),
        ],
    );
}

#[test]
fn what_calls_itself_immutable_is() {
    let map = "
apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: shop}
immutable: true
data: {a: x}
";
    hold(
        map,
        &[
            ("a: x", "a: y", "CHG001", "data.a"),
            ("immutable: true\n", "", "CHG001", "immutable"),
            ("namespace: shop", "namespace: shop, labels: {a: b}", "", ""),
        ],
    );
    hold(
        &map.replace("immutable: true\n", ""),
        &[("a: x", "a: y", "", "")],
    );
    let secret = "
apiVersion: v1
kind: Secret
metadata: {name: key, namespace: shop}
immutable: true
type: Opaque
stringData: {password: hunter2}
";
    hold(
        secret,
        &[
            ("type: Opaque\n", "", "", ""),
            (
                "stringData: {password: hunter2}",
                "data: {password: aHVudGVyMg==}",
                "",
                "",
            ),
            ("type: Opaque", "type: example.com/key", "CHG001", "type"),
        ],
    );
    let (old, new) = (
        documents(secret),
        documents(&secret.replace("hunter2", "hunter3")),
    );
    let found = refused(&old[0], &new[0], &context());
    assert_eq!(found.len(), 1);
    assert!(
        !found[0].message.contains("hunter") && !found[0].message.contains("104"),
        "{found:?}"
    );
}

#[test]
fn the_stored_version_and_the_names_of_a_definition_stay() {
    hold(
        "
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {kind: Widget, plural: widgets, shortNames: [w]}
  versions:
  - {name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}
",
        &[
            ("shortNames: [w]", "shortNames: [wi]", "", ""),
            ("Namespaced", "Cluster", "CHG001", "spec.scope"),
            ("kind: Widget", "kind: Gadget", "CHG001", "spec.names.kind"),
            ("name: v1,", "name: v2,", "CHG003", "spec.versions"),
        ],
    );
}

#[test]
fn kinds_with_one_field_that_stays() {
    for (object, whole, other, path) in [
        (
            "apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: a, namespace: b}\nroleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: x}",
            "name: x",
            "name: y",
            "roleRef.name",
        ),
        (
            "apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: {name: a}\nprovisioner: x\nreclaimPolicy: Delete",
            "reclaimPolicy: Delete",
            "reclaimPolicy: Retain",
            "reclaimPolicy",
        ),
        (
            "apiVersion: scheduling.k8s.io/v1\nkind: PriorityClass\nmetadata: {name: a}\nvalue: 5",
            "value: 5",
            "value: 6",
            "value",
        ),
        (
            "apiVersion: v1\nkind: ResourceQuota\nmetadata: {name: a, namespace: b}\nspec: {hard: {pods: 5}, scopes: [Terminating]}",
            "scopes: [Terminating]",
            "scopes: [NotTerminating]",
            "spec.scopes",
        ),
        (
            "apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: {name: a}\nspec: {controller: example.com/x}",
            "example.com/x",
            "example.com/y",
            "spec.controller",
        ),
        (
            "apiVersion: node.k8s.io/v1\nkind: RuntimeClass\nmetadata: {name: a}\nhandler: x",
            "handler: x",
            "handler: y",
            "handler",
        ),
    ] {
        hold(object, &[(whole, other, "CHG001", path)]);
    }
}
#[test]
fn trees_are_compared_object_by_object() {
    let tree = "
apiVersion: v1
kind: ConfigMap
metadata: {name: a, namespace: shop}
immutable: true
data: {a: x}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: b, namespace: shop}
data: {a: x}
";
    let (old, new) = (documents(tree), documents(&tree.replace("a: x", "a: y")));
    let found = refused_of_trees(&old, &new, &context(), &Selection::default());
    let names: Vec<&str> = found
        .iter()
        .map(|finding| finding.id.name.as_str())
        .collect();
    assert_eq!(names, ["a"]);
    // An object that comes twice cannot be told from the other.
    let twice = [new.clone(), new].concat();
    assert!(refused_of_trees(&old, &twice, &context(), &Selection::default()).is_empty());
}

#[test]
fn facts_can_be_asked_for() {
    let facts = immutable_paths("apps", "StatefulSet");
    assert_eq!(facts.len(), 1);
    assert_eq!((facts[0].path, facts[0].hold), ("spec", Hold::Always));
    assert!(facts[0].except.contains(&"replicas"));
    assert!(immutable_paths("argoproj.io", "Rollout").is_empty());
    assert_eq!(
        pod_template_path("batch", "CronJob"),
        Some("spec.jobTemplate.spec.template")
    );
    assert_eq!(pod_template_path("", "Service"), None);
}
