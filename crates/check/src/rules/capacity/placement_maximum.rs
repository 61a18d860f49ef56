//! CAP010: all pods find a place at their maximum.

use super::placing;
use crate::capacity::{At, Fault};
use crate::cluster::Cluster;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// All pods find a place at their maximum.
pub(crate) static RULE: Rule = Rule {
    code: "CAP010",
    area: Area::Capacity,
    severity: Severity::Warning,
    title: "all pods find a place at their maximum",
    why: "When all autoscalers reach their maxima, and all jobs run, some pods stay pending: the load that the maxima are meant for is not carried.",
    fix: "Allow the pool more nodes, or lower a maximum.",
    absorbs: &[],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    let at_minimum = placing::find(cluster, At::Minimum, None);
    let placed = placing::find(cluster, At::Maximum, None);
    for left in placed
        .into_iter()
        .flat_map(|placement| &placement.left_over)
    {
        let is_said = at_minimum.is_some_and(|placement| {
            let mut known = placement.left_over.iter().filter(|known| known.is_missed());
            known.any(|known| known.workload == left.workload)
        });
        if left.fault == Fault::Full && !is_said {
            let message = placing::worded(left, "at the maximum");
            placing::say(cluster, left, message, findings);
        }
    }
}
