//! CAP001: a quota holds what the workloads ask for at their minimum.

use super::wording;
use crate::capacity::is_job;
use crate::cluster::Cluster;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// A quota holds what the workloads ask for at their minimum.
pub(crate) static RULE: Rule = Rule {
    code: "CAP001",
    area: Area::Capacity,
    severity: Severity::Error,
    title: "a quota holds what the workloads ask for at their minimum",
    why: "The API server refuses each pod and object beyond the quota. The workload that made it says nothing of that but in its events, and runs with too few pods or none.",
    fix: "Raise the quota, or ask for less: fewer replicas, smaller requests and limits.",
    absorbs: &[],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    let model = &cluster.capacity;
    for (quota, line, shares) in wording::lines(model) {
        if line.minimum > line.limit {
            let parts =
                wording::parts(model, line, shares, |demand| demand.workload.minimum.steady);
            let message = format!(
                "at their minimum the workloads of {} ask for {}",
                wording::namespace(quota),
                wording::too_much(line, line.minimum, &parts)
            );
            let help = wording::raise(line, line.minimum);
            findings.add_with_help(quota.document, wording::path(line), message, Some(help));
            continue;
        }
        for share in shares {
            let Some(demand) = model
                .demands
                .get(share.demand)
                .filter(|demand| is_job(demand))
            else {
                continue;
            };
            let pods = demand.workload.maximum.steady;
            let asked = line.minimum.plus(share.per_pod.times(pods));
            let Some(document) = demand.document.filter(|_| pods > 0 && asked > line.limit) else {
                continue;
            };
            let message = format!(
                "it asks for {} of {} when it runs, and ResourceQuota {} leaves {} of {} beside the workloads at their minimum",
                wording::product(&line.resource, pods, share.per_pod),
                line.resource,
                quota.document.id.name,
                crate::capacity::shown(&line.resource, line.limit.minus(line.minimum)),
                crate::capacity::shown(&line.resource, line.limit),
            );
            let help = format!(
                "raise the quota to {}",
                crate::capacity::shown(&line.resource, asked)
            );
            findings.add_with_help(document, demand.path, message, Some(help));
        }
    }
}
