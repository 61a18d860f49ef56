//! WORK024: the pods of a workload are spread over nodes.

use serde_json::Value as Json;

use super::scale::Scalers;
use crate::cluster::{Cluster, Template, list, selector, templates};
use crate::pointer::Lookup;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// The pods of a workload are spread over nodes.
pub(crate) static RULE: Rule = Rule {
    code: "WORK024",
    area: Area::Workload,
    severity: Severity::Warning,
    title: "the pods of a workload are spread over nodes",
    why: "Left to itself the scheduler may put all pods on one node: the workload goes down with it.",
    fix: "Add `topologySpreadConstraints`, or a `podAntiAffinity`, that fit the labels of the pods themselves.",
    absorbs: &[
        "kube-linter no-anti-affinity",
        "kube-score deployment-has-host-podantiaffinity",
        "kube-score statefulset-has-host-podantiaffinity",
        "kube-score pod-topology-spread-constraints",
        "polaris topologySpreadConstraint",
    ],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    let scalers = Scalers::of(cluster);
    for template in templates(cluster) {
        let mut is_spread = !template.is_replicated() || !scalers.least(&template).may_be_several();
        for (index, constraint) in list(template.spec, "/topologySpreadConstraints") {
            if fits(constraint, &template) {
                is_spread = true;
            } else {
                let path =
                    template.path(&format!("topologySpreadConstraints[{index}].labelSelector"));
                findings.add(
                    template.owner,
                    path,
                    "the constraint does not count the pods themselves",
                );
                // One finding about the spreading is enough.
                is_spread = true;
            }
        }
        let terms = REQUIRED_AND_PREFERRED
            .into_iter()
            .flat_map(|(pointer, below)| {
                list(template.spec, pointer).filter_map(move |(_, term)| term.lookup(below))
            });
        is_spread |= terms.into_iter().any(|term| fits(term, &template));
        if !is_spread {
            let message = "nothing keeps the pods from running on one node";
            findings.add(
                template.owner,
                template.path("topologySpreadConstraints"),
                message,
            );
        }
    }
}

/// Where the terms that keep pods apart stand, and where the term is in each.
const REQUIRED_AND_PREFERRED: [(&str, &str); 2] = [
    (
        "/affinity/podAntiAffinity/requiredDuringSchedulingIgnoredDuringExecution",
        "",
    ),
    (
        "/affinity/podAntiAffinity/preferredDuringSchedulingIgnoredDuringExecution",
        "/podAffinityTerm",
    ),
];

/// Whether a term or constraint counts the pods that it stands in.
fn fits(term: &Json, template: &Template<'_, '_>) -> bool {
    let accepts =
        |wanted: &Json| wanted.is_object() && selector::matches(wanted, &template.pods.labels);
    // A term looks into its own namespace, unless it names others.
    let mut named = list(term, "/namespaces").peekable();
    let looks_here = named.peek().is_none()
        || term.get("namespaceSelector").is_some()
        || named.any(|(_, name)| name.as_str() == Some(template.pods.namespace));
    looks_here && term.get("labelSelector").is_some_and(accepts)
}
