//! DELV022: an object in Git looks as the server gives it back.

use serde_json::Value as Json;

use crate::cluster::{Cluster, list, text};
use crate::document::Document;
use crate::pointer::Lookup;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::delivery::applications::Tree;

/// An object in Git looks as the server gives it back.
pub(crate) static RULE: Rule = Rule {
    code: "DELV022",
    area: Area::Delivery,
    severity: Severity::Warning,
    title: "an object in Git looks as the server gives it back",
    why: "The Application is OutOfSync for ever, or is synced again and again: a real difference is not seen any more.",
    fix: "Write the form that the message names.",
    absorbs: &[],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    let tree = Tree::of(cluster);
    for document in cluster.documents() {
        if tree.owners(document).is_empty() {
            continue;
        }
        empty_maps(findings, document);
        if document.id.kind == "StatefulSet" && document.id.group() == "apps" {
            claim_templates(findings, document);
        }
    }
}

/// Maps that the server leaves out where they are empty.
const MAPS: [&str; 6] = [
    "metadata.labels",
    "metadata.annotations",
    "spec.template.metadata.labels",
    "spec.template.metadata.annotations",
    "spec.template.spec.nodeSelector",
    "spec.jobTemplate.spec.template.metadata.annotations",
];

fn empty_maps(findings: &mut Findings<'_>, document: &Document) {
    for path in MAPS {
        let pointer = format!("/{}", path.replace('.', "/"));
        let map = document.value.lookup(&pointer).and_then(Json::as_object);
        if map.is_some_and(serde_json::Map::is_empty) {
            findings.add(
                document,
                path,
                "the server leaves an empty map out; leave it out too",
            );
        }
    }
}

/// What the server adds to the claims of a `StatefulSet`.
fn claim_templates(findings: &mut Findings<'_>, document: &Document) {
    for (index, template) in list(&document.value, "/spec/volumeClaimTemplates") {
        let is_said = |field: &str| text(template, field).is_some();
        let missing: Vec<&str> = [
            ("/apiVersion", "apiVersion: v1"),
            ("/kind", "kind: PersistentVolumeClaim"),
            ("/spec/volumeMode", "spec.volumeMode: Filesystem"),
        ]
        .into_iter()
        .filter(|(field, _)| !is_said(field))
        .map(|(_, shown)| shown)
        .collect();
        if !missing.is_empty() {
            let message = format!("the server adds {}", missing.join(", "));
            findings.add(
                document,
                format!("spec.volumeClaimTemplates[{index}]"),
                message,
            );
        }
    }
}
