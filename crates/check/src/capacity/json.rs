//! Quotas and places for programs.

use manifest::ResourceId;
use serde_json::{Map, Value, json};

use super::amounts::{Amounts, shown};
use super::placement::{Fault, LeftOver, Placement, PoolUse};
use super::quota::{Quota, QuotaLine};
use super::text::{View, percent};
use super::workloads::{Level, Scale, Workload};
use super::{Capacity, Driver};

/// Everything as one object; of the places, those that the view shows and those without each zone.
pub fn render(capacity: &Capacity, view: &View) -> Value {
    let is_asked = |placement: &&Placement| {
        let any_zone = view.without_zone.is_none() && view.at.is_none_or(|at| at == placement.at);
        view.shows(placement) || any_zone
    };
    let placements = capacity.placements.iter().filter(is_asked);
    let drivers = capacity.drivers();
    json!({
        "quotas": capacity.quotas.iter().map(quota).collect::<Vec<_>>(),
        "workloads": capacity.workloads.iter().map(workload).collect::<Vec<_>>(),
        "placements": placements.map(placement).collect::<Vec<_>>(),
        "drivers": { "minimum": driver(&drivers.minimum), "maximum": driver(&drivers.maximum) },
        "uncounted": capacity.uncounted,
    })
}

fn id(id: &ResourceId) -> Value {
    json!({
        "apiVersion": id.api_version,
        "kind": id.kind,
        "namespace": id.namespace,
        "name": id.name,
    })
}

fn amounts(amounts: &Amounts) -> Value {
    let entries = amounts.iter();
    let entries = entries.map(|(name, amount)| (name.to_owned(), json!(shown(name, amount))));
    Value::Object(entries.collect::<Map<String, Value>>())
}

fn quota(quota: &Quota) -> Value {
    json!({
        "object": id(&quota.id),
        "resources": quota.lines.iter().map(line).collect::<Vec<_>>(),
    })
}

fn line(line: &QuotaLine) -> Value {
    let amount = |amount| shown(&line.resource, amount);
    json!({
        "resource": line.resource,
        "limit": amount(line.limit),
        "minimum": amount(line.minimum),
        "rolloutAtMinimum": amount(line.rollout_at_minimum),
        "maximum": amount(line.maximum),
        "rollout": amount(line.rollout),
        "percent": percent(line.rollout, line.limit),
    })
}

fn workload(workload: &Workload) -> Value {
    let level = |level: Level| json!({ "steady": level.steady, "rollout": level.rollout });
    json!({
        "object": id(&workload.id),
        "external": workload.is_external,
        "scale": match workload.scale {
            Scale::Replicas => "replicas",
            Scale::Nodes => "nodes",
            Scale::Job => "job",
        },
        "scaledBy": workload.scaled_by,
        "minimum": level(workload.minimum),
        "maximum": level(workload.maximum),
        "requests": amounts(&workload.pod.requests),
        "limits": amounts(&workload.pod.limits),
        "priority": workload.priority,
    })
}

fn placement(placement: &Placement) -> Value {
    json!({
        "at": placement.at.as_str(),
        "withoutZone": placement.without_zone,
        "pools": placement.pools.iter().map(pool).collect::<Vec<_>>(),
        "leftOver": placement.left_over.iter().map(left_over).collect::<Vec<_>>(),
    })
}

fn pool(pool: &PoolUse) -> Value {
    json!({
        "pool": pool.pool,
        "zone": pool.zone,
        "nodes": pool.nodes,
        "pods": pool.pods,
        "used": amounts(&pool.used),
        "allocatable": amounts(&pool.allocatable),
    })
}

fn left_over(left: &LeftOver) -> Value {
    json!({
        "object": id(&left.workload),
        "pods": left.pods,
        "of": left.of,
        "fault": match left.fault {
            Fault::Never => "never",
            Fault::Full => "full",
            Fault::Waits => "waits",
            Fault::GivesWay => "givesWay",
        },
        "reason": left.reason,
        "remedy": left.remedy,
    })
}

fn driver(driver: &Driver) -> Value {
    json!({
        "pods": driver.pods,
        "nodes": driver.nodes,
        "requests": amounts(&driver.requests),
        "storage": shown("storage", driver.storage),
    })
}
