//! CAP011: all pods find a place while one zone is lost.

use std::collections::BTreeMap;

use super::placing;
use crate::capacity::{At, Fault, LeftOver};
use crate::cluster::Cluster;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// All pods find a place while one zone is lost.
pub(crate) static RULE: Rule = Rule {
    code: "CAP011",
    area: Area::Capacity,
    severity: Severity::Warning,
    title: "all pods find a place while one zone is lost",
    why: "When a zone fails, its pods move to the others. Those that find no place there are gone until the zone is back.",
    fix: "Let the pools grow by a zone's share of nodes, or let the pods share nodes and zones.",
    absorbs: &[],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    let whole = placing::find(cluster, At::Minimum, None);
    let is_said = |left: &LeftOver| {
        whole.is_some_and(|placement| {
            placement
                .left_over
                .iter()
                .any(|known| known.is_missed() && known.workload == left.workload)
        })
    };
    // One finding a workload, of the zone whose loss is the worst.
    let mut worst: BTreeMap<usize, (&str, &LeftOver)> = BTreeMap::new();
    for placement in &cluster.capacity.placements {
        let Some(zone) = placement.without_zone.as_deref() else {
            continue;
        };
        for left in &placement.left_over {
            if left.fault != Fault::Full || is_said(left) {
                continue;
            }
            let entry = worst.entry(left.demand).or_insert((zone, left));
            if left.pods > entry.1.pods {
                *entry = (zone, left);
            }
        }
    }
    for (zone, left) in worst.into_values() {
        let message = placing::worded(left, &format!("without zone {zone}"));
        placing::say(cluster, left, message, findings);
    }
}
