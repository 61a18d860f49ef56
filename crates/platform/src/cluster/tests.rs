//! The objects of a small cluster, and what must hold for them whatever the environment says.

mod aks;
mod gke;

use std::collections::{BTreeMap, BTreeSet};

use environment::Environment;
use manifest::Manifest;
use serde_json::Value;

/// The fixture of each provider; the others extend that of EKS.
const FIXTURES: [(&str, &str); 3] = [
    ("eks", include_str!("fixtures/eks.yaml")),
    ("gke", include_str!("fixtures/gke.yaml")),
    ("aks", include_str!("fixtures/aks.yaml")),
];

/// A fixture with some of its text replaced.
fn environment_of(provider: &str, changes: &[(&str, &str)]) -> Environment {
    let sources: BTreeMap<String, String> = FIXTURES
        .iter()
        .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
        .map(|(name, text)| {
            let text = if name == provider {
                changed(text, changes)
            } else {
                text
            };
            (name, text)
        })
        .collect();
    environment::load(provider, &sources)
        .unwrap_or_else(|mistakes| panic!("{}", mistakes.render(false)))
}

fn changed(text: String, changes: &[(&str, &str)]) -> String {
    changes.iter().fold(text, |text, (from, to)| {
        assert!(text.contains(from), "the fixture has no `{from}`");
        text.replace(from, to)
    })
}

/// The fixture of EKS with some of its text replaced.
fn environment(changes: &[(&str, &str)]) -> Environment {
    environment_of("eks", changes)
}

fn objects(environment: &Environment) -> Vec<Manifest> {
    super::cluster(environment).application.manifests
}

/// The fields of the only object of a kind.
fn object(environment: &Environment, kind: &str) -> Value {
    let found: Vec<Value> = objects(environment)
        .iter()
        .filter(|object| object.id().kind == kind)
        .map(Manifest::value)
        .collect();
    match found.as_slice() {
        [one] => one.clone(),
        others => panic!("{} objects of kind {kind}", others.len()),
    }
}

fn shows(name: &str, manifests: &[Manifest], kinds: &[&str]) {
    let documents: Vec<String> = manifests
        .iter()
        .filter(|manifest| kinds.iter().any(|kind| manifest.id().kind == *kind))
        .map(Manifest::yaml)
        .collect();
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(name, documents.join("---\n"));
    });
}

#[test]
fn a_cluster_is_a_namespace_and_three_objects_of_cluster_api() {
    let all = objects(&environment(&[]));
    shows(
        "cluster",
        &all,
        &[
            "Namespace",
            "Cluster",
            "AWSManagedCluster",
            "AWSManagedControlPlane",
        ],
    );
}

#[test]
fn a_pool_is_three_objects() {
    let all = objects(&environment(&[]));
    shows(
        "pool",
        &all,
        &["NodeadmConfig", "AWSManagedMachinePool", "MachinePool"],
    );
}

#[test]
fn pods_of_the_database_get_security_groups() {
    let component = super::pod_security_groups(&environment(&[])).expect("the fixture has groups");
    shows(
        "pod-security-groups",
        &component.application.manifests,
        &["SecurityGroupPolicy"],
    );
}

#[test]
fn without_groups_there_is_neither_an_application_nor_the_permission_for_it() {
    let without = environment(&[("postgres: [sg-0a1b2c3d4e5f60718]", "{}")]);
    assert!(super::pod_security_groups(&without).is_none());
    let control_plane = object(&without, "AWSManagedControlPlane");
    assert_eq!(control_plane["spec"].get("roleAdditionalPolicies"), None);
    assert!(!control_plane.to_string().contains("POD_ENI"));
    assert!(
        control_plane
            .to_string()
            .contains("ENABLE_PREFIX_DELEGATION")
    );
}

#[test]
fn the_kubelet_reserves_exactly_what_no_pod_gets() {
    let bootstrap = object(
        &environment(&[("evictionHard: 100Mi", "evictionHard: 235Mi")]),
        "NodeadmConfig",
    );
    let reserved = &bootstrap["spec"]["kubelet"]["config"]["reservedMemory"];
    assert_eq!(
        *reserved,
        serde_json::json!([{ "numaNode": 0, "limits": { "memory": "2000Mi" } }])
    );
}

#[test]
fn managers_that_share_everything_reserve_nothing_by_node() {
    let environment = environment(&[
        ("cpuManagerPolicy: static", "cpuManagerPolicy: none"),
        ("memoryManagerPolicy: static", "memoryManagerPolicy: none"),
    ]);
    let kubelet = &object(&environment, "NodeadmConfig")["spec"]["kubelet"]["config"];
    assert_eq!(
        (
            &kubelet["cpuManagerPolicy"],
            &kubelet["memoryManagerPolicy"]
        ),
        (&"none".into(), &"None".into())
    );
    assert_eq!(kubelet.get("reservedMemory"), None);
}

