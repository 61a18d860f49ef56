//! What the documents that this platform comes from have wrong, or of their time, does not get through: each old form
//! is given to the rule that knows it, and nothing of it is left in the trees.

use std::collections::{BTreeMap, BTreeSet};

use check::Context;
use check::read::read;
use environment::Sources;
use render::Objects;
use schemas::Store;
use serde_json::Value;

use crate::workspace::{EnvironmentFiles, environments};

/// The codes of what the rules find in objects beside which the cluster has nothing.
fn codes(text: &str) -> BTreeSet<&'static str> {
    codes_at("1.35", text)
}

fn codes_at(minor: &str, text: &str) -> BTreeSet<&'static str> {
    let content = read(text, "document.yaml");
    assert!(content.fault.is_none(), "the case is YAML");
    let minor = minor.parse().expect("a version");
    let report = check::check(&content.documents, &Context::new(minor, Store::embedded()));
    report
        .findings
        .iter()
        .map(|finding| finding.rule.code)
        .collect()
}

macro_rules! old_forms {
    ($($test:ident: $code:literal, $text:literal;)+) => {$(
        #[test]
        fn $test() {
            let found = codes($text);
            assert!(found.contains($code), "{} is not among {found:?}", $code);
        }
    )+};
}

old_forms! {
    a_backup_has_no_schedule: "API002", "
apiVersion: velero.io/v1
kind: Backup
metadata: { name: daily-backup, namespace: velero }
spec: { includedNamespaces: [production], schedule: '0 2 * * *', ttl: 720h0m0s }
";
    a_deployment_says_which_pods_are_its_own: "API004", "
apiVersion: apps/v1
kind: Deployment
metadata: { name: api-gateway, namespace: production }
spec: { replicas: 3, template: { spec: { containers: [{ name: api-gateway, image: 'api-gateway:v2.0.0' }] } } }
";
    a_stateful_set_says_which_pods_are_its_own: "API004", "
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: postgres, namespace: app }
spec:
  serviceName: postgres-headless
  template: { spec: { containers: [{ name: postgres, image: 'postgres:15' }] } }
";
    an_image_is_not_the_latest: "WORK007", "
apiVersion: v1
kind: Pod
metadata: { name: api-gateway, namespace: production }
spec: { containers: [{ name: api-gateway, image: 'api-gateway:latest' }] }
";
    two_autoscalers_do_not_share_a_resource: "WORK005", "
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: api-gateway-hpa, namespace: production }
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: api-gateway }
  maxReplicas: 50
  metrics: [{ type: Resource, resource: { name: cpu, target: { type: Utilization, averageUtilization: 70 } } }]
---
apiVersion: autoscaling.k8s.io/v1
kind: VerticalPodAutoscaler
metadata: { name: api-gateway-vpa, namespace: production }
spec:
  targetRef: { apiVersion: apps/v1, kind: Deployment, name: api-gateway }
  updatePolicy: { updateMode: Auto }
";
    an_autoscaler_leaves_a_replaced_deployment_alone: "WORK003", "
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: api-gateway-hpa, namespace: production }
spec: { scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: api-gateway }, maxReplicas: 50 }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: api-gateway, namespace: production }
spec:
  selector: { matchLabels: { app: api-gateway } }
  template:
    metadata: { labels: { app: api-gateway } }
    spec: { containers: [{ name: api-gateway, image: 'api-gateway:v2.0.0' }] }
---
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: { name: api-gateway-rollout, namespace: production }
spec:
  selector: { matchLabels: { app: api-gateway } }
  template:
    metadata: { labels: { app: api-gateway } }
    spec: { containers: [{ name: api-gateway, image: 'api-gateway:v2.0.0' }] }
";
    a_rollout_that_is_scaled_says_no_replicas: "WORK004", "
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: api-gateway-hpa, namespace: production }
spec: { scaleTargetRef: { apiVersion: argoproj.io/v1alpha1, kind: Rollout, name: api-gateway }, maxReplicas: 50 }
---
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: { name: api-gateway, namespace: production }
spec:
  replicas: 10
  selector: { matchLabels: { app: api-gateway } }
  template:
    metadata: { labels: { app: api-gateway } }
    spec: { containers: [{ name: api-gateway, image: 'api-gateway:v2.0.0' }] }
