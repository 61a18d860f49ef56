//! What is said of pods that find no place.

use crate::capacity::{At, LeftOver, Placement};
use crate::cluster::Cluster;
use crate::report::Findings;

/// One of the placements that were made; none where no nodes are known.
pub(super) fn find<'c>(
    cluster: &'c Cluster<'_>,
    at: At,
    without_zone: Option<&str>,
) -> Option<&'c Placement> {
    cluster
        .capacity
        .placements
        .iter()
        .find(|placement| placement.at == at && placement.without_zone.as_deref() == without_zone)
}

/// How many pods find no place, when, and why.
pub(super) fn worded(left: &LeftOver, when: &str) -> String {
    let pods = match (left.pods, left.of) {
        (1, 1) => "its pod finds".to_owned(),
        (pods, of) if pods == of => format!("all of its {of} pods find"),
        (1, of) => format!("1 of its {of} pods finds"),
        (pods, of) => format!("{pods} of its {of} pods find"),
    };
    format!("{when} {pods} no place: {}", left.reason)
}

/// Reports pods that find no place with the object that makes them.
pub(super) fn say(
    cluster: &Cluster<'_>,
    left: &LeftOver,
    message: String,
    findings: &mut Findings<'_>,
) {
    let Some(demand) = cluster.capacity.demands.get(left.demand) else {
        return;
    };
    if let Some(document) = demand.document {
        findings.add_with_help(document, demand.at(""), message, left.remedy.clone());
    }
}
