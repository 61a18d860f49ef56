//! CAP007: what containers, pods and claims ask for is within the limit ranges of their namespace.

use crate::capacity::{Amounts, ContainerSize, Demand, LimitRanges, Refused, shown};
use crate::cluster::{Cluster, namespace_of};
use crate::pointer::Lookup;
use crate::report::Findings;
use crate::rule::{Area, Rule, Severity};

/// What containers, pods and claims ask for is within the limit ranges of their namespace.
pub(crate) static RULE: Rule = Rule {
    code: "CAP007",
    area: Area::Capacity,
    severity: Severity::Error,
    title: "what containers, pods and claims ask for is within the limit ranges of their namespace",
    why: "The API server refuses each pod and claim that is outside of a limit range. The workload is taken, and has no pods.",
    fix: "Ask for an amount within the range, or widen the range.",
    absorbs: &[],
    check: Some(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    let model = &cluster.capacity;
    for demand in &model.demands {
        let Some(ranges) = model.ranges.get(demand.namespace) else {
            continue;
        };
        for container in demand.containers.iter().filter(|one| !one.path.is_empty()) {
            containers(demand, container, ranges, findings);
        }
        let pod = &demand.workload.pod;
        let whole = ranges.pod(&pod.requests, &pod.limits);
        say(demand, "", &whole, findings);
        for claim in &demand.workload.claims {
            say(demand, "", &ranges.claim(&claim.requests), findings);
        }
    }
    for claim in cluster.of_kind("", "PersistentVolumeClaim") {
        let Some(ranges) = model.ranges.get(namespace_of(claim)) else {
            continue;
        };
        let requests = Amounts::of(claim.value.lookup("/spec/resources/requests"));
        for refused in ranges.claim(&requests) {
            let path = format!("spec.resources.requests.{}", refused.resource);
            findings.add(claim, path, worded(&refused));
        }
    }
}

fn containers(
    demand: &Demand<'_>,
    container: &ContainerSize<'_>,
    ranges: &LimitRanges<'_>,
    findings: &mut Findings<'_>,
) {
    let refused = ranges.container(&container.requests, &container.limits);
    say(demand, &container.path, &refused, findings);
    let Some(document) = demand.document else {
        return;
    };
    // A limit that the range gives may be below the request that is stated.
    for (resource, request) in container.requests.iter() {
        let limit = container.limits.get(resource);
        let path = demand.at(&format!("{}.resources", container.path));
        let is_given = !container.states_limit(resource) && container.limits.states(resource);
        if is_given && request > limit {
            let message = format!(
                "container {} requests {} of {resource} and has no limit: the limit range gives it one of {}, which is less",
                container.name,
                shown(resource, request),
                shown(resource, limit)
            );
            findings.add(document, path, message);
        }
    }
}

fn say(demand: &Demand<'_>, place: &str, refused: &[Refused<'_>], findings: &mut Findings<'_>) {
    let Some(document) = demand.document else {
        return;
    };
    for one in refused {
        let path = if place.is_empty() {
            demand.at("")
        } else {
            demand.at(&format!("{place}.resources.{}", one.field))
        };
        findings.add(document, path, worded(one));
    }
}

fn worded(refused: &Refused<'_>) -> String {
    format!("{} (LimitRange {})", refused.message, refused.by.id.name)
}
