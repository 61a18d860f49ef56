//! Storage: classes exist and can do what they are asked for, and what uses a namespace or volume fits it.

use names::{NamespaceName, StorageClassName};

use crate::values::{Environment, PodSecurityLevel, StorageClass, VolumeType};
use crate::{Diagnostics, Located, nearest};

pub(super) fn check(environment: &Environment, diagnostics: &mut Diagnostics) {
    let prometheus = &environment.monitoring.prometheus;
    let mut classes = vec![&environment.storage.default, &prometheus.storage.class];
    let mut namespaces = vec![
        &environment.monitoring.namespace,
        &environment.logging.fluentd.namespace,
    ];
    if let Some(postgres) = &environment.postgres {
        classes.push(&postgres.storage.class);
        namespaces.push(&postgres.namespace);
    }
    if let Some(backup) = &environment.backup {
        namespaces.extend(&backup.namespaces);
    }
    for class in classes {
        class_exists(environment, class, diagnostics);
    }
    for namespace in namespaces {
        namespace_exists(environment, namespace, diagnostics);
    }
    for class in environment.storage.classes.values() {
        provisioned(class, diagnostics);
    }
    if prometheus.retention.size.value >= prometheus.storage.size.value {
        diagnostics
            .error(
                &prometheus.retention.size.origin,
                "metrics are kept until they fill more than the volume has",
            )
            .label(&prometheus.storage.size.origin, "the volume")
            .help("keep a fifth of the volume free for the write-ahead log and compaction");
    }
    node_agents(environment, diagnostics);
}

fn class_exists(
    environment: &Environment,
    class: &Located<StorageClassName>,
    diagnostics: &mut Diagnostics,
) {
    if !environment.storage.classes.contains_key(&class.value) {
        let near = nearest(
            class.as_str(),
            environment
                .storage
                .classes
                .keys()
                .map(StorageClassName::as_str),
        );
        diagnostics
            .error(
                &class.origin,
                format!("unknown storage class `{}`", class.value),
            )
            .maybe_help(near.map(|near| format!("did you mean `{near}`?")));
    }
}

fn namespace_exists(
    environment: &Environment,
    namespace: &Located<NamespaceName>,
    diagnostics: &mut Diagnostics,
) {
    if !environment.namespaces.contains_key(&namespace.value) {
        let near = nearest(
            namespace.as_str(),
            environment.namespaces.keys().map(NamespaceName::as_str),
        );
        diagnostics
            .error(
                &namespace.origin,
                format!("unknown namespace `{}`", namespace.value),
            )
            .maybe_help(near.map(|near| format!("did you mean `{near}`?")));
    }
}

/// What AWS sells: gp3 has 3,000 to 16,000 IOPS and 125 to 1,000 MB/s, io2 has IOPS only, st1 neither
/// (Amazon EBS volume types).
fn provisioned(class: &StorageClass, diagnostics: &mut Diagnostics) {
    let (iops, throughput) = match class.r#type {
        VolumeType::Gp3 => (Some(3_000..=16_000), Some(125..=1_000)),
        VolumeType::Io2 => (Some(100..=64_000), None),
        VolumeType::St1 => (None, None),
    };
    for (what, given, sold) in [
        ("iops", &class.iops, iops),
        ("throughput", &class.throughput, throughput),
    ] {
        let Some(given) = given else { continue };
        match sold {
            None => {
                diagnostics.error(
                    &given.origin,
                    format!(
                        "disks of the type `{}` are sold without `{what}`",
                        class.r#type
                    ),
                );
            }
            Some(range) if !range.contains(&given.value) => {
                diagnostics
                    .error(
                        &given.origin,
                        format!(
                            "`{what}` of {} cannot be had with `{}`",
                            given.value, class.r#type
                        ),
                    )
                    .help(format!("between {} and {}", range.start(), range.end()));
            }
            Some(_) => {}
        }
    }
}

fn node_agents(environment: &Environment, diagnostics: &mut Diagnostics) {
    let at = &environment.logging.fluentd.namespace;
    let Some(namespace) = environment.namespaces.get(&at.value) else {
        return;
    };
    let privileged = namespace
        .pod_security
        .as_ref()
        .is_some_and(|security| security.level == PodSecurityLevel::Privileged);
    if !privileged {
        diagnostics
            .error(
                &at.origin,
                format!(
                    "`{}` does not allow the directories of the node that Fluentd reads",
                    at.value
                ),
            )
            .help(
                "give the agents a namespace with `podSecurity: { level: privileged, reason: … }`",
            );
    }
}
