//! Storage: classes exist and can do what they are asked for, and what uses a namespace or volume fits it.

use names::{NamespaceName, StorageClassName};

use crate::values::{Environment, StorageClass, VolumeType};
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
    if let Some(cache) = &environment.cache {
        namespaces.push(&cache.namespace);
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
        of_the_provider(environment, class, diagnostics);
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

pub(super) fn class_exists(
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

pub(super) fn namespace_exists(
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

/// The key of the provider that sells disks of a type.
fn sold_by(volume: VolumeType) -> &'static str {
    match volume {
        VolumeType::Gp3 | VolumeType::Io2 | VolumeType::St1 => "eks",
        VolumeType::PdStandard | VolumeType::PdBalanced | VolumeType::PdSsd => "gke",
        VolumeType::StandardHdd
        | VolumeType::StandardSsd
        | VolumeType::PremiumSsd
        | VolumeType::PremiumSsdV2 => "aks",
    }
}

fn of_the_provider(environment: &Environment, class: &StorageClass, diagnostics: &mut Diagnostics) {
    let provider = environment.cluster.provider.as_str();
    if sold_by(class.r#type.value) == provider {
        return;
    }
    let known: Vec<String> = VolumeType::ALL
        .iter()
        .filter(|volume| sold_by(**volume) == provider)
        .map(|volume| format!("`{volume}`"))
        .collect();
    diagnostics
        .error(
            &class.r#type.origin,
            format!(
                "the provider of this cluster, `{provider}`, sells no disks of the type `{}`",
                class.r#type.value
            ),
        )
        .help(format!("it sells {}", known.join(", ")));
}

/// What can be bought beside the size: gp3 has 3,000 to 16,000 IOPS and 125 to 1,000 MB/s, io2 has IOPS only, st1
/// neither (Amazon EBS volume types); with Google and Azure the size says it all, but for Premium SSD v2 with 3,000 to
/// 80,000 IOPS and 125 to 1,200 MB/s (Azure managed disk types).
fn provisioned(class: &StorageClass, diagnostics: &mut Diagnostics) {
    let (iops, throughput) = match class.r#type.value {
        VolumeType::Gp3 => (Some(3_000..=16_000), Some(125..=1_000)),
        VolumeType::Io2 => (Some(100..=64_000), None),
        VolumeType::PremiumSsdV2 => (Some(3_000..=80_000), Some(125..=1_200)),
        _ => (None, None),
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
                        class.r#type.value
                    ),
                );
            }
            Some(range) if !range.contains(&given.value) => {
                diagnostics
                    .error(
                        &given.origin,
                        format!(
                            "`{what}` of {} cannot be had with `{}`",
                            given.value, class.r#type.value
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
    if !namespace.is_privileged() {
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
