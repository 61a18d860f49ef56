//! Services: whom they call exists, where they run exists, and what they choose fits there.

use std::collections::BTreeMap;

use names::ComponentName;

use crate::values::{Environment, Service, Strategy, VerticalMode};
use crate::{Diagnostics, Located, nearest};

pub(super) fn check(environment: &Environment, diagnostics: &mut Diagnostics) {
    for (name, service) in &environment.services {
        namespace(environment, service, diagnostics);
        calls(environment, name, service, diagnostics);
        replicas(service, diagnostics);
    }
    exposed_paths(environment, diagnostics);
}

/// The gateway has one host, so that each of its paths leads to one service.
fn exposed_paths(environment: &Environment, diagnostics: &mut Diagnostics) {
    let mut owners = BTreeMap::new();
    for (name, service) in &environment.services {
        for path in service.exposed.iter().flat_map(|exposed| &exposed.paths) {
            if let Some((other, origin)) = owners.insert(path.value.clone(), (name, path.origin)) {
                diagnostics
                    .error(
                        &path.origin,
                        format!("`{}` leads to `{other}` already", path.value),
                    )
                    .label(&origin, "here")
                    .help(format!("give `{name}` a path of its own"));
            }
        }
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
    if service.rollout.value == Strategy::Canary && !namespace.mesh {
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
    if service.exposed.is_some() && !namespace.mesh {
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
    environment.postgres.iter().map(|_| "postgres").collect()
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

fn replicas(service: &Service, diagnostics: &mut Diagnostics) {
    let replicas = &service.replicas;
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
    {
        diagnostics
            .error(&replicas.max.origin, "nothing to scale by")
            .help("add `cpu: 70%`, `memory: 80%`, or both");
    }
    if let Some(vertical) = &service.vertical_scaling
        && vertical.mode.value == VerticalMode::Recreate
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
