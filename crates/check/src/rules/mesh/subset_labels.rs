//! MESH006: the labels of a subset fit pods.

use serde_json::Value as Json;

use crate::cluster::{Cluster, Found, namespace_of, selector, text};
use crate::document::Document;
use crate::pointer::Lookup;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::mesh::hosts::{self, Host};
use crate::rules::refs::service_pods::{pod_selector, selected};

/// The labels of a subset fit pods.
pub(crate) static RULE: Rule = Rule {
    code: "MESH006",
    area: Area::Mesh,
    severity: Severity::Error,
    title: "the labels of a subset fit pods",
    why: "A subset without pods has no endpoints: its share of the requests is answered with 503.",
    fix: "Use labels that the pods of the workload carry.",
    absorbs: &["istioctl IST0173"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for rule in cluster.of_kind(hosts::GROUP, "DestinationRule") {
        let Some(host) = text(&rule.value, "/spec/host") else {
            continue;
        };
        let Host::Service {
            found: Found::Document(service),
            namespace,
        } = hosts::resolve(cluster, host, namespace_of(rule))
        else {
            continue;
        };
        let Some(wanted) = pod_selector(&service.value) else {
            continue;
        };
        let pods = selected(cluster, namespace, wanted);
        for (index, name, subset) in hosts::subsets(rule) {
            let labels = subset
                .get("labels")
                .filter(|labels| labels.as_object().is_some_and(|labels| !labels.is_empty()));
            let Some(labels) = labels.filter(|_| !is_of_rollout(cluster, rule, name)) else {
                continue;
            };
            let own: Json = labels
                .as_object()
                .into_iter()
                .flatten()
                .filter(|(key, _)| !is_of_node(key))
                .map(|(key, value)| (key.clone(), value.clone()))
                .collect();
            if !pods
                .iter()
                .any(|pods| selector::matches_map(&own, &pods.labels))
            {
                let message = format!(
                    "no pod of Service {namespace}/{} has the labels {} of subset {name}",
                    service.id.name,
                    selector::shown(labels)
                );
                findings.add(rule, format!("spec.subsets[{index}].labels"), message);
            }
        }
    }
}

/// Whether Istio takes a label from where the pod runs and not from the pod.
fn is_of_node(key: &str) -> bool {
    key.starts_with("topology.kubernetes.io/")
        || key.starts_with("topology.istio.io/")
        || key == "kubernetes.io/hostname"
}

/// Whether a Rollout writes the labels of the subset while it runs.
fn is_of_rollout(cluster: &Cluster<'_>, rule: &Document, subset: &str) -> bool {
    cluster
        .of_kind("argoproj.io", "Rollout")
        .iter()
        .any(|rollout| {
            let routing = rollout
                .value
                .lookup("/spec/strategy/canary/trafficRouting/istio/destinationRule");
            namespace_of(rollout) == namespace_of(rule)
                && routing.is_some_and(|routing| {
                    text(routing, "/name") == Some(rule.id.name.as_str())
                        && [
                            text(routing, "/canarySubsetName"),
                            text(routing, "/stableSubsetName"),
                        ]
                        .contains(&Some(subset))
                })
        })
}
