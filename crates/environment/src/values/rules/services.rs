//! Services: whom they call exists, where they run exists, and what they choose fits there.

use names::ComponentName;

use crate::values::{Environment, Service, Strategy};
use crate::{Diagnostics, Located, nearest};

pub(super) fn check(environment: &Environment, diagnostics: &mut Diagnostics) {
    for (name, service) in &environment.services {
        namespace(environment, service, diagnostics);
        calls(environment, name, service, diagnostics);
        replicas(environment, service, diagnostics);
        metric(environment, service, diagnostics);
        preferred_nodes(environment, service, diagnostics);
    }
}

fn namespace(environment: &Environment, service: &Service, diagnostics: &mut Diagnostics) {
    let Some(namespace) = environment.namespaces.get(&service.namespace.value) else {
        let near = nearest(
            service.namespace.as_str(),
            environment
                .namespaces
                .keys()
                .map(names::NamespaceName::as_str),
        );
        diagnostics
            .error(
                &service.namespace.origin,
                format!("unknown namespace `{}`", service.namespace.value),
            )
            .maybe_help(near.map(|near| format!("did you mean `{near}`?")));
        return;
    };
    if service.rollout.value == Strategy::Canary && !namespace.mesh.value {
        diagnostics
            .error(
                &service.rollout.origin,
                "a canary needs the mesh to split traffic",
            )
            .label(
                &service.namespace.origin,
                "this namespace is outside the mesh",
            )
            .help("set `mesh: true` for the namespace, or choose `rolling` or `blue-green`");
    }
    if service.exposed.is_some() && !namespace.mesh.value {
        diagnostics
            .error(
                &service.namespace.origin,
                "the mesh gateway cannot lead to a service outside the mesh",
            )
            .help("set `mesh: true` for the namespace, or take `exposed` away");
    }
}

/// The components beside the services that may be called, where they are on.
fn components(environment: &Environment) -> Vec<&'static str> {
    let postgres = environment.postgres.iter().map(|_| "postgres");
    let cache = environment.cache.iter().map(|_| "cache");
    postgres.chain(cache).chain(["prometheus"]).collect()
}

fn calls(
    environment: &Environment,
    name: &ComponentName,
    service: &Service,
    diagnostics: &mut Diagnostics,
) {
    let known: Vec<&str> = environment
        .services
        .keys()
        .filter(|other| *other != name)
        .map(ComponentName::as_str)
        .chain(components(environment))
        .collect();
    for (index, call) in service.calls.iter().enumerate() {
        if call.value == *name {
            diagnostics
                .error(&call.origin, format!("`{name}` calls itself"))
                .help("a service may always do that: leave it out");
        } else if !known.contains(&call.as_str()) {
            let near = nearest(call.as_str(), known.iter().copied());
            diagnostics
                .error(&call.origin, format!("unknown service `{}`", call.value))
                .here("no service or component of this name is on in this environment")
                .maybe_help(near.map(|near| format!("did you mean `{near}`?")));
        }
        if let Some(first) = service
            .calls
            .iter()
            .take(index)
            .find(|other: &&Located<_>| other.value == call.value)
        {
            diagnostics
                .error(&call.origin, format!("`{}` is listed twice", call.value))
                .label(&first.origin, "first here");
        }
    }
}

fn replicas(environment: &Environment, service: &Service, diagnostics: &mut Diagnostics) {
    let replicas = environment.replicas(service);
    if replicas.min.value > replicas.max.value {
        diagnostics
            .error(
                &replicas.min.origin,
                format!(
                    "at least {} replicas, but at most {}",
                    replicas.min.value, replicas.max.value
                ),
            )
            .label(&replicas.max.origin, "the maximum");
    }
    if replicas.min.value == 0 {
        diagnostics
            .error(
                &replicas.min.origin,
                "an autoscaler cannot go down to no replicas",
            )
            .help("the least number is 1; 2 or more survive the loss of a node");
    }
    if replicas.min.value < replicas.max.value
        && replicas.cpu.is_none()
        && replicas.memory.is_none()
        && replicas.metric.is_none()
    {
        diagnostics
            .error(&replicas.max.origin, "nothing to scale by")
            .help("add `cpu: 70%`, `memory: 80%`, or both, or a `metric:` of the pods");
    }
    if let Some(vertical) = environment.vertical_scaling(service)
        && vertical.mode.value.changes_running_pods()
    {
        diagnostics
            .error(
                &vertical.mode.origin,
                "a vertical autoscaler would fight the horizontal one over the same pods",
            )
            .label(&replicas.max.origin, "scaled by use of CPU or memory here")
            .help("use `off` or `initial`");
    }
}

/// A metric has a name that Prometheus takes, and a target that can be reached.
fn metric(environment: &Environment, service: &Service, diagnostics: &mut Diagnostics) {
    let Some(metric) = &environment.replicas(service).metric else {
        return;
    };
    let begins = |byte: u8| byte.is_ascii_alphabetic() || byte == b'_';
    let name = metric.name.as_bytes();
    let is_name = name.first().copied().is_some_and(begins)
        && name
            .iter()
            .all(|byte| begins(*byte) || byte.is_ascii_digit());
    if !is_name {
        diagnostics
            .error(
                &metric.name.origin,
                format!("`{}` is no name of a metric", metric.name.value),
            )
            .help("letters, digits and underscores, for example `websocket_connections`");
    }
    if metric.average == 0 {
        diagnostics
            .error(&metric.name.origin, "an average of nothing cannot be held")
            .help("say how much of it one pod may have: `average: 500`");
    }
}

/// Nodes that a service rather runs on exist.
fn preferred_nodes(environment: &Environment, service: &Service, diagnostics: &mut Diagnostics) {
    for (key, value) in &service.prefers {
        let exists = environment
            .nodes
            .pools
            .values()
            .any(|pool| pool.labels.get(key) == Some(&value.value));
        if !exists {
            diagnostics
                .error(
                    &value.origin,
                    format!("no pool of nodes has the label `{key}: {}`", value.value),
                )
                .help("add the label to a pool under `nodes.pools`");
        }
    }
}
