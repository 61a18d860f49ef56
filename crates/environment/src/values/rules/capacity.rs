//! Capacity: at the maximum of its autoscalers a namespace asks for no more than its quota.

use names::{Bytes, Cpu, NamespaceName};

use crate::Diagnostics;
use crate::values::{Environment, Namespace};

pub(super) fn check(environment: &Environment, diagnostics: &mut Diagnostics) {
    for (name, namespace) in &environment.namespaces {
        cpu(environment, name, namespace, diagnostics);
        memory(environment, name, namespace, diagnostics);
    }
}

/// What the mesh's proxy adds to each pod of a namespace.
fn proxy(environment: &Environment, namespace: &Namespace) -> (Cpu, Bytes) {
    if !namespace.mesh {
        return (Cpu::ZERO, Bytes::ZERO);
    }
    let proxy = &environment.mesh.proxy;
    (*proxy.cpu.lower(), *proxy.memory.lower())
}

fn cpu(
    environment: &Environment,
    name: &NamespaceName,
    namespace: &Namespace,
    diagnostics: &mut Diagnostics,
) {
    let extra = proxy(environment, namespace).0;
    let services = || {
        environment
            .services
            .values()
            .filter(|service| service.namespace.value == *name)
    };
    let total: Cpu = services()
        .map(|service| (*service.resources.cpu.lower() + extra) * service.replicas.max.value)
        .sum();
    if total <= *namespace.quota.cpu.lower() {
        return;
    }
    if let Some(most) =
        services().max_by_key(|service| *service.resources.cpu.lower() * service.replicas.max.value)
    {
        diagnostics
            .error(
                &most.replicas.max.origin,
                "maximum replicas need more CPU than the namespace may request",
            )
            .label(
                &namespace.quota.cpu.origin,
                format!("{name} may request {}", namespace.quota.cpu.lower()),
            )
            .help(format!(
                "its services need {total} at their maxima: raise the quota or lower a maximum"
            ));
    }
}

fn memory(
    environment: &Environment,
    name: &NamespaceName,
    namespace: &Namespace,
    diagnostics: &mut Diagnostics,
) {
    let extra = proxy(environment, namespace).1;
    let services = || {
        environment
            .services
            .values()
            .filter(|service| service.namespace.value == *name)
    };
    let total: Bytes = services()
        .map(|service| (*service.resources.memory.lower() + extra) * service.replicas.max.value)
        .sum();
    if total <= *namespace.quota.memory.lower() {
        return;
    }
    if let Some(most) = services()
        .max_by_key(|service| *service.resources.memory.lower() * service.replicas.max.value)
    {
        diagnostics
            .error(
                &most.replicas.max.origin,
                "maximum replicas need more memory than the namespace may request",
            )
            .label(
                &namespace.quota.memory.origin,
                format!("{name} may request {}", namespace.quota.memory.lower()),
            )
            .help(format!(
                "its services need {total} at their maxima: raise the quota or lower a maximum"
            ));
    }
}
