//! CAP003: a quota holds what all workloads ask for at their maximum.

use super::{quota_own_maximum, wording};
use crate::cluster::Cluster;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// A quota holds what all workloads ask for at their maximum.
pub(crate) static RULE: Rule = Rule {
    code: "CAP003",
    area: Area::Capacity,
    severity: Severity::Warning,
    title: "a quota holds what all workloads ask for at their maximum",
    why: "Load rarely comes to one workload alone. When several grow at once, or a job runs meanwhile, those that come last get no more pods.",
    fix: "Raise the quota to the sum of the maxima, or lower some of them.",
    absorbs: &[],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    let model = &cluster.capacity;
    for (quota, line, shares) in wording::lines(model) {
        let is_said = shares.iter().any(|share| {
            let demand = model.demands.get(share.demand);
            demand.is_some_and(|demand| quota_own_maximum::is_broken(line, share, demand))
        });
        if line.maximum <= line.limit || line.minimum > line.limit || is_said {
            continue;
        }
        let parts = wording::parts(model, line, shares, |demand| demand.workload.maximum.steady);
        let message = format!(
            "at their maximum the workloads of {} ask for {}",
            wording::namespace(quota),
            wording::too_much(line, line.maximum, &parts)
        );
        let help = wording::raise(line, line.maximum);
        findings.add_with_help(quota.document, wording::path(line), message, Some(help));
    }
}
