//! MESH016: a namespace says in one way how its pods join the mesh.

use crate::cluster::{Cluster, text};
use crate::pointer::Lookup;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// A namespace says in one way how its pods join the mesh.
pub(crate) static RULE: Rule = Rule {
    code: "MESH016",
    area: Area::Mesh,
    severity: Severity::Warning,
    title: "a namespace says in one way how its pods join the mesh",
    why: "`istio-injection` wins over a revision without a word: the pods stay with the old control plane.",
    fix: "Keep one of the labels istio-injection, istio.io/rev and istio.io/dataplane-mode.",
    absorbs: &["istioctl IST0123"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for namespace in cluster.of_kind("", "Namespace") {
        let Some(labels) = namespace.value.lookup("/metadata/labels") else {
            continue;
        };
        let label = |key: &str| labels.get(key).and_then(|value| value.as_str());
        // A namespace that is left out may name a revision for the pods that choose for themselves.
        let is_left_out = label("istio-injection").is_some_and(|value| value != "enabled");
        let said: Vec<String> = ["istio-injection", "istio.io/rev", "istio.io/dataplane-mode"]
            .into_iter()
            .filter_map(|key| Some(format!("{key}={}", label(key)?)))
            .collect();
        if said.len() > 1 && !is_left_out && text(&namespace.value, "/metadata/name").is_some() {
            findings.add(
                namespace,
                "metadata.labels",
                format!("it carries {}", said.join(" and ")),
            );
        }
    }
}
