//! What the environment asks for at the least and at the most, and what its quotas allow.

use std::collections::BTreeMap;

use check::Document;
use check::capacity::{Amounts, CPU, Capacity, MEMORY, Quantity, shown};

use serde_json::Value as Json;

use super::{Both, items, pods, tell, touches};
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
    let asks_otherwise = both.iter().any(|both| asks(both.old) != asks(both.new));
    if !asks_otherwise && !touches(both, &[], &kinds) {
        return;
    }
    let (before, after) = (around.capacity(Side::Base), around.capacity(Side::Head));
    sums(before, after, found);
    quotas(before, after, found);
}

/// What of a workload decides how much it asks for.
fn asks(document: Option<&Document>) -> Vec<&Json> {
    let Some((document, spec)) = document.and_then(|document| Some((document, pods(document)?)))
    else {
        return Vec::new();
    };
    let own = [
        "/spec/replicas",
        "/spec/strategy",
        "/spec/updateStrategy",
        "/spec/volumeClaimTemplates",
    ];
    let own = own
        .iter()
        .filter_map(|pointer| document.value.pointer(pointer));
    let containers = ["containers", "initContainers"]
        .into_iter()
        .flat_map(|list| items(spec, list));
    // A workload without any of them still asks for pods.
    own.chain(containers.map(|container| container.get("resources").unwrap_or(&Json::Null)))
        .chain([&Json::Null])
        .collect()
}

/// The requests of all workloads together.
fn sums(before: &Capacity, after: &Capacity, found: &mut Vec<WholeChange>) {
    let least = (requested(before, false), requested(after, false));
    let most = (requested(before, true), requested(after, true));
    for resource in [CPU, MEMORY] {
        let of = |amounts: &(Amounts, Amounts)| (amounts.0.get(resource), amounts.1.get(resource));
        let (at_least, at_most) = (of(&least), of(&most));
        if at_least.0 == at_least.1 && at_most.0 == at_most.1 {
            continue;
        }
        let line = format!(
            "all workloads together request {resource} {} → {} at the minimum, {} → {} at the maximum",
            shown(resource, at_least.0),
            shown(resource, at_least.1),
            shown(resource, at_most.0),
            shown(resource, at_most.1)
        );
        tell(found, Topic::Capacity, Direction::Changed, line);
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
