//! Jobs, replica sets of old, revisions, and the parts of pods that few manifests use.

use super::ANY;
use crate::api::native::Demand::{
    Agree, AtMostOne, Between, Filled, Meta, One, Text, TextItems, Word,
};
use crate::api::native::Syntax;
use crate::api::special;

pub(super) const TABLE: super::Table = &[
    ("apps.v1.ControllerRevision", &[One(&["data"])]),
    (
        "apps.v1.DaemonSetSpec",
        &[
            Agree(special::pods_restart),
            Agree(special::pods_have_no_deadline),
            Agree(special::daemons_can_proceed),
            Agree(special::template_names_its_host),
            Between("revisionHistoryLimit", 0, ANY),
        ],
    ),
    (
        "apps.v1.DeploymentSpec",
        &[
            Agree(special::pods_restart),
            Agree(special::pods_have_no_deadline),
            Agree(special::deployment_can_proceed),
            Agree(special::template_names_its_host),
            Between("revisionHistoryLimit", 0, ANY),
        ],
    ),
    ("apps.v1.ReplicaSet", &[Filled("spec")]),
    (
        "apps.v1.ReplicaSetSpec",
        &[
            Agree(special::pods_restart),
            Agree(special::pods_have_no_deadline),
            Agree(special::template_names_its_host),
        ],
    ),
    (
        "apps.v1.RollingUpdateDaemonSet",
        &[
            Text("maxSurge", Syntax::Share),
            Text("maxUnavailable", Syntax::Share),
        ],
    ),
    (
        "apps.v1.RollingUpdateStatefulSetStrategy",
        &[Between("partition", 0, ANY)],
    ),
    (
        "apps.v1.StatefulSetSpec",
        &[
            Agree(special::pods_restart),
            Agree(special::pods_have_no_deadline),
            Agree(special::states_can_proceed),
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
        &[
            Filled("jobTemplate"),
            Agree(special::schedule_is_understood),
            Agree(special::zone_is_known),
            Agree(special::jobs_have_no_selector),
        ],
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
            Agree(special::job_counts_fit),
            Agree(special::failures_count),
            Agree(special::success_is_possible),
            Agree(special::template_names_its_host),
            Word("completionMode", &["Indexed", "NonIndexed"]),
            Word("podReplacementPolicy", &["Failed", "TerminatingOrFailed"]),
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
    ("batch.v1.Job", &[Agree(special::job_is_whole)]),
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
    ("core.v1.AppArmorProfile", &[Filled("type")]),
    ("core.v1.ConfigMapProjection", &[Filled("name")]),
    ("core.v1.SecretProjection", &[Filled("name")]),
    (
        "core.v1.Container",
        &[Word("restartPolicy", &["Always", "Never", "OnFailure"])],
    ),
    (
        "core.v1.EphemeralVolumeSource",
        &[Filled("volumeClaimTemplate")],
    ),
    (
        "core.v1.HostAlias",
        &[
            Filled("ip"),
            Text("ip", Syntax::Address),
            TextItems("hostnames", Syntax::Subdomain),
        ],
    ),
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
    (
        "core.v1.HTTPHeader",
        &[Filled("name"), Agree(special::header_has_a_name)],
    ),
    (
        "core.v1.Container",
        &[
            Agree(special::ports_differ_by_name),
            Agree(special::probes_fit),
            Agree(special::places_differ),
            Agree(special::restart_rules_fit),
        ],
    ),
    ("core.v1.EnvVar", &[Agree(special::variable_is_whole)]),
    (
        "core.v1.FileKeySelector",
        &[Filled("key"), Filled("path"), Filled("volumeName")],
    ),
    (
        "core.v1.EnvVarSource",
        &[Agree(special::field_is_one_value)],
    ),
    (
        "core.v1.EnvFromSource",
        &[Agree(special::prefix_can_be_a_name)],
    ),
    (
        "core.v1.SecurityContext",
        &[
            Agree(special::rights_fit),
            Word("procMount", &["Default", "Unmasked"]),
        ],
    ),
    (
        "core.v1.SeccompProfile",
        &[Agree(special::profile_is_named)],
    ),
    ("core.v1.AppArmorProfile", &[Agree(special::armor_is_named)]),
    (
        "core.v1.VolumeMount",
        &[Word(
            "mountPropagation",
            &["Bidirectional", "HostToContainer", "None"],
        )],
    ),
    (
        "core.v1.TopologySpreadConstraint",
        &[
            Word("nodeAffinityPolicy", &["Honor", "Ignore"]),
            Word("nodeTaintsPolicy", &["Honor", "Ignore"]),
        ],
    ),
    (
        "core.v1.PodSecurityContext",
        &[
            Word("fsGroupChangePolicy", &["Always", "OnRootMismatch"]),
            Word("supplementalGroupsPolicy", &["Merge", "Strict"]),
            Word("seLinuxChangePolicy", &["MountOption", "Recursive"]),
        ],
    ),
    ("core.v1.GRPCAction", &[Filled("port")]),
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
    (
        "core.v1.Pod",
        &[
            Filled("spec"),
            Agree(special::own_mounts_exist),
            Agree(special::pod_annotations_fit),
            Agree(special::profiles_of_pod_agree),
            Agree(special::nothing_computed_is_set),
            Agree(special::own_keys_are_new),
            Agree(special::pod_names_its_host),
            Agree(special::nothing_is_ephemeral),
            Agree(special::images_are_plain),
            Agree(special::host_network_ports_differ),
        ],
    ),
    (
        "core.v1.PodTemplate",
        &[
            Filled("template"),
            Agree(special::mounts_exist),
            Agree(special::template_names_its_host),
        ],
    ),
    (
        "core.v1.PodTemplateSpec",
        &[
            Meta,
            Agree(special::nothing_is_ephemeral),
            Agree(special::pod_annotations_fit),
            Agree(special::profiles_of_template_agree),
        ],
    ),
    (
        "core.v1.PodSpec",
        &[
            Agree(special::containers_fit),
            Agree(special::claims_fit),
            Agree(special::pod_names_are_valid),
            Agree(special::names_are_looked_up),
            Agree(special::shares_fit),
            Agree(special::system_has_parts),
            Agree(special::windows_options_fit),
            Agree(special::spreads_fit),
            Agree(special::whole_pod_suffices),
            Agree(special::files_of_variables_exist),
            Word("preemptionPolicy", &["Never", "PreemptLowerPriority"]),
        ],
    ),
    (
        "core.v1.PodAffinityTerm",
        &[Agree(special::affinity_term_fits)],
    ),
    (
        "core.v1.PreferredSchedulingTerm",
        &[Agree(special::preference_fits)],
    ),
    ("core.v1.ReplicationController", &[Filled("spec")]),
    (
        "core.v1.ReplicationControllerSpec",
        &[
            Filled("template"),
            Between("replicas", 0, ANY),
            Between("minReadySeconds", 0, ANY),
            Agree(special::mounts_exist),
            Agree(special::plain_selector_fits),
            Agree(special::pods_restart),
            Agree(special::pods_have_no_deadline),
            Agree(special::template_names_its_host),
        ],
    ),
    (
        "core.v1.ResourceFieldSelector",
        &[Filled("resource"), Agree(special::resource_can_be_shown)],
    ),
    (
        "core.v1.DownwardAPIVolumeFile",
        &[
            Filled("path"),
            Text("path", Syntax::PathInside),
            Between("mode", 0, 0o777),
            Agree(special::file_shows_one_thing),
        ],
    ),
    (
        "core.v1.SecretVolumeSource",
        &[Filled("secretName"), Between("defaultMode", 0, 0o777)],
    ),
    (
        "core.v1.ServiceAccountTokenProjection",
        &[
            Filled("path"),
            Text("path", Syntax::PathInside),
            Agree(special::token_lasts),
        ],
    ),
    (
        "core.v1.ProjectedVolumeSource",
        &[Agree(special::projected_paths_differ)],
    ),
    ("core.v1.Sysctl", &[Filled("name")]),
    (
        "core.v1.Toleration",
        &[
            Agree(special::toleration_says_what),
            Agree(special::toleration_value_fits),
            Text("key", Syntax::QualifiedName),
            Text(
                "effect",
                Syntax::OneOf(&["NoExecute", "NoSchedule", "PreferNoSchedule"]),
            ),
        ],
    ),
    (
        "core.v1.NodeSelector",
        &[
            Filled("nodeSelectorTerms"),
            Agree(special::node_selector_fits),
        ],
    ),
    (
        "core.v1.TopologySelectorLabelRequirement",
        &[
            Filled("key"),
            Filled("values"),
            Text("key", Syntax::QualifiedName),
        ],
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
