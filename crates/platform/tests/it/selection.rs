//! Selectors: whatever selects pods selects those of a workload of the tree.

use std::collections::BTreeMap;

use manifest::Manifest;
use platform::external_objects;

use crate::environments::{Rendered, WORKLOADS, every, field};

/// Where each kind keeps the labels by which it selects pods of its own namespace.
const SELECTORS: [(&str, &str); 4] = [
    ("Service", "/spec/selector"),
    ("PodDisruptionBudget", "/spec/selector/matchLabels"),
    ("NetworkPolicy", "/spec/podSelector/matchLabels"),
    ("AuthorizationPolicy", "/spec/selector/matchLabels"),
];

type Labels = BTreeMap<String, String>;

fn labels(manifest: &Manifest, pointer: &str) -> Labels {
    let value = field(manifest, pointer);
    let entries = value.as_object().into_iter().flatten();
    entries
        // The controller of a StatefulSet gives each pod a label with its own name.
        .filter(|(key, _)| *key != "statefulset.kubernetes.io/pod-name")
        .filter_map(|(key, value)| Some((key.clone(), value.as_str()?.to_owned())))
        .collect()
}

/// Where a kind that runs pods keeps their template.
fn template(kind: &str) -> Option<&'static str> {
    match kind {
        "CronJob" => Some("/spec/jobTemplate/spec/template"),
        "Job" => Some("/spec/template"),
        _ => WORKLOADS.contains(&kind).then_some("/spec/template"),
    }
}

fn is_selected(rendered: &Rendered, selecting: &Manifest, selector: &Labels) -> bool {
    let of_a_chart = external_objects(&rendered.environment)
        .into_iter()
        .filter(|object| object.namespace == selecting.id().namespace)
        .any(|object| {
            let pods: Labels = object.pod_labels.into_iter().collect();
            selector
                .iter()
                .all(|(key, value)| pods.get(key) == Some(value))
        });
    of_a_chart
        || rendered
            .manifests()
            .filter(|workload| workload.id().namespace == selecting.id().namespace)
            .filter_map(|workload| Some((workload, template(&workload.id().kind)?)))
            .any(|(workload, template)| {
                let pods = labels(workload, &format!("{template}/metadata/labels"));
                selector
                    .iter()
                    .all(|(key, value)| pods.get(key) == Some(value))
            })
}

#[test]
fn whatever_selects_pods_selects_those_of_a_workload_in_its_namespace() {
    for rendered in every() {
        for (kind, pointer) in SELECTORS {
            let mut count = 0;
            for manifest in rendered.of_kind(kind) {
                let selector = labels(manifest, pointer);
                if !selector.is_empty() {
                    count += 1;
                    assert!(
                        is_selected(&rendered, manifest, &selector),
                        "{}: {}",
                        rendered.fixture,
                        manifest.id()
                    );
                }
            }
            let meshed = rendered
                .environment
                .namespaces
                .values()
                .any(|namespace| namespace.mesh.value);
            assert_eq!(
                count > 0,
                meshed || kind != "AuthorizationPolicy",
                "{}: {kind}",
                rendered.fixture
            );
        }
    }
}

#[test]
fn every_workload_selects_its_own_pods() {
    for rendered in every() {
        for workload in rendered
            .manifests()
            .filter(|manifest| WORKLOADS.contains(&&*manifest.id().kind))
        {
            let selector = labels(workload, "/spec/selector/matchLabels");
            let pods = labels(workload, "/spec/template/metadata/labels");
            assert!(!selector.is_empty(), "{} selects nothing", workload.id());
            assert!(
                selector
                    .iter()
                    .all(|(key, value)| pods.get(key) == Some(value)),
                "{}",
                workload.id()
            );
        }
    }
}

#[test]
fn the_selectors_of_the_workloads_are_these_and_never_change() {
    let rendered = Rendered::of(crate::environments::SMALL);
    let selectors: BTreeMap<String, Labels> = rendered
        .manifests()
        .filter(|manifest| WORKLOADS.contains(&&*manifest.id().kind))
        .map(|workload| {
            (
                workload.id().to_string(),
                labels(workload, "/spec/selector/matchLabels"),
            )
        })
        .collect();
    let expected = [
        ("apps/v1 DaemonSet agents/fluentd", "fluentd"),
        ("apps/v1 Deployment shop/orders", "orders"),
        ("apps/v1 Deployment shop/web", "web"),
        ("apps/v1 StatefulSet data/postgres", "postgres"),
        ("apps/v1 StatefulSet watch/prometheus", "prometheus"),
    ];
    let expected = expected
        .map(|(id, app)| {
            (
                id.to_owned(),
                Labels::from([("app".to_owned(), app.to_owned())]),
            )
        })
        .into();
    assert_eq!(selectors, expected);
}

#[test]
fn the_claims_and_services_that_data_hangs_on_are_these_and_never_change() {
    let rendered = Rendered::of(crate::environments::SMALL);
    let fields = |namespace: &str, name: &str| {
        let found = rendered.find("StatefulSet", namespace, name);
        found.map(|set| {
            ["/spec/serviceName", "/spec/volumeClaimTemplates/0/metadata"]
                .map(|pointer| field(set, pointer).to_string())
        })
    };
    let expected = |service: &str, claim: &str, app: &str| {
        Some([
            format!("\"{service}\""),
            format!(r#"{{"labels":{{"app":"{app}"}},"name":"{claim}"}}"#),
        ])
    };
    assert_eq!(
        fields("data", "postgres"),
        expected("postgres-headless", "postgres-storage", "postgres")
    );
    assert_eq!(
        fields("watch", "prometheus"),
        expected("prometheus-headless", "data", "prometheus")
    );
}
