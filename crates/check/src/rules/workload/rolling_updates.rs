//! WORK025: a change replaces the pods one after the other.

use serde_json::Value as Json;

use super::scale::Scalers;
use crate::cluster::{Cluster, text};
use crate::pointer::Lookup;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// A change replaces the pods one after the other.
pub(crate) static RULE: Rule = Rule {
    code: "WORK025",
    area: Area::Workload,
    severity: Severity::Warning,
    title: "a change replaces the pods one after the other",
    why: "With `Recreate` or `OnDelete` a change stops all pods before the first new one runs, or replaces none at all.",
    fix: "Use `RollingUpdate`; where two versions must not run together, one pod is the honest number.",
    absorbs: &[
        "kube-linter no-rolling-update-strategy",
        "kube-score deployment-strategy",
    ],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    let scalers = Scalers::of(cluster);
    for (group, kind, field) in STRATEGIES {
        for workload in cluster.of_kind(group, kind) {
            let strategy = text(&workload.value, &format!("/spec/{field}/type"));
            let Some(strategy) =
                strategy.filter(|strategy| !matches!(*strategy, "RollingUpdate" | "Rolling"))
            else {
                continue;
            };
            let replicas = workload
                .value
                .lookup("/spec/replicas")
                .and_then(Json::as_u64);
            let is_one = replicas.is_some_and(|replicas| replicas < 2)
                && scalers.scaling(workload).is_none();
            if !is_one {
                let message = format!("the strategy is {strategy}");
                findings.add(workload, format!("spec.{field}.type"), message);
            }
        }
    }
}

/// The kinds that have a strategy, and where.
const STRATEGIES: [(&str, &str, &str); 4] = [
    ("apps", "Deployment", "strategy"),
    ("apps.openshift.io", "DeploymentConfig", "strategy"),
    ("apps", "StatefulSet", "updateStrategy"),
    ("apps", "DaemonSet", "updateStrategy"),
];
