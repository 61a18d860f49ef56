//! WORK026: a `CronJob` says how late it may start.

use serde_json::Value as Json;

use crate::cluster::Cluster;
use crate::pointer::Lookup;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// A `CronJob` says how late it may start.
pub(crate) static RULE: Rule = Rule {
    code: "WORK026",
    area: Area::Workload,
    severity: Severity::Warning,
    title: "a CronJob says how late it may start",
    why: "Without a deadline the controller counts every missed start since the last one, and after a hundred it starts no job any more.",
    fix: "Set `startingDeadlineSeconds`.",
    absorbs: &["kube-score cronjob-has-deadline"],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for job in cluster.of_kind("batch", "CronJob") {
        if job
            .value
            .lookup("/spec/startingDeadlineSeconds")
            .is_none_or(Json::is_null)
        {
            findings.add(
                job,
                "spec.startingDeadlineSeconds",
                "it may start at any time after the schedule",
            );
        }
    }
}
