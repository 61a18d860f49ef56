//! Jobs, replica sets of old, revisions, and the parts of pods that few manifests use.

use super::ANY;
use crate::api::native::Demand::{Agree, AtMostOne, Between, Filled, One, Text, TextItems};
use crate::api::native::Syntax;
use crate::api::special;

pub(super) const TABLE: super::Table = &[
    ("apps.v1.ControllerRevision", &[One(&["data"])]),
    ("apps.v1.DaemonSetSpec", &[Agree(special::pods_restart)]),
    ("apps.v1.DeploymentSpec", &[Agree(special::pods_restart)]),
    ("apps.v1.ReplicaSet", &[Filled("spec")]),
    ("apps.v1.ReplicaSetSpec", &[Agree(special::pods_restart)]),
    (
        "apps.v1.RollingUpdateDaemonSet",
        &[
            Text("maxSurge", Syntax::Share),
            Text("maxUnavailable", Syntax::Share),
        ],
    ),
    (
        "apps.v1.RollingUpdateStatefulSetStrategy",
        &[
            Text("maxUnavailable", Syntax::Share),
            Between("partition", 0, ANY),
        ],
    ),
    (
        "apps.v1.StatefulSetSpec",
        &[
            Agree(special::pods_restart),
            Text("serviceName", Syntax::Label),
        ],
    ),
    (
        "apps.v1.StatefulSetPersistentVolumeClaimRetentionPolicy",
        &[
            Text("whenDeleted", Syntax::OneOf(&["Delete", "Retain"])),
            Text("whenScaled", Syntax::OneOf(&["Delete", "Retain"])),
        ],
    ),
    (
        "batch.v1.CronJobSpec",
        &[Filled("jobTemplate"), Agree(special::zone_is_known)],
    ),
    (
        "batch.v1.JobSpec",
        &[Filled("template"), Agree(special::pods_end)],
    ),
    (
        "batch.v1.JobSpec",
        &[
            Between("maxFailedIndexes", 0, ANY),
            Between("backoffLimitPerIndex", 0, ANY),
        ],
    ),
    (
        "batch.v1.PodFailurePolicyRule",
        &[Filled("action"), One(&["onExitCodes", "onPodConditions"])],
    ),
    (
        "batch.v1.PodFailurePolicyOnPodConditionsPattern",
        &[
            Filled("type"),
            Text("type", Syntax::QualifiedName),
            Text("status", Syntax::OneOf(&["False", "True", "Unknown"])),
        ],
    ),
    ("batch.v1.SuccessPolicy", &[Filled("rules")]),
    ("batch.v1.JobTemplateSpec", &[Filled("spec")]),
    (
        "core.v1.ConfigMapVolumeSource",
        &[Filled("name"), Between("defaultMode", 0, 0o777)],
    ),
    (
        "core.v1.DownwardAPIVolumeSource",
        &[Between("defaultMode", 0, 0o777)],
    ),
    (
        "core.v1.ProjectedVolumeSource",
        &[Between("defaultMode", 0, 0o777)],
    ),
    (
        "core.v1.EmptyDirVolumeSource",
        &[Agree(special::size_is_not_negative)],
    ),
    ("core.v1.Container", &[Agree(special::container_is_whole)]),
    ("core.v1.AppArmorProfile", &[Filled("type")]),
    ("core.v1.ConfigMapProjection", &[Filled("name")]),
    ("core.v1.SecretProjection", &[Filled("name")]),
    (
        "core.v1.Container",
        &[Text(
            "restartPolicy",
            Syntax::OneOf(&["Always", "Never", "OnFailure"]),
        )],
    ),
    (
        "core.v1.EphemeralVolumeSource",
        &[Filled("volumeClaimTemplate")],
    ),
    (
        "core.v1.HostAlias",
        &[Filled("ip"), TextItems("hostnames", Syntax::Subdomain)],
    ),
    ("core.v1.ISCSIVolumeSource", &[Between("lun", 0, 255)]),
    (
        "core.v1.PodDNSConfig",
        &[TextItems("nameservers", Syntax::Address)],
    ),
    ("core.v1.PodDNSConfigOption", &[Filled("name")]),
    (
        "core.v1.PodReadinessGate",
        &[
            Filled("conditionType"),
            Text("conditionType", Syntax::QualifiedName),
        ],
    ),
    (
        "core.v1.ObjectFieldSelector",
        &[Text("apiVersion", Syntax::OneOf(&["v1"]))],
    ),
    (
        "core.v1.WeightedPodAffinityTerm",
        &[Filled("weight"), Filled("podAffinityTerm")],
    ),
    ("core.v1.ExecAction", &[Filled("command")]),
    ("core.v1.GRPCAction", &[Between("port", 1, 65535)]),
    ("core.v1.HTTPHeader", &[Filled("name")]),
    (
        "core.v1.KeyToPath",
        &[
            Filled("key"),
            Filled("path"),
            Text("path", Syntax::PathInside),
            Between("mode", 0, 0o777),
        ],
    ),
    (
        "core.v1.PersistentVolumeClaimVolumeSource",
        &[Filled("claimName")],
    ),
    ("core.v1.HostPathVolumeSource", &[Filled("path")]),
    (
        "core.v1.NFSVolumeSource",
        &[Filled("path"), Filled("server")],
    ),
    ("core.v1.CSIVolumeSource", &[Filled("driver")]),
    (
        "core.v1.Pod",
        &[Filled("spec"), Agree(special::own_mounts_exist)],
    ),
    ("core.v1.PodTemplate", &[Filled("template")]),
    ("core.v1.ReplicationController", &[Filled("spec")]),
    (
        "core.v1.ReplicationControllerSpec",
        &[
            Filled("selector"),
            Filled("template"),
            Between("replicas", 0, ANY),
        ],
    ),
    ("core.v1.ResourceFieldSelector", &[Filled("resource")]),
    (
        "core.v1.SecretVolumeSource",
        &[Filled("secretName"), Between("defaultMode", 0, 0o777)],
    ),
    ("core.v1.ServiceAccountTokenProjection", &[Filled("path")]),
    ("core.v1.Sysctl", &[Filled("name")]),
    (
        "core.v1.Toleration",
        &[
            Agree(special::toleration_says_what),
            Text("key", Syntax::QualifiedName),
            Text(
                "effect",
                Syntax::OneOf(&["NoExecute", "NoSchedule", "PreferNoSchedule"]),
            ),
        ],
    ),
    (
        "core.v1.NodeSelectorRequirement",
        &[
            Filled("key"),
            Filled("operator"),
            Agree(special::operator_fits_values),
        ],
    ),
    ("core.v1.NodeSelector", &[Filled("nodeSelectorTerms")]),
    (
        "core.v1.TopologySelectorLabelRequirement",
        &[Filled("key"), Filled("values")],
    ),
    (
        "core.v1.VolumeDevice",
        &[Filled("name"), Filled("devicePath")],
    ),
    (
        "core.v1.VolumeProjection",
        &[AtMostOne(&[
            "clusterTrustBundle",
            "configMap",
            "downwardAPI",
            "podCertificate",
            "secret",
            "serviceAccountToken",
        ])],
    ),
    (
        "meta.v1.LabelSelectorRequirement",
        &[
            Filled("operator"),
            Agree(special::operator_fits_values),
            TextItems("values", Syntax::LabelValue),
        ],
    ),
];
