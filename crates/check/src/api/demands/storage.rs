//! Volumes, classes and drivers.

use crate::api::native::Demand::{Agree, Filled, Items, NotNegative, One, Text, Word};
use crate::api::native::Syntax;
use crate::api::special;

pub(super) const TABLE: super::Table = &[
    ("core.v1.PersistentVolume", &[Filled("spec")]),
    (
        "core.v1.PersistentVolumeSpec",
        &[
            Filled("accessModes"),
            Items(
                "accessModes",
                &[
                    "ReadOnlyMany",
                    "ReadWriteMany",
                    "ReadWriteOnce",
                    "ReadWriteOncePod",
                ],
            ),
            Filled("capacity"),
            NotNegative("capacity"),
            Agree(special::capacity_is_storage),
            One(&[
                "awsElasticBlockStore",
                "azureDisk",
                "azureFile",
                "cephfs",
                "cinder",
                "csi",
                "fc",
                "flexVolume",
                "flocker",
                "gcePersistentDisk",
                "glusterfs",
                "hostPath",
                "iscsi",
                "local",
                "nfs",
                "photonPersistentDisk",
                "portworxVolume",
                "quobyte",
                "rbd",
                "scaleIO",
                "storageos",
                "vsphereVolume",
            ]),
            Text(
                "persistentVolumeReclaimPolicy",
                Syntax::OneOf(&["Delete", "Recycle", "Retain"]),
            ),
            Text("storageClassName", Syntax::Subdomain),
            Word("volumeMode", &["Block", "Filesystem"]),
        ],
    ),
    (
        "core.v1.GlusterfsPersistentVolumeSource",
        &[Text("endpointsNamespace", Syntax::Label)],
    ),
    ("core.v1.VolumeNodeAffinity", &[Filled("required")]),
    (
        "storage.v1.CSIDriverSpec",
        &[
            Text(
                "fsGroupPolicy",
                Syntax::OneOf(&["File", "None", "ReadWriteOnceWithFSType"]),
            ),
            Agree(special::token_secrets_need_requests),
            Items("volumeLifecycleModes", &["Ephemeral", "Persistent"]),
        ],
    ),
    (
        "core.v1.TopologySelectorTerm",
        &[
            Filled("matchLabelExpressions"),
            Agree(special::topology_keys_come_once),
        ],
    ),
    (
        "storage.v1.VolumeAttachmentSource",
        &[
            One(&["inlineVolumeSpec", "persistentVolumeName"]),
            Text("persistentVolumeName", Syntax::Subdomain),
        ],
    ),
    (
        "storage.v1.VolumeAttachmentSpec",
        &[
            Filled("attacher"),
            Filled("nodeName"),
            Filled("source"),
            Text("nodeName", Syntax::Subdomain),
            Agree(special::attacher_is_a_driver),
        ],
    ),
    (
        "storage.v1.VolumeAttributesClass",
        &[
            Filled("driverName"),
            Filled("parameters"),
            Text("driverName", Syntax::QualifiedName),
            Agree(special::parameters_have_names),
        ],
    ),
];
