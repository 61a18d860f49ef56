//! CAP012: containers say what they need.

use crate::capacity::{CPU, ContainerSize, MEMORY, Phase};
use crate::cluster::Cluster;
use crate::pointer::Lookup;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// Containers say what they need.
pub(crate) static RULE: Rule = Rule {
    code: "CAP012",
    area: Area::Capacity,
    severity: Severity::Warning,
    title: "containers say what they need",
    why: "Without requests the scheduler takes a pod for one that needs nothing and puts it onto a full node, where it is the first to be evicted. Without a limit of memory one leak takes the whole node with it.",
    fix: "State requests of CPU and memory and a limit of memory, or give the namespace a LimitRange with defaults.",
    absorbs: &[
        "kube-linter unset-cpu-requirements",
        "kube-linter unset-memory-requirements",
        "kube-score container-resources",
        "polaris cpuRequestsMissing",
        "polaris memoryLimitsMissing",
        "polaris memoryRequestsMissing",
    ],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for demand in &cluster.capacity.demands {
        let Some(document) = demand.document else {
            continue;
        };
        let of_pod = |field: &str, resource: &str| {
            let pointer = format!("/resources/{field}/{resource}");
            demand
                .spec
                .is_some_and(|spec| spec.lookup(&pointer).is_some())
        };
        // What runs before the others is there for moments; what the mesh adds is not the workload's to say.
        let running = demand
            .containers
            .iter()
            .filter(|container| container.phase != Phase::Before && !container.path.is_empty());
        for container in running {
            let missing: Vec<&str> = unsaid(container)
                .filter(|(field, resource, _)| !of_pod(field, resource))
                .map(|(_, _, words)| words)
                .collect();
            if !missing.is_empty() {
                let message = format!(
                    "container {} says no {}",
                    container.name,
                    missing.join(", no ")
                );
                let path = demand.at(&format!("{}.resources", container.path));
                findings.add(document, path, message);
            }
        }
    }
}

/// What a container leaves unsaid: field, resource, and both in words.
fn unsaid<'c>(
    container: &'c ContainerSize<'_>,
) -> impl Iterator<Item = (&'static str, &'static str, &'static str)> + 'c {
    let all = [
        ("requests", CPU, "request of CPU"),
        ("requests", MEMORY, "request of memory"),
        ("limits", MEMORY, "limit of memory"),
    ];
    all.into_iter().filter(|(field, resource, _)| {
        let amounts = if *field == "limits" {
            &container.limits
        } else {
            &container.requests
        };
        !amounts.states(resource)
    })
}