";
    a_canary_is_routed_to_by_what_is_there: "DELV003", "
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: { name: api-gateway-rollout, namespace: production }
spec:
  selector: { matchLabels: { app: api-gateway } }
  template:
    metadata: { labels: { app: api-gateway } }
    spec: { containers: [{ name: api-gateway, image: 'api-gateway:v2.0.0' }] }
  strategy:
    canary:
      canaryService: api-gateway-canary
      stableService: api-gateway-stable
      trafficRouting: { istio: { virtualService: { name: api-gateway-vs }, destinationRule: { name: api-gateway-dr } } }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: api-gateway-vs, namespace: production }
spec:
  hosts: [api-gateway]
  http:
    - route:
        - { destination: { host: api-gateway, subset: v1 }, weight: 90 }
        - { destination: { host: api-gateway, subset: v2 }, weight: 10 }
";
    who_may_not_send_may_still_ask_for_names: "NET005", "
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: default-deny-all, namespace: production }
spec: { podSelector: {}, policyTypes: [Ingress, Egress] }
---
apiVersion: v1
kind: Pod
metadata: { name: api-gateway, namespace: production }
spec: { containers: [{ name: api-gateway, image: 'api-gateway:v2.0.0' }] }
";
    a_selected_namespace_is_there: "NET002", "
apiVersion: v1
kind: Namespace
metadata: { name: api-gateway }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: vector-store, namespace: vector-store }
spec:
  podSelector: {}
  ingress: [{ from: [{ namespaceSelector: { matchLabels: { name: api-gateway } } }] }]
";
    pods_are_not_held_by_what_was_removed: "API001", "
apiVersion: policy/v1beta1
kind: PodSecurityPolicy
metadata: { name: restricted }
spec: { privileged: false }
";
    a_stateful_set_has_its_headless_service: "WORK006", "
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: postgres, namespace: app }
spec:
  serviceName: postgres-headless
  replicas: 3
  selector: { matchLabels: { app: postgres } }
  template:
    metadata: { labels: { app: postgres } }
    spec: { containers: [{ name: postgres, image: 'postgres:15' }] }
";
}

#[test]
fn a_version_that_nobody_supports_any_more_is_not_judged_as_if_it_were() {
    let map = "{ apiVersion: v1, kind: ConfigMap, metadata: { name: app, namespace: app } }";
    assert!(codes(map).is_empty());
    assert!(codes_at("1.28", map).contains("API001"));
}

/// What is said about an environment file of the workspace after some texts in it were replaced.
fn refused(name: &str, replacements: &[(&str, &str)]) -> String {
    let mut texts: BTreeMap<String, String> = EnvironmentFiles
        .names()
        .into_iter()
        .filter_map(|name| {
            let (_, bytes) = EnvironmentFiles.bytes(&name)?;
            Some((name, String::from_utf8(bytes).ok()?))
        })
        .collect();
    let text = texts.get_mut(name).expect("the environment is there");
    for (right, wrong) in replacements {
        assert!(text.contains(right), "`{right}` is in {name}");
        *text = text.replacen(right, wrong, 1);
    }
    let Err(diagnostics) = environment::load(name, &texts) else {
        panic!("{name} is taken with {replacements:?}");
    };
    diagnostics.render(false)
}

#[test]
fn quotas_hold_what_the_autoscalers_may_ask_for() {
    for (right, wrong, namespace) in [
        (
            "{ cpu: 28..56, memory: 56Gi..112Gi",
            "{ cpu: 16..32, memory: 32Gi..64Gi",
            "vector-store",
        ),
        (
            "{ cpu: 32..64, memory: 128Gi..256Gi",
            "{ cpu: 32..64, memory: 64Gi..128Gi",
            "model-inference",
        ),
    ] {
        let said = refused("ai-prod", &[(right, wrong)]);
        assert!(said.contains(namespace) && said.contains("quota"), "{said}");
    }
}

