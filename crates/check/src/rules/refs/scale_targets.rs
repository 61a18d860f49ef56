//! REFS010: the target of an autoscaler exists.

use crate::cluster::{Cluster, namespace_of};
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};
use crate::rules::workload::autoscaling::{self, Target};

/// The target of an autoscaler exists.
pub(crate) static RULE: Rule = Rule {
    code: "REFS010",
    area: Area::References,
    severity: Severity::Error,
    title: "the target of an autoscaler exists",
    why: "An autoscaler without a target scales nothing and says so only in its events.",
    fix: "Name the workload with its kind and API version; a Rollout is `argoproj.io/v1alpha1 Rollout`.",
    absorbs: &[
        "kube-linter dangling-horizontalpodautoscaler",
        "kube-score horizontalpodautoscaler-has-target",
    ],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for (scaler, path, pointer) in autoscaling::scalers(cluster) {
        let Some(Target { group, kind, name }) = Target::of(scaler, pointer) else {
            continue;
        };
        let namespace = namespace_of(scaler);
        if !cluster.exists(group, kind, namespace, name) {
            let help = cluster.nearest(group, kind, namespace, name);
            findings.add_with_help(
                scaler,
                path,
                format!("there is no {kind} {namespace}/{name}"),
                help,
            );
        }
    }
}
