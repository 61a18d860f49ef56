//! CAP009: all pods find a place at their minimum.

use super::placing;
use crate::capacity::{At, Fault};
use crate::cluster::Cluster;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// All pods find a place at their minimum.
pub(crate) static RULE: Rule = Rule {
    code: "CAP009",
    area: Area::Capacity,
    severity: Severity::Error,
    title: "all pods find a place at their minimum",
    why: "With every node that the pools may have, some pods of the minimum stay pending: the platform does not come up as it is described.",
    fix: "Allow the pool more or larger nodes, ask for less, or spread less strictly.",
    absorbs: &[],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    let placed = placing::find(cluster, At::Minimum, None);
    for left in placed
        .into_iter()
        .flat_map(|placement| &placement.left_over)
    {
        if left.fault == Fault::Full {
            let message = placing::worded(left, "at the minimum");
            placing::say(cluster, left, message, findings);
        }
    }
}
