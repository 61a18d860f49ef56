//! The provider's driver of disks, and what it is told of a kind of disk.

use std::collections::BTreeMap;

use environment::{Environment, Provider, StorageClass, VolumeType};

/// The driver that makes volumes and snapshots.
pub(super) fn driver(environment: &Environment) -> &'static str {
    match &environment.cluster.provider {
        Provider::Eks(_) => "ebs.csi.aws.com",
        Provider::Gke(_) => "pd.csi.storage.gke.io",
        Provider::Aks(_) => "disk.csi.azure.com",
    }
}

/// The parameters of a class: the type of disk, what is bought beside its size, and that it is encrypted. Azure encrypts
/// every disk; Google does, too, and is told with which key.
pub(super) fn parameters(
    environment: &Environment,
    class: &StorageClass,
) -> BTreeMap<String, String> {
    let kind = word(class.r#type.value).to_owned();
    let iops = class.iops.as_ref().map(|iops| iops.value.to_string());
    let throughput = class.throughput.as_ref().map(|rate| rate.value.to_string());
    let parameters = match &environment.cluster.provider {
        Provider::Eks(_) => vec![
            ("type", Some(kind)),
            ("encrypted", Some("true".to_owned())),
            ("iops", iops),
            ("throughput", throughput),
        ],
        Provider::Gke(gke) => vec![
            ("type", Some(kind)),
            (
                "disk-encryption-kms-key",
                Some(gke.encryption_key.value.clone()),
            ),
        ],
        Provider::Aks(_) => vec![
            ("skuName", Some(kind)),
            ("cachingMode", Some(caching(class.r#type.value).to_owned())),
            ("DiskIOPSReadWrite", iops),
            ("DiskMBpsReadWrite", throughput),
        ],
    };
    parameters
        .into_iter()
        .filter_map(|(key, value)| Some((key.to_owned(), value?)))
        .collect()
}

/// What the driver is told of snapshots: on Azure each holds what changed since the one before.
pub(super) fn snapshot_parameters(environment: &Environment) -> Option<BTreeMap<String, String>> {
    match &environment.cluster.provider {
        Provider::Eks(_) | Provider::Gke(_) => None,
        Provider::Aks(_) => Some([("incremental".to_owned(), "true".to_owned())].into()),
    }
}

/// The provider's word for a type of disk. Copies of a disk stay in its zone: the platform replicates data itself.
fn word(volume: VolumeType) -> &'static str {
    match volume {
        VolumeType::Gp3 => "gp3",
        VolumeType::Io2 => "io2",
        VolumeType::St1 => "st1",
        VolumeType::PdStandard => "pd-standard",
        VolumeType::PdBalanced => "pd-balanced",
        VolumeType::PdSsd => "pd-ssd",
        VolumeType::StandardHdd => "Standard_LRS",
        VolumeType::StandardSsd => "StandardSSD_LRS",
        VolumeType::PremiumSsd => "Premium_LRS",
        VolumeType::PremiumSsdV2 => "PremiumV2_LRS",
    }
}

/// Hosts cannot cache disks of the newest type.
fn caching(volume: VolumeType) -> &'static str {
    if volume == VolumeType::PremiumSsdV2 {
        "None"
    } else {
        "ReadOnly"
    }
}
