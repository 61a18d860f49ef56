//! DELV011: the workload that a Rollout takes its pods from exists.

use crate::cluster::{Cluster, namespace_of, text};
use crate::pointer::Lookup;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::delivery::rollouts;

/// The workload that a Rollout takes its pods from exists.
pub(crate) static RULE: Rule = Rule {
    code: "DELV011",
    area: Area::Delivery,
    severity: Severity::Error,
    title: "the workload that a Rollout takes its pods from exists",
    why: "The Rollout has no template and starts no pods.",
    fix: "Name a Deployment of the same namespace, with its API version.",
    absorbs: &["argo-rollouts InvalidWorkloadRef"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for rollout in rollouts::all(cluster) {
        let Some(reference) = rollout.value.lookup("/spec/workloadRef") else {
            continue;
        };
        let version = text(reference, "/apiVersion").unwrap_or_default();
        let group = version.split_once('/').map_or("", |(group, _)| group);
        let kind = text(reference, "/kind").unwrap_or_default();
        let name = text(reference, "/name").unwrap_or_default();
        let namespace = namespace_of(rollout);
        if !cluster.exists(group, kind, namespace, name) {
            let help = cluster.nearest(group, kind, namespace, name);
            let message = format!("there is no {kind} {namespace}/{name} of {version}");
            findings.add_with_help(rollout, "spec.workloadRef", message, help);
        }
    }
}
