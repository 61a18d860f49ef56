//! Namespaces with their Pod Security labels.

use environment::{Namespace as Settings, PodSecurityLevel};
use k8s_openapi::api::core::v1::Namespace;
use manifest::{Manifest, SyncOption};
use names::{NamespaceName, annotation_key, label_key, label_value};

/// A namespace of the environment file.
pub(super) fn namespace(name: &NamespaceName, settings: &Settings) -> Manifest {
    let level = settings
        .pod_security
        .as_ref()
        .map_or(PodSecurityLevel::Restricted, |security| security.level);
    let namespace = secured(name, level);
    let namespace = match &settings.pod_security {
        // The reason travels with the exception, so that nobody has to look for it.
        Some(security) => namespace.annotate(
            annotation_key!("platform/pod-security-reason"),
            &*security.reason,
        ),
        None => namespace,
    };
    if settings.mesh {
        namespace.label(label_key!("istio-injection"), label_value!("enabled"))
    } else {
        namespace
    }
}

/// A namespace that a chart's objects live in.
pub(super) fn of_chart(name: &NamespaceName, level: PodSecurityLevel) -> Manifest {
    secured(name, level)
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
