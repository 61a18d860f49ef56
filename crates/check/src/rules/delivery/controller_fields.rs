//! DELV020: Argo CD leaves to a Rollout what it writes into the objects of the mesh.

use serde_json::Value as Json;

use crate::cluster::{Cluster, list, namespace_of, text};
use crate::document::Document;
use crate::pointer::Lookup;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::delivery::applications::{self, Tree};
use crate::rules::delivery::projects::fits;
use crate::rules::delivery::rollouts;
use crate::rules::mesh::hosts;

/// Argo CD leaves to a Rollout what it writes into the objects of the mesh.
pub(crate) static RULE: Rule = Rule {
    code: "DELV020",
    area: Area::Delivery,
    severity: Severity::Error,
    title: "what a Rollout writes into the objects of the mesh, Argo CD leaves alone",
    why: "Argo CD sets the weights back to those in Git in the middle of a canary: all requests go to one side at once.",
    fix: "Add ignoreDifferences for the weights of the VirtualService and the labels of the DestinationRule's subsets, with RespectIgnoreDifferences=true.",
    absorbs: &[],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    let tree = Tree::of(cluster);
    for rollout in rollouts::all(cluster) {
        let Some(istio) = rollout
            .value
            .lookup("/spec/strategy/canary/trafficRouting/istio")
        else {
            continue;
        };
        let single = istio.get("virtualService").into_iter();
        let services =
            single.chain(list(istio, "/virtualServices").map(|(_, reference)| reference));
        for name in services.filter_map(|reference| text(reference, "/name")) {
            let (name, namespace) = name
                .split_once('.')
                .unwrap_or((name, namespace_of(rollout)));
            judge(
                cluster,
                findings,
                &tree,
                ("VirtualService", namespace, name),
                &["weight", "/spec/http"],
            );
        }
        if let Some(name) = text(istio, "/destinationRule/name") {
            let of = ("DestinationRule", namespace_of(rollout), name);
            judge(cluster, findings, &tree, of, &["labels", "/spec/subsets"]);
        }
    }
}

fn judge(
    cluster: &Cluster<'_>,
    findings: &mut Findings<'_>,
    tree: &Tree<'_>,
    (kind, namespace, name): (&str, &str, &str),
    fields: &[&str],
) {
    let Some(document) = cluster.document(hosts::GROUP, kind, namespace, name) else {
        return;
    };
    if is_ignored_everywhere(cluster, kind) || is_ignored_by_itself(document) {
        return;
    }
    for owner in tree.owners(document) {
        let entries = list(&owner.application.value, "/spec/ignoreDifferences");
        let mut entries = entries.map(|(_, entry)| entry);
        if !entries.any(|entry| ignores(entry, document, fields)) {
            let what = if kind == "VirtualService" {
                "the weights"
            } else {
                "the labels of the subsets"
            };
            let message = format!(
                "Application {} sets {what} back that a Rollout writes",
                owner.application.id.name
            );
            findings.add(document, "spec", message);
        }
    }
}

/// Whether an entry is about this object and one of these fields, or about the controller of Rollouts.
fn ignores(entry: &Json, document: &Document, fields: &[&str]) -> bool {
    let covers = |field: &str, value: &str| {
        text(entry, field).is_none_or(|pattern| pattern.is_empty() || fits(pattern, value))
    };
    let is_about = text(entry, "/kind").is_some_and(|pattern| fits(pattern, &document.id.kind))
        && text(entry, "/group").is_some_and(|pattern| fits(pattern, document.id.group()))
        && covers("/name", &document.id.name)
        && covers("/namespace", namespace_of(document));
    let paths = ["/jqPathExpressions", "/jsonPointers"]
        .into_iter()
        .flat_map(|list_of| list(entry, list_of));
    let mut paths = paths.filter_map(|(_, path)| path.as_str());
    let names_field = paths.any(|path| fields.iter().any(|field| path.contains(field)));
    let mut managers =
        list(entry, "/managedFieldsManagers").filter_map(|(_, manager)| manager.as_str());
    is_about && (names_field || managers.any(|manager| manager.contains("rollouts")))
}

/// Whether the object says itself what is not to be compared.
fn is_ignored_by_itself(document: &Document) -> bool {
    ["ignore-differences-json-pointers", "compare-options"]
        .into_iter()
        .filter_map(|name| super::hooks::annotation(document, name))
        .any(|value| value.contains("/spec") || value.contains("IgnoreExtraneous"))
}

/// Whether Argo CD's own settings say so for all objects of the kind.
fn is_ignored_everywhere(cluster: &Cluster<'_>, kind: &str) -> bool {
    let key = format!("resource.customizations.ignoreDifferences.networking.istio.io_{kind}");
    let maps = cluster.of_kind("", "ConfigMap").iter();
    let mut maps = maps.filter(|map| map.id.name == "argocd-cm");
    let in_map = maps.any(|map| {
        map.value
            .get("data")
            .is_some_and(|data| data.get(&key).is_some())
    });
    let in_values = || {
        applications::all(cluster)
            .flat_map(applications::sources)
            .filter_map(|source| source.value.lookup("/helm/valuesObject/configs/cm"))
            .any(|settings| settings.get(&key).is_some())
    };
    in_map || in_values()
}
