//! DELV019: what Argo CD applies has a name.

use crate::cluster::{Cluster, text};
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::delivery::applications;
use crate::rules::delivery::hooks::annotation;

/// What Argo CD applies has a name.
pub(crate) static RULE: Rule = Rule {
    code: "DELV019",
    area: Area::Delivery,
    severity: Severity::Error,
    title: "what Argo CD applies has a name",
    why: "Only a hook may leave its name to the server: an ordinary object would be a new one at every sync.",
    fix: "Write metadata.name, or make it a hook.",
    absorbs: &[],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    if applications::all(cluster).next().is_none() {
        return;
    }
    for document in cluster.documents() {
        let is_generated = document.id.name.is_empty()
            && text(&document.value, "/metadata/generateName").is_some();
        let is_hook = annotation(document, "hook").is_some();
        if is_generated && !is_hook {
            findings.add(
                document,
                "metadata.generateName",
                "the server would choose the name",
            );
        }
    }
}
