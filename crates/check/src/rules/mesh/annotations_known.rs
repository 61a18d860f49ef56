//! MESH018: an annotation in Istio's name is one that Istio knows.

use crate::cluster::Cluster;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::mesh::annotations::{self, KNOWN};
use crate::syntax;

/// An annotation in Istio's name is one that Istio knows.
pub(crate) static RULE: Rule = Rule {
    code: "MESH018",
    area: Area::Mesh,
    severity: Severity::Warning,
    title: "an annotation in Istio's name is one that Istio knows",
    why: "Istio ignores an annotation that it does not know, and what it was to say does not happen.",
    fix: "Correct the name, or remove the annotation.",
    absorbs: &["istioctl IST0108"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for annotation in annotations::all(cluster) {
        if annotation.known().is_none() {
            let help = syntax::nearest(annotation.name, KNOWN.iter().map(|known| known.0))
                .map(|near| format!("did you mean `{near}`?"));
            let message = format!("Istio knows no annotation {}", annotation.name);
            findings.add_with_help(annotation.document, annotation.path, message, help);
        }
    }
}
