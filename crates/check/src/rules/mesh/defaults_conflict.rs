//! MESH012: a namespace has one Sidecar and one Telemetry without a selector.

use std::collections::BTreeMap;

use crate::cluster::{Cluster, namespace_of};
use crate::document::Document;
use crate::pointer::Lookup;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::mesh::selector_conflicts::{KINDS, selected_by};

/// A namespace has one Sidecar and one Telemetry without a selector.
pub(crate) static RULE: Rule = Rule {
    code: "MESH012",
    area: Area::Mesh,
    severity: Severity::Error,
    title: "a namespace has one Sidecar and one Telemetry without a selector",
    why: "Without a selector each is the default of the namespace; which of several is in force is not defined.",
    fix: "Merge them, or give all but one a selector.",
    absorbs: &["istioctl IST0111", "istioctl IST0160"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for (group, kind, pointer, _) in KINDS {
        let mut defaults: BTreeMap<&str, Vec<&Document>> = BTreeMap::new();
        for document in cluster.of_kind(group, kind) {
            // What is attached to one object by reference is nobody's default.
            let is_attached = document.value.lookup("/spec/targetRefs").is_some()
                || document.value.lookup("/spec/targetRef").is_some();
            if selected_by(document, pointer).is_none() && !is_attached {
                defaults
                    .entry(namespace_of(document))
                    .or_default()
                    .push(document);
            }
        }
        for (namespace, documents) in defaults.iter().filter(|(_, found)| found.len() > 1) {
            for (position, document) in documents.iter().enumerate() {
                let other = documents.get(usize::from(position == 0));
                let Some(other) = other else { continue };
                let message = format!(
                    "{kind} {} is the default of namespace {namespace} too",
                    other.id.name
                );
                findings.add(document, "spec", message);
            }
        }
    }
}