#[test]
fn managers_of_whole_processors_need_something_reserved() {
    let reserved = "systemReserved: { cpu: 100m, memory: 300Mi }";
    let kept = "kubeReserved: { cpu: 100m, memory: 1465Mi }";
    let said = refused(
        "prod",
        &[
            (reserved, "systemReserved: { cpu: 0, memory: 300Mi }"),
            (kept, "kubeReserved: { cpu: 0, memory: 1465Mi }"),
        ],
    );
    assert!(said.contains("cpuManagerPolicy"), "{said}");
}

#[test]
fn images_of_environments_are_pinned() {
    let said = refused("prod", &[("api-gateway:v2.0.0", "api-gateway:latest")]);
    assert!(said.contains("latest"), "{said}");
}

#[test]
fn three_databases_behind_one_name_are_one_primary_and_its_standbys() {
    each_object("StatefulSet", |_, object| {
        if object["metadata"]["name"] == "postgres" {
            let text = object["spec"]["template"].to_string();
            assert!(text.contains("postgres-replication"), "{text}");
        }
    });
    each_object("Service", |_, object| {
        if object["metadata"]["name"] == "postgres-rw" {
            let selector = &object["spec"]["selector"];
            assert!(
                selector.get("statefulset.kubernetes.io/pod-name").is_some(),
                "{selector}"
            );
        }
    });
}

