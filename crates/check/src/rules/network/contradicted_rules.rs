//! NET013: the policies of the mesh do not take back what others of them say.

use crate::cluster::{Cluster, list, text};
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// The policies of the mesh do not take back what others of them say.
pub(crate) static RULE: Rule = Rule {
    code: "NET013",
    area: Area::Network,
    severity: Severity::Error,
    title: "the policies of the mesh do not take back what others of them say",
    why: "What is denied is denied whatever else allows it, and a denial without rules fits no request: one of the two policies does not do what it was written for.",
    fix: "Narrow the denial so that it leaves the callers that are meant, or take the rule back that allows them; to deny everything, write an empty rule.",
    absorbs: &[],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    let policies = cluster.of_kind("security.istio.io", "AuthorizationPolicy");
    let denies = |value| text(value, "/spec/action") == Some("DENY");
    for policy in policies.iter().filter(|policy| denies(&policy.value)) {
        if list(&policy.value, "/spec/rules").next().is_none() {
            findings.add(policy, "spec.rules", "without rules nothing is denied");
        }
    }
    if !policies.iter().any(|policy| denies(&policy.value)) {
        return;
    }
    for (id, path, by) in cluster.paths().contradicted() {
        if let Some(policy) = policies.iter().find(|policy| policy.id == id) {
            let namespace = by.namespace.as_deref().unwrap_or_default();
            let message = format!(
                "all that this rule allows is denied by {} {namespace}/{}",
                by.kind, by.name
            );
            findings.add(policy, path, message);
        }
    }
}
