//! CAP005: containers state what a quota of their namespace counts.

use std::collections::BTreeSet;

use crate::capacity::{Demand, demanded};
use crate::cluster::Cluster;
use crate::pointer::Lookup;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// Containers state what a quota of their namespace counts.
pub(crate) static RULE: Rule = Rule {
    code: "CAP005",
    area: Area::Capacity,
    severity: Severity::Error,
    title: "containers state what a quota of their namespace counts",
    why: "Where a quota counts CPU or memory, the API server refuses every pod with a container that says nothing of it and gets nothing by a limit range: the workload has no pods at all.",
    fix: "State the request or limit, or give the namespace a LimitRange with defaults.",
    absorbs: &[],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    let model = &cluster.capacity;
    let mut said = BTreeSet::new();
    for quota in &model.uses {
        let demanded = demanded(quota.document);
        for position in &quota.counted {
            let Some(demand) = model.demands.get(*position) else {
                continue;
            };
            for (field, resource) in &demanded {
                for path in missing(demand, field, resource) {
                    if !said.insert((*position, path.clone(), *field, resource.clone())) {
                        continue;
                    }
                    let what = match *field {
                        "limits" => format!("no limit of {resource}"),
                        _ => format!("no request of {resource}"),
                    };
                    let message = format!(
                        "{what}, which ResourceQuota {} counts, and no limit range of namespace {} gives it one",
                        quota.document.id.name, demand.namespace
                    );
                    if let Some(document) = demand.document {
                        findings.add(document, path, message);
                    }
                }
            }
        }
    }
}

/// The containers that do not state an amount; none where the pod states it for all of them.
fn missing(demand: &Demand<'_>, field: &str, resource: &str) -> Vec<String> {
    let pointer = format!("/resources/{field}/{resource}");
    if demand
        .spec
        .is_some_and(|spec| spec.lookup(&pointer).is_some())
    {
        return Vec::new();
    }
    let containers = demand.containers.iter().filter(|container| {
        let amounts = if field == "limits" {
            &container.limits
        } else {
            &container.requests
        };
        !container.path.is_empty() && !amounts.states(resource)
    });
    containers
        .map(|container| demand.at(&format!("{}.resources", container.path)))
        .collect()
}
