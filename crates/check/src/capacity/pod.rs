//! What one pod asks for, as the scheduler and the quota count it.

use serde_json::Value as Json;

use super::amounts::{Amounts, CPU, MEMORY};
use super::limit_range::LimitRanges;
use crate::cluster::{Labels, list, text};
use crate::pointer::Lookup;

/// What one pod asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PodSize {
    /// What is kept free for it, in total.
    pub requests: Amounts,
    /// What it may use at most, in total, as far as its containers have limits.
    pub limits: Amounts,
}

/// A container with what it gets.
pub(crate) struct ContainerSize<'a> {
    /// Its name.
    pub(crate) name: &'a str,
    /// Where it stands below the pod specification: `containers[0]`; empty for one that the mesh adds.
    pub(crate) path: String,
    /// What it asks for, defaults included.
    pub(crate) requests: Amounts,
    /// What it may use, defaults included.
    pub(crate) limits: Amounts,
    /// What of it counts when.
    pub(crate) phase: Phase,
    /// The container itself.
    value: Option<&'a Json>,
}

impl ContainerSize<'_> {
    /// Whether the container itself states a limit.
    pub(crate) fn states_limit(&self, resource: &str) -> bool {
        let limits = self
            .value
            .and_then(|value| value.lookup("/resources/limits"));
        limits.is_some_and(|limits| limits.get(resource).is_some())
    }
}

/// When a container runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    /// Before the others, alone.
    Before,
    /// From the beginning, beside all others.
    Beside,
    /// With the others.
    Main,
}

/// What surrounds a pod.
pub(super) struct Surroundings<'s, 'a> {
    /// The limit ranges of its namespace.
    pub(super) ranges: Option<&'s LimitRanges<'a>>,
    /// What the mesh adds.
    pub(super) proxy: Option<PodSize>,
    /// What its runtime class adds.
    pub(super) overhead: Amounts,
}

/// All containers of a pod with what they get.
pub(super) fn containers<'a>(
    spec: &'a Json,
    surroundings: &Surroundings<'_, 'a>,
) -> Vec<ContainerSize<'a>> {
    let mut sizes = Vec::new();
    if let Some(proxy) = &surroundings.proxy {
        sizes.push(ContainerSize {
            name: "istio-proxy",
            path: String::new(),
            requests: proxy.requests.clone(),
            limits: proxy.limits.clone(),
            phase: Phase::Beside,
            value: None,
        });
    }
    for field in ["initContainers", "containers"] {
        let items = spec
            .get(field)
            .and_then(Json::as_array)
            .into_iter()
            .flatten();
        for (position, value) in items.enumerate() {
            sizes.push(container(value, field, position, surroundings.ranges));
        }
    }
    sizes
}

fn container<'a>(
    value: &'a Json,
    field: &str,
    position: usize,
    ranges: Option<&LimitRanges<'_>>,
) -> ContainerSize<'a> {
    let mut requests = Amounts::of(value.lookup("/resources/requests"));
    let mut limits = Amounts::of(value.lookup("/resources/limits"));
    // The server takes a limit for a request that is not stated, before any limit range is asked.
    for (resource, limit) in limits.iter() {
        if !requests.states(resource) {
            requests.set(resource, limit);
        }
    }
    if let Some(ranges) = ranges {
        ranges.complete(&mut requests, &mut limits);
    }
    let restarts = text(value, "/restartPolicy") == Some("Always");
    ContainerSize {
        name: text(value, "/name").unwrap_or_default(),
        path: format!("{field}[{position}]"),
        requests,
        limits,
        phase: match (field, restarts) {
            ("containers", _) => Phase::Main,
            (_, true) => Phase::Beside,
            (_, false) => Phase::Before,
        },
        value: Some(value),
    }
}

