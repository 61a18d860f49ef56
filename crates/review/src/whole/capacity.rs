//! What the environment asks for at the least and at the most, and what its quotas allow.

use std::collections::BTreeMap;

use check::Document;
use check::capacity::{Amounts, CPU, Capacity, MEMORY, Quantity, capacity, shown};

use super::{Both, pods, tell, touches};
use crate::effect::Around;
use crate::model::{Direction, Topic, WholeChange, title};
use crate::tree::Side;

/// Says which sums and which quotas differ.
pub(super) fn compare(around: &Around<'_>, both: &[Both<'_>], found: &mut Vec<WholeChange>) {
    let kinds = [
        "HorizontalPodAutoscaler",
        "ResourceQuota",
        "LimitRange",
        "MachinePool",
        "NodePool",
    ];
    let runs_pods = both.iter().any(|both| {
        [both.old, both.new]
            .into_iter()
            .flatten()
            .any(|document| pods(document).is_some())
    });
    if !runs_pods && !touches(both, &[], &kinds) {
        return;
    }
    let (before, after) = (counted(around, Side::Base), counted(around, Side::Head));
    sums(&before, &after, found);
    quotas(&before, &after, found);
}

fn counted(around: &Around<'_>, side: Side) -> Capacity {
    let documents: Vec<Document> = around.trees.all(side).cloned().collect();
    capacity(&documents, around.context)
}

/// The requests of all workloads together.
fn sums(before: &Capacity, after: &Capacity, found: &mut Vec<WholeChange>) {
    for (when, is_most) in [("at the minimum", false), ("at the maximum", true)] {
        let (was, is) = (requested(before, is_most), requested(after, is_most));
        for resource in [CPU, MEMORY] {
            let (old, new) = (was.get(resource), is.get(resource));
            if old != new {
                let line = format!(
                    "all workloads request {resource} {when}: {} → {}",
                    shown(resource, old),
                    shown(resource, new)
                );
                tell(found, Topic::Capacity, Direction::Changed, line);
            }
        }
    }
}

fn requested(capacity: &Capacity, is_most: bool) -> Amounts {
    let mut sum = Amounts::default();
    for workload in &capacity.workloads {
        let level = if is_most {
            workload.maximum
        } else {
            workload.minimum
        };
        sum.add_times(&workload.pod.requests, level.steady);
    }
    sum
}

/// Each line of each quota whose use or limit differs.
fn quotas(before: &Capacity, after: &Capacity, found: &mut Vec<WholeChange>) {
    let lines = |capacity: &Capacity| -> BTreeMap<(String, String), [Quantity; 4]> {
        let quotas = capacity.quotas.iter().flat_map(|quota| {
            quota.lines.iter().map(|line| {
                let key = (title(&quota.id), line.resource.clone());
                (key, [line.limit, line.minimum, line.maximum, line.rollout])
            })
        });
        quotas.collect()
    };
    let (was, is) = (lines(before), lines(after));
    for ((quota, resource), new) in &is {
        let Some(old) = was.get(&(quota.clone(), resource.clone())) else {
            continue;
        };
        if old == new {
            continue;
        }
        let amount = |amount: Quantity| {
            shown(
                resource
                    .trim_start_matches("requests.")
                    .trim_start_matches("limits."),
                amount,
            )
        };
        let [limit, minimum, maximum, rollout] = *new;
        let verdict = if minimum > limit {
            "; does not fit even at the minimum"
        } else if maximum > limit {
            "; does not fit at the maximum"
        } else if rollout > limit {
            "; does not fit while new versions take over at the maximum"
        } else {
            ""
        };
        let line = format!(
            "{quota} {resource}: {} of {} at the minimum, {} at the maximum (was {} of {}, {}){verdict}",
            amount(minimum),
            amount(limit),
            amount(maximum),
            amount(old[1]),
            amount(old[0]),
            amount(old[2]),
        );
        tell(found, Topic::Capacity, Direction::Changed, line);
    }
}