#[test]
fn the_api_server_is_open_to_the_named_addresses_only() {
    let endpoints = |environment: &Environment| {
        object(environment, "AWSManagedControlPlane")["spec"]["endpointAccess"].clone()
    };
    assert_eq!(
        endpoints(&environment(&[])),
        serde_json::json!({ "private": true, "public": false })
    );
    let open = environment(&[(
        "      addons:\n",
        "      publicAccess: [203.0.113.0/24]\n      addons:\n",
    )]);
    assert_eq!(
        endpoints(&open),
        serde_json::json!({ "private": true, "public": true, "publicCIDRs": ["203.0.113.0/24"] })
    );
}

#[test]
fn every_reference_leads_to_an_object_of_the_application() {
    leads_somewhere(&objects(&environment(&[])), 4);
}

/// Each of so many references names an object among these.
fn leads_somewhere(all: &[Manifest], count: usize) {
    let known: BTreeSet<(String, String, String)> = all
        .iter()
        .map(|object| {
            let id = object.id();
            (id.group().to_owned(), id.kind.to_string(), id.name.clone())
        })
        .collect();
    let mut references = Vec::new();
    for manifest in all {
        // What the provider's own operator is told leads to objects that it makes.
        let mut value = manifest.value();
        if let Some(spec) = value.pointer_mut("/spec").and_then(Value::as_object_mut) {
            spec.remove("resources");
        }
        collect_references(&value, &mut references);
    }
    assert_eq!(references.len(), count);
    for reference in references {
        assert!(known.contains(&reference), "{reference:?} leads nowhere");
    }
}

/// Every mapping with a group, a kind and a name.
fn collect_references(value: &Value, found: &mut Vec<(String, String, String)>) {
    let text = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
    if let (Some(group), Some(kind), Some(name)) = (text("apiGroup"), text("kind"), text("name")) {
        found.push((group, kind, name));
    }
    match value {
        Value::Object(fields) => fields
            .values()
            .for_each(|inner| collect_references(inner, found)),
        Value::Array(items) => items
            .iter()
            .for_each(|inner| collect_references(inner, found)),
        _ => {}
    }
}

#[test]
fn no_subnet_is_taken_for_one_that_exists_already() {
    let environment = environment(&[("  name: fixture\n", "  name: subnet-lab\n")]);
    let control_plane = object(&environment, "AWSManagedControlPlane");
    let subnets = control_plane["spec"]["network"]["subnets"]
        .as_array()
        .expect("a list");
    let names: BTreeSet<&str> = subnets
        .iter()
        .filter_map(|subnet| subnet["id"].as_str())
        .collect();
    assert_eq!(names.len(), 4);
    assert!(
        names.iter().all(|name| !name.starts_with("subnet-")),
        "{names:?}"
    );
}

#[test]
fn taints_reach_the_group_its_autoscaler_and_its_nodes() {
    let environment = environment(&[(
        "      labels: { team: shop }\n",
        "      labels: { team: shop }\n      taints: [\"dedicated=database:NoSchedule\"]\n",
    )]);
    let group = &object(&environment, "AWSManagedMachinePool")["spec"];
    assert_eq!(
        group["taints"],
        serde_json::json!([{ "key": "dedicated", "value": "database", "effect": "no-schedule" }])
    );
    assert_eq!(
        group["additionalTags"]["k8s.io/cluster-autoscaler/node-template/taint/dedicated"],
        "database:NoSchedule"
    );
    let flags = &object(&environment, "NodeadmConfig")["spec"]["kubelet"]["flags"];
    assert_eq!(
        flags[1],
        "--register-with-taints=dedicated=database:NoSchedule"
    );
}

#[test]
fn snapshots_come_with_their_add_on() {
    let names = |environment: &Environment| -> Vec<String> {
        object(environment, "AWSManagedControlPlane")["spec"]["addons"]
            .as_array()
            .expect("a list")
            .iter()
            .filter_map(|addon| addon["name"].as_str().map(str::to_owned))
            .collect()
    };
    assert!(!names(&environment(&[])).contains(&"snapshot-controller".to_owned()));
    let with = environment(&[(
        "        awsEbsCsiDriver: v1.64.0-eksbuild.1\n",
        "        awsEbsCsiDriver: v1.64.0-eksbuild.1\n        snapshotController: v8.6.0-eksbuild.1\n",
    )]);
    assert!(names(&with).contains(&"snapshot-controller".to_owned()));
}

#[test]
fn nobody_loses_a_cluster_or_its_nodes_without_a_question() {
    for provider in ["eks", "gke", "aks"] {
        for manifest in objects(&environment_of(provider, &[]))
            .iter()
            .filter(|manifest| manifest.id().kind != "Namespace")
        {
            let annotations = manifest.metadata().annotations.clone().unwrap_or_default();
            let options = annotations
                .get("argocd.argoproj.io/sync-options")
                .map_or("", String::as_str);
            assert!(
                options.contains("Prune=confirm") && options.contains("Delete=confirm"),
                "{}",
                manifest.id()
            );
        }
    }
}
