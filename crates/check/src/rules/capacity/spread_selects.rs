//! CAP014: a spread constraint counts the pods that it spreads.

use crate::cluster::Cluster;
use crate::cluster::{list, selector};
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// A spread constraint counts the pods that it spreads.
pub(crate) static RULE: Rule = Rule {
    code: "CAP014",
    area: Area::Capacity,
    severity: Severity::Warning,
    title: "a spread constraint counts the pods that it spreads",
    why: "A spread constraint counts the pods that its selector accepts. Where these are not the pods themselves, they may all stand in one place, or find none because of others.",
    fix: "Select by labels that the pod template has.",
    absorbs: &[],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for demand in &cluster.capacity.demands {
        let (Some(document), Some(spec)) = (demand.document, demand.spec) else {
            continue;
        };
        for (position, constraint) in list(spec, "/topologySpreadConstraints") {
            let wanted = constraint
                .get("labelSelector")
                .filter(|wanted| !wanted.is_null());
            let message = match wanted {
                Some(wanted) if selector::matches(wanted, &demand.labels) => continue,
                Some(wanted) => format!(
                    "it counts pods with {}, and those of {} have other labels",
                    selector::shown(wanted),
                    demand.title()
                ),
                None => "it has no selector, and counts no pods".to_owned(),
            };
            let path = demand.at(&format!("topologySpreadConstraints[{position}]"));
            findings.add(document, path, message);
        }
    }
}