/// Every rendered object of a kind, with the name of its environment. Fails where no tree has one.
fn each_object(kind: &str, mut look: impl FnMut(&str, &Value)) {
    let mut count = 0;
    for (name, environment) in environments().unwrap_or_else(|mistakes| panic!("{mistakes}")) {
        let objects = Objects::of(&name, &environment);
        for placed in objects.placed().expect("each object has its file") {
            let value = placed.manifest.value();
            if value["kind"] == kind {
                look(&placed.path, &value);
                count += 1;
            }
        }
    }
    assert!(count > 0, "no tree has a {kind}");
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

#[test]
fn a_rule_of_the_mesh_says_who_and_what() {
    each_object("AuthorizationPolicy", |path, object| {
        let allows = object["spec"]["action"].as_str().unwrap_or("ALLOW") == "ALLOW";
        for rule in list(&object["spec"]["rules"]).filter(|_| allows) {
            let anybody = rule.get("from").is_none() && rule.get("when").is_none();
            // To one port: what is outside of the mesh has no identity.
            let to_ports = list(&rule["to"]).all(|to| to["operation"].get("ports").is_some());
            assert!(
                !anybody || (rule.get("to").is_some() && to_ports),
                "{path}: {rule}"
            );
        }
    });
}

#[test]
fn namespaces_are_selected_by_the_label_that_each_has() {
    each_object("NetworkPolicy", |path, object| {
        let spec = &object["spec"];
        let peers = list(&spec["ingress"])
            .flat_map(|rule| list(&rule["from"]))
            .chain(list(&spec["egress"]).flat_map(|rule| list(&rule["to"])));
        for peer in peers {
            let selector = &peer["namespaceSelector"];
            let labels = selector["matchLabels"].as_object();
            for label in labels.into_iter().flat_map(|labels| labels.keys()) {
                assert_eq!(label, "kubernetes.io/metadata.name", "{path}");
            }
            // Pods of all namespaces, or all pods of one: never two peers where one was meant.
            assert!(
                !(selector.is_object() && peer.get("podSelector").is_none())
                    || labels.is_none_or(|labels| labels.len() == 1),
                "{path}: {peer}"
            );
        }
    });
}

#[test]
fn clients_of_vectors_are_pods_of_their_namespace() {
    let mut found = false;
    each_object("NetworkPolicy", |path, object| {
        let vectors = object["metadata"]["namespace"] == "vector-store";
        for rule in list(&object["spec"]["ingress"]).filter(|_| vectors) {
            for peer in list(&rule["from"]) {
                let role = &peer["podSelector"]["matchLabels"]["role"];
                if role == "client" {
                    found = true;
                    assert!(peer.get("namespaceSelector").is_some(), "{path}: {peer}");
                }
            }
        }
    });
    assert!(found, "someone with role=client may call");
}

#[test]
fn vertical_autoscalers_do_not_use_the_mode_that_was_deprecated() {
    each_object("VerticalPodAutoscaler", |path, object| {
        let mode = object["spec"]["updatePolicy"]["updateMode"].as_str();
        assert!(mode.is_some_and(|mode| mode != "Auto"), "{path}: {mode:?}");
    });
}

#[test]
fn prometheus_keeps_what_its_file_says_and_may_look_around() {
    each_object("StatefulSet", |path, object| {
        let text = object.to_string();
        assert!(!text.contains("--storage.tsdb.retention"), "{path}");
    });
    let mut files = 0;
    each_object("ConfigMap", |path, object| {
        if let Some(text) = object["data"]["prometheus.yml"].as_str() {
            files += 1;
            assert!(text.contains("retention:"), "{path}");
            assert!(text.contains("target_label: __address__"), "{path}");
        }
    });
    let mut bound = 0;
    each_object("ClusterRoleBinding", |_, object| {
        let mine = |subject: &Value| subject["namespace"] == "monitoring";
        bound += usize::from(
            object["metadata"]["name"]
                .as_str()
                .is_some_and(|name| name.contains("prometheus"))
                && list(&object["subjects"]).any(mine),
        );
    });
    assert!(
        files > 0 && bound >= files,
        "{files} files, {bound} bindings"
    );
}

#[test]
fn alerts_ask_for_the_rate_of_what_only_grows() {
    let raw = [
        "container_cpu_usage_seconds_total >",
        "container_cpu_usage_seconds_total{} >",
    ];
    each_object("ConfigMap", |path, object| {
        for text in object["data"]
            .as_object()
            .into_iter()
            .flat_map(|data| data.values())
        {
            let text = text.as_str().unwrap_or_default();
            for raw in raw {
                assert!(!text.contains(raw), "{path}: {raw}");
            }
        }
    });
}

#[test]
fn dashboards_have_the_shape_that_is_read_from_files() {
    let mut boards = 0;
    each_object("ConfigMap", |path, object| {
        let data = object["data"].as_object();
        for (key, text) in data.into_iter().flatten() {
            let Some(board) = text
                .as_str()
                .filter(|_| key.strip_suffix(".json").is_some())
                .and_then(|text| serde_json::from_str::<Value>(text).ok())
                .filter(|board| board.get("panels").is_some() || board.get("dashboard").is_some())
            else {
                continue;
            };
            boards += 1;
            assert!(board.get("dashboard").is_none(), "{path}: {key}");
            for panel in list(&board["panels"]) {
                assert_ne!(panel["type"], "graph", "{path}: {key}");
            }
        }
    });
    assert!(boards > 0, "there are dashboards");
}

#[test]
fn no_tree_has_what_was_replaced() {
    for (name, environment) in environments().unwrap_or_else(|mistakes| panic!("{mistakes}")) {
        let objects = Objects::of(&name, &environment);
        for placed in objects.placed().expect("each object has its file") {
            let value = placed.manifest.value();
            let version = value["apiVersion"].as_str().unwrap_or_default();
            let (group, version) = version.split_once('/').unwrap_or(("", version));
            let istio = ["networking.istio.io", "security.istio.io"].contains(&group);
            assert!(!istio || version == "v1", "{name}: {}", placed.path);
            // Rules of Kyverno that Kubernetes' own language has replaced.
            assert_ne!(group, "kyverno.io", "{name}: {}", placed.path);
            assert!(
                !value
                    .to_string()
                    .contains("kubernetes.github.io/ingress-nginx"),
                "{name}: {}",
                placed.path
            );
        }
    }
}
