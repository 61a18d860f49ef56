//! Namespaces with their Pod Security labels.

use environment::{Environment, Namespace as Settings, PodSecurityLevel, Provider};
use k8s_openapi::api::core::v1::Namespace;
use manifest::{Exception, Manifest, SyncOption};
use names::{NamespaceName, annotation_key, label_key, label_value};

use crate::addons::ChartNamespace;
use crate::mesh::GATEWAY_NAMESPACE;

/// A namespace of the environment file.
pub(super) fn namespace(name: &NamespaceName, settings: &Settings) -> Manifest {
    let level = settings
        .pod_security
        .as_ref()
        .map_or(PodSecurityLevel::Restricted, |security| security.level);
    let reason = settings
        .pod_security
        .as_ref()
        .map(|security| security.reason.as_str());
    explained(secured(name, level), reason)
}

/// Whether the mesh puts its proxy beside the pods of a namespace. Where there is a mesh, it is said of those outside as
/// well: without a label nobody can tell whether it was forgotten.
pub(super) fn meshed(namespace: Manifest, inside: bool, environment: &Environment) -> Manifest {
    let key = label_key!("istio-injection");
    match (inside, &environment.mesh) {
        (true, _) => namespace.label(key, label_value!("enabled")),
        (false, Some(_)) => namespace.label(key, label_value!("disabled")),
        (false, None) => namespace,
    }
}

/// Where a load balancer of the provider leads straight to pods, each of them is ready only once the load balancer
/// knows it, or an update would take pods away faster than the load balancer finds new ones.
pub(super) fn balanced(
    namespace: Manifest,
    name: &NamespaceName,
    environment: &Environment,
) -> Manifest {
    let leads_here = environment
        .services
        .values()
        .any(|service| service.load_balancer.is_some() && service.namespace.value == *name);
    if leads_here && matches!(environment.cluster.provider, Provider::Eks(_)) {
        namespace.label(
            label_key!("elbv2.k8s.aws/pod-readiness-gate-inject"),
            label_value!("enabled"),
        )
    } else {
        namespace
    }
}

/// A namespace that a chart's objects live in.
pub(super) fn of_chart(chart: &ChartNamespace, environment: &Environment) -> Manifest {
    let namespace = explained(secured(&chart.name, chart.level), chart.reason);
    // The gateway is a proxy that the mesh puts into the pods of its chart.
    if chart.name == GATEWAY_NAMESPACE {
        namespace.excuse(Exception {
            code: "MESH017",
            reason: "the pods of the gateway ask for their proxy themselves, which they may only where the namespace says nothing",
            until: None,
        })
    } else {
        meshed(namespace, false, environment)
    }
}

/// The reason travels with the exception, so that nobody has to look for it.
fn explained(namespace: Manifest, reason: Option<&str>) -> Manifest {
    match reason {
        Some(reason) => namespace.annotate(annotation_key!("platform/pod-security-reason"), reason),
        None => namespace,
    }
}

/// The namespace of a tenant.
pub(super) fn of_tenant(name: &NamespaceName) -> Manifest {
    secured(name, PodSecurityLevel::Restricted)
}

fn secured(name: &NamespaceName, level: PodSecurityLevel) -> Manifest {
    let value = match level {
        PodSecurityLevel::Restricted => label_value!("restricted"),
        PodSecurityLevel::Baseline => label_value!("baseline"),
        PodSecurityLevel::Privileged => label_value!("privileged"),
    };
    Manifest::cluster(name, Namespace::default())
        .label(
            label_key!("pod-security.kubernetes.io/enforce"),
            value.clone(),
        )
        .label(
            label_key!("pod-security.kubernetes.io/audit"),
            value.clone(),
        )
        .label(label_key!("pod-security.kubernetes.io/warn"), value)
        .sync_option(SyncOption::PruneConfirm)
}
