//! CAP002: a workload can reach the maximum of its autoscaler within the quota.

use super::wording;
use crate::capacity::{Demand, QuotaLine, Share, shown};
use crate::cluster::Cluster;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// A workload can reach the maximum of its autoscaler within the quota.
pub(crate) static RULE: Rule = Rule {
    code: "CAP002",
    area: Area::Capacity,
    severity: Severity::Error,
    title: "a workload can reach the maximum of its autoscaler within the quota",
    why: "Under load the autoscaler asks for pods that the quota refuses, even while everything else is at its minimum: the maximum is a promise that cannot be kept.",
    fix: "Lower the maximum to what fits, or raise the quota to what the maximum needs.",
    absorbs: &[],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    let model = &cluster.capacity;
    for (quota, line, shares) in wording::lines(model) {
        for share in shares {
            let Some(demand) = model.demands.get(share.demand) else {
                continue;
            };
            let Some(scaler) = demand.scaler.filter(|_| is_broken(line, share, demand)) else {
                continue;
            };
            let (least, most) = (
                demand.workload.minimum.steady,
                demand.workload.maximum.steady,
            );
            let others = line.minimum.minus(share.per_pod.times(least));
            let left = line.limit.minus(others);
            let beside = if others.sign() > 0 {
                format!(
                    ", {} of which others have at their minimum",
                    shown(&line.resource, others)
                )
            } else {
                String::new()
            };
            let message = format!(
                "{} of {}, and {} may have {}{beside}",
                wording::product(&line.resource, most, share.per_pod),
                line.resource,
                wording::namespace(quota),
                shown(&line.resource, line.limit),
            );
            let needed = others.plus(share.per_pod.times(most));
            let help = format!(
                "at most {} replicas fit, or raise ResourceQuota {} to {}",
                left.holds(share.per_pod).unwrap_or(0),
                quota.document.id.name,
                shown(&line.resource, needed)
            );
            let path = match &*scaler.id.kind {
                "ScaledObject" => "spec.maxReplicaCount",
                _ => "spec.maxReplicas",
            };
            findings.add_with_help(scaler, path, message, Some(help));
        }
    }
}

/// Whether a workload alone at its maximum asks for too much, where all fit at their minimum.
pub(super) fn is_broken(line: &QuotaLine, share: &Share, demand: &Demand<'_>) -> bool {
    let (least, most) = (
        demand.workload.minimum.steady,
        demand.workload.maximum.steady,
    );
    let grown = share.per_pod.times(most.saturating_sub(least));
    line.minimum <= line.limit && demand.scaler.is_some() && line.minimum.plus(grown) > line.limit
}
