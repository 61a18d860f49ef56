//! SEC001: pods meet the Pod Security level that their namespace enforces.

use crate::cluster::{Cluster, templates};
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::security::standards::{Mode, admitted, violations};

/// Pods meet the Pod Security level that their namespace enforces.
pub(crate) static RULE: Rule = Rule {
    code: "SEC001",
    area: Area::Security,
    severity: Severity::Error,
    title: "pods meet the Pod Security level that their namespace enforces",
    why: "The API server refuses every pod that does not: the workload is accepted, and stays without pods.",
    fix: "Set the fields as the level demands, or run the workload in a namespace of its own with a wider level.",
    absorbs: &["kyverno pod-security"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for template in templates(cluster) {
        let Some(demand) = admitted(cluster, template.pods.namespace, Mode::Enforce) else {
            continue;
        };
        for violation in violations(&template, demand) {
            let message = format!(
                "{}; namespace {} enforces {}",
                violation.message,
                template.pods.namespace,
                demand.level.as_str()
            );
            findings.add(template.owner, violation.path, message);
        }
    }
}
