//! CAP004: a quota has room for new versions beside the old ones.

use super::wording;
use crate::cluster::Cluster;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// A quota has room for new versions beside the old ones.
pub(crate) static RULE: Rule = Rule {
    code: "CAP004",
    area: Area::Capacity,
    severity: Severity::Warning,
    title: "a quota has room for new versions beside the old ones",
    why: "A new version takes over with more pods than before: a surge, a canary, or all of them twice. Where the quota refuses those, the update stands still until its deadline.",
    fix: "Raise the quota to what a roll-out needs, let fewer pods surge, or lower the maximum.",
    absorbs: &[],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    let model = &cluster.capacity;
    for (quota, line, shares) in wording::lines(model) {
        let (asked, level, parts) =
            if line.minimum <= line.limit && line.rollout_at_minimum > line.limit {
                let parts = wording::parts(model, line, shares, |demand| {
                    demand.workload.minimum.rollout
                });
                (line.rollout_at_minimum, "minimum", parts)
            } else if line.maximum <= line.limit && line.rollout > line.limit {
                let parts = wording::parts(model, line, shares, |demand| {
                    demand.workload.maximum.rollout
                });
                (line.rollout, "maximum", parts)
            } else {
                continue;
            };
        let message = format!(
            "while new versions take over at their {level} the workloads of {} ask for {}",
            wording::namespace(quota),
            wording::too_much(line, asked, &parts)
        );
        let help = wording::raise(line, asked);
        findings.add_with_help(quota.document, wording::path(line), message, Some(help));
    }
}
