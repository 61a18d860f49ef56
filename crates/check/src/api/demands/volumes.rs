//! What volumes are made of.

use crate::api::native::Demand::{Agree, Between, Filled, Meta, Text, Word};
use crate::api::native::{Demand, Syntax};
use crate::api::special;

pub(super) const TABLE: super::Table = &[
    (
        "core.v1.AWSElasticBlockStoreVolumeSource",
        &[Filled("volumeID"), Between("partition", 0, 255)],
    ),
    ("core.v1.AzureDiskVolumeSource", AZURE_DISK),
    ("core.v1.AzureFileVolumeSource", SHARE),
    ("core.v1.AzureFilePersistentVolumeSource", SHARE),
    ("core.v1.CephFSVolumeSource", &[Filled("monitors")]),
    (
        "core.v1.CephFSPersistentVolumeSource",
        &[Filled("monitors")],
    ),
    (
        "core.v1.CinderVolumeSource",
        &[Filled("volumeID"), Agree(special::secret_has_a_name)],
    ),
    (
        "core.v1.CinderPersistentVolumeSource",
        &[Filled("volumeID"), Agree(special::secret_has_a_place)],
    ),
    (
        "core.v1.CSIVolumeSource",
        &[
            Filled("driver"),
            Agree(special::driver_is_named),
            Agree(special::pod_secret_is_named),
        ],
    ),
    (
        "core.v1.CSIPersistentVolumeSource",
        &[
            Filled("driver"),
            Filled("volumeHandle"),
            Agree(special::driver_is_named),
            Agree(special::volume_secrets_are_named),
        ],
    ),
    ("core.v1.FCVolumeSource", &[Agree(special::fibre_is_named)]),
    ("core.v1.FlexVolumeSource", FLEXIBLE),
    ("core.v1.FlexPersistentVolumeSource", FLEXIBLE),
    (
        "core.v1.FlockerVolumeSource",
        &[
            Demand::One(&["datasetName", "datasetUUID"]),
            Agree(special::data_set_is_named),
        ],
    ),
    (
        "core.v1.GCEPersistentDiskVolumeSource",
        &[Filled("pdName"), Between("partition", 0, 255)],
    ),
    (
        "core.v1.GitRepoVolumeSource",
        &[Filled("repository"), Agree(special::directory_is_inside)],
    ),
    (
        "core.v1.GlusterfsVolumeSource",
        &[Filled("endpoints"), Filled("path")],
    ),
    (
        "core.v1.GlusterfsPersistentVolumeSource",
        &[Filled("endpoints"), Filled("path")],
    ),
    (
        "core.v1.HostPathVolumeSource",
        &[Filled("path"), Agree(special::path_has_no_backsteps)],
    ),
    ("core.v1.ISCSIVolumeSource", TARGET),
    ("core.v1.ISCSIPersistentVolumeSource", TARGET),
    (
        "core.v1.ISCSIPersistentVolumeSource",
        &[Agree(special::secret_has_a_name)],
    ),
    (
        "core.v1.NFSVolumeSource",
        &[
            Filled("path"),
            Filled("server"),
            Text("path", Syntax::AbsolutePath),
        ],
    ),
    (
        "core.v1.PersistentVolume",
        &[Agree(special::own_portal_fits)],
    ),
    (
        "core.v1.PersistentVolumeSpec",
        &[Agree(special::modes_fit), Agree(special::volume_is_whole)],
    ),
    (
        "core.v1.PersistentVolumeClaimSpec",
        &[
            Agree(special::modes_fit),
            Agree(special::claim_is_whole),
            Text("volumeAttributesClassName", Syntax::Subdomain),
            Word("volumeMode", &["Block", "Filesystem"]),
        ],
    ),
    (
        "core.v1.PersistentVolumeClaimTemplate",
        &[Agree(special::template_is_plain), Meta],
    ),
    (
        "core.v1.PhotonPersistentDiskVolumeSource",
        &[Filled("pdID")],
    ),
    ("core.v1.PortworxVolumeSource", &[Filled("volumeID")]),
    (
        "core.v1.QuobyteVolumeSource",
        &[
            Filled("registry"),
            Filled("volume"),
            Agree(special::registry_is_named),
        ],
    ),
    ("core.v1.RBDVolumeSource", BLOCK),
    ("core.v1.RBDPersistentVolumeSource", BLOCK),
    ("core.v1.ScaleIOVolumeSource", SCALED),
    ("core.v1.ScaleIOPersistentVolumeSource", SCALED),
    ("core.v1.StorageOSVolumeSource", STORAGE_OS),
    (
        "core.v1.StorageOSVolumeSource",
        &[Agree(special::secret_has_a_name)],
    ),
    ("core.v1.StorageOSPersistentVolumeSource", STORAGE_OS),
    (
        "core.v1.StorageOSPersistentVolumeSource",
        &[Agree(special::secret_has_a_place)],
    ),
    ("core.v1.Volume", &[Agree(special::portal_fits)]),
    (
        "core.v1.VsphereVirtualDiskVolumeSource",
        &[Filled("volumePath")],
    ),
    ("storage.v1.CSIDriverSpec", &[Agree(special::tokens_differ)]),
    (
        "storage.v1.CSINodeSpec",
        &[Agree(special::node_drivers_are_named)],
    ),
    (
        "storage.v1.CSIStorageCapacity",
        &[Agree(special::capacity_fits)],
    ),
    (
        "storage.v1.StorageClass",
        &[
            Agree(special::topologies_differ),
            Word("volumeBindingMode", &["Immediate", "WaitForFirstConsumer"]),
        ],
    ),
];

const AZURE_DISK: &[Demand] = &[
    Filled("diskName"),
    Filled("diskURI"),
    Agree(special::azure_disk_fits),
    Word("cachingMode", &["None", "ReadOnly", "ReadWrite"]),
    Word("kind", &["Dedicated", "Managed", "Shared"]),
];

const SHARE: &[Demand] = &[Filled("secretName"), Filled("shareName")];

const FLEXIBLE: &[Demand] = &[Filled("driver"), Agree(special::options_are_foreign)];

const TARGET: &[Demand] = &[
    Filled("targetPortal"),
    Filled("iqn"),
    Between("lun", 0, 255),
    Agree(special::target_is_named),
];

const BLOCK: &[Demand] = &[Filled("monitors"), Filled("image")];

const SCALED: &[Demand] = &[Filled("gateway"), Filled("system"), Filled("volumeName")];

const STORAGE_OS: &[Demand] = &[
    Filled("volumeName"),
    Text("volumeName", Syntax::Label),
    Text("volumeNamespace", Syntax::Label),
];
