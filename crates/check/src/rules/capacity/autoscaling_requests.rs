//! CAP006: pods that are scaled by their use state the request that it is a share of.

use serde_json::Value as Json;

use crate::capacity::{Demand, Phase};
use crate::cluster::{Cluster, list, text};
use crate::document::Document;
use crate::pointer::Lookup;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// Pods that are scaled by their use state the request that it is a share of.
pub(crate) static RULE: Rule = Rule {
    code: "CAP006",
    area: Area::Capacity,
    severity: Severity::Error,
    title: "pods that are scaled by their use state the request that it is a share of",
    why: "Utilisation is use divided by request. Where one container has no request, the autoscaler cannot tell it and never scales.",
    fix: "Give every container of the workload a request of the resource, or scale by an average value.",
    absorbs: &[],
    check: Some(check),
};

/// A share of a request that an autoscaler watches.
struct Watched<'a> {
    path: String,
    resource: &'a str,
    /// The container, where it is one alone.
    container: Option<&'a str>,
}

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for demand in &cluster.capacity.demands {
        let Some(scaler) = demand.scaler else {
            continue;
        };
        for watched in watched(scaler) {
            for name in without(demand, &watched) {
                let message = format!(
                    "{} {} scales by the utilisation of {}, and container {name} of {} requests none",
                    scaler.id.kind,
                    scaler.id.name,
                    watched.resource,
                    demand.title(),
                );
                findings.add(scaler, watched.path.as_str(), message);
            }
        }
    }
}

fn watched(scaler: &Document) -> Vec<Watched<'_>> {
    let value = &scaler.value;
    if scaler.id.kind == "ScaledObject" {
        let triggers = list(value, "/spec/triggers").filter_map(|(position, trigger)| {
            let resource =
                text(trigger, "/type").filter(|kind| matches!(*kind, "cpu" | "memory"))?;
            let by = text(trigger, "/metricType").unwrap_or("Utilization");
            (by == "Utilization").then(|| Watched {
                path: format!("spec.triggers[{position}]"),
                resource,
                container: text(trigger, "/metadata/containerName"),
            })
        });
        return triggers.collect();
    }
    let plain = value.lookup("/spec/targetCPUUtilizationPercentage");
    let plain = plain.map(|_| Watched {
        path: "spec.targetCPUUtilizationPercentage".to_owned(),
        resource: "cpu",
        container: None,
    });
    let metrics = list(value, "/spec/metrics").filter_map(|(position, metric)| {
        let (field, source) = match text(metric, "/type")? {
            "Resource" => ("resource", metric.get("resource")?),
            "ContainerResource" => ("containerResource", metric.get("containerResource")?),
            _ => return None,
        };
        let is_share = text(source, "/target/type") == Some("Utilization")
            || source
                .lookup("/target/averageUtilization")
                .is_some_and(Json::is_number);
        is_share.then(|| Watched {
            path: format!("spec.metrics[{position}].{field}"),
            resource: text(source, "/name").unwrap_or_default(),
            container: text(source, "/container"),
        })
    });
    plain.into_iter().chain(metrics).collect()
}

/// The containers without the request.
fn without<'d>(demand: &'d Demand<'_>, watched: &Watched<'_>) -> Vec<&'d str> {
    let pointer = format!("/resources/requests/{}", watched.resource);
    if demand
        .spec
        .is_some_and(|spec| spec.lookup(&pointer).is_some())
    {
        return Vec::new();
    }
    let of_it = demand.containers.iter().filter(|container| {
        let is_meant = watched.container.is_none_or(|name| name == container.name);
        // Those that end before the others begin are not measured.
        is_meant && container.phase != Phase::Before && !container.path.is_empty()
    });
    of_it
        .filter(|container| container.requests.get(watched.resource).sign() == 0)
        .map(|container| container.name)
        .collect()
}
