//! WORK027: finished jobs are cleared away once.

use serde_json::Value as Json;

use crate::cluster::Cluster;
use crate::pointer::Lookup;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// Finished jobs are cleared away once.
pub(crate) static RULE: Rule = Rule {
    code: "WORK027",
    area: Area::Workload,
    severity: Severity::Warning,
    title: "finished jobs are cleared away once",
    why: "A Job that nobody clears away stays with its pods for ever. One of a CronJob is cleared by the history limits, and a time of its own takes away the failed one before anybody has looked.",
    fix: "Set `ttlSecondsAfterFinished` on a Job, and the history limits on a CronJob.",
    absorbs: &["kube-linter job-ttl-seconds-after-finished"],
    check: Some(check),
};

/// Argo CD clears the jobs that are its hooks.
const HOOK: &str = "/metadata/annotations/argocd.argoproj.io~1hook-delete-policy";

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for job in cluster.of_kind("batch", "Job") {
        let is_kept = job
            .value
            .lookup("/spec/ttlSecondsAfterFinished")
            .is_none_or(Json::is_null);
        if is_kept && job.value.lookup(HOOK).is_none() {
            findings.add(
                job,
                "spec.ttlSecondsAfterFinished",
                "nothing clears the Job away",
            );
        }
    }
    for job in cluster.of_kind("batch", "CronJob") {
        let pointer = "/spec/jobTemplate/spec/ttlSecondsAfterFinished";
        if job.value.lookup(pointer).is_some_and(Json::is_number) {
            let path = "spec.jobTemplate.spec.ttlSecondsAfterFinished";
            findings.add(
                job,
                path,
                "the jobs are cleared by their time, and not by the history limits",
            );
        }
    }
}