/// What the pod asks for as a whole: the containers that run together, or the greatest of those before them if that is
/// more; what the pod states for itself counts instead; and what the runtime adds.
pub(super) fn total(
    spec: &Json,
    sizes: &[ContainerSize<'_>],
    surroundings: &Surroundings<'_, '_>,
) -> PodSize {
    let mut size = PodSize {
        requests: together(sizes, |container| &container.requests),
        limits: together(sizes, |container| &container.limits),
    };
    let stated = |pointer| Amounts::of(spec.lookup(pointer));
    let (requests, limits) = (stated("/resources/requests"), stated("/resources/limits"));
    for (resource, limit) in limits.iter() {
        size.limits.set(resource, limit);
        if !requests.states(resource) && !size.requests.states(resource) {
            size.requests.set(resource, limit);
        }
    }
    for (resource, request) in requests.iter() {
        size.requests.set(resource, request);
    }
    size.requests.add(&surroundings.overhead);
    for (resource, amount) in surroundings.overhead.iter() {
        if size.limits.states(resource) {
            let with_overhead = size.limits.get(resource).plus(amount);
            size.limits.set(resource, with_overhead);
        }
    }
    size
}

fn together(
    sizes: &[ContainerSize<'_>],
    amounts: for<'s> fn(&'s ContainerSize<'_>) -> &'s Amounts,
) -> Amounts {
    let mut running = Amounts::default();
    let mut greatest = Amounts::default();
    // Those before the others run one after the other, beside those that were started before them.
    for size in sizes.iter().filter(|size| size.phase != Phase::Main) {
        if size.phase == Phase::Beside {
            running.add(amounts(size));
        } else {
            let mut moment = running.clone();
            moment.add(amounts(size));
            greatest = greatest.greatest(&moment);
        }
    }
    for size in sizes.iter().filter(|size| size.phase == Phase::Main) {
        running.add(amounts(size));
    }
    running.greatest(&greatest)
}

/// What the mesh adds to a pod: nothing, what the pod says of it, or what the mesh gives to all.
pub(super) fn proxy(
    spec: &Json,
    pod: &PodMetadata<'_>,
    namespace: Option<&Labels>,
    usual: &PodSize,
) -> Option<PodSize> {
    let of_namespace = namespace.is_some_and(|labels| {
        labels.get("istio-injection").map(String::as_str) == Some("enabled")
            || (labels.contains_key("istio.io/rev")
                && labels.get("istio-injection").map(String::as_str) != Some("disabled"))
    });
    let of_pod = pod
        .labels
        .get("sidecar.istio.io/inject")
        .map(String::as_str)
        .or_else(|| pod.annotation("sidecar.istio.io/inject"));
    let wanted = match of_pod {
        Some(wanted) => wanted == "true" && (of_namespace || namespace.is_some()),
        None => of_namespace,
    };
    let is_on_host = spec.get("hostNetwork").and_then(Json::as_bool) == Some(true);
    if !wanted || is_on_host || has_proxy(spec) {
        return None;
    }
    let mut size = usual.clone();
    for (annotation, is_limit, resource) in [
        ("sidecar.istio.io/proxyCPU", false, CPU),
        ("sidecar.istio.io/proxyMemory", false, MEMORY),
        ("sidecar.istio.io/proxyCPULimit", true, CPU),
        ("sidecar.istio.io/proxyMemoryLimit", true, MEMORY),
    ] {
        let stated = pod.annotation(annotation);
        if let Some(amount) = stated.and_then(crate::quantity::Quantity::parse) {
            let amounts = if is_limit {
                &mut size.limits
            } else {
                &mut size.requests
            };
            amounts.set(resource, amount);
        }
    }
    Some(size)
}

/// A proxy that was written into the pod already is not added again.
fn has_proxy(spec: &Json) -> bool {
    ["/containers", "/initContainers"]
        .into_iter()
        .any(|pointer| {
            list(spec, pointer)
                .any(|(_, container)| text(container, "/name") == Some("istio-proxy"))
        })
}

/// What the mesh asks of a pod's metadata.
pub(super) struct PodMetadata<'a> {
    pub(super) labels: &'a Labels,
    pub(super) annotations: Option<&'a Json>,
}

impl<'a> PodMetadata<'a> {
    fn annotation(&self, key: &str) -> Option<&'a str> {
        self.annotations?.get(key).and_then(Json::as_str)
    }
}
