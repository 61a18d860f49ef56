//! What is demanded of the kinds that most manifests are of.

use super::ANY;
use crate::api::native::Demand::{
    self, Agree, AtMostOne, Between, Filled, Items, Labels, One, Some as AnyOf, Text, TextItems,
    Word,
};
use crate::api::native::Syntax;
use crate::api::special;

/// The largest user or group number.
const LARGEST_ID: i64 = 2_147_483_647;

/// Definition (below `io.k8s.api.`, or `io.k8s.apimachinery.pkg.apis.`) and what is demanded of it.
pub(super) const TABLE: super::Table = &[
    (
        "apps.v1.RollingUpdateDeployment",
        &[
            Text("maxSurge", Syntax::Share),
            Text("maxUnavailable", Syntax::Share),
        ],
    ),
    ("core.v1.PersistentVolumeClaim", &[Filled("spec")]),
    (
        "core.v1.ResourceRequirements",
        &[Agree(special::resources_fit)],
    ),
    ("core.v1.SeccompProfile", &[Filled("type")]),
    ("autoscaling.v2.HorizontalPodAutoscaler", &[Filled("spec")]),
    ("apps.v1.Deployment", &[Filled("spec")]),
    ("apps.v1.StatefulSet", &[Filled("spec")]),
    ("apps.v1.DaemonSet", &[Filled("spec")]),
    ("apps.v1.DeploymentSpec", WORKLOAD),
    ("apps.v1.StatefulSetSpec", WORKLOAD),
    ("apps.v1.DaemonSetSpec", WORKLOAD),
    ("apps.v1.ReplicaSetSpec", WORKLOAD),
    ("autoscaling.v2.CrossVersionObjectReference", SCALED),
    (
        "autoscaling.v2.HPAScalingPolicy",
        &[
            Between("value", 1, ANY),
            Between("periodSeconds", 1, 1800),
            Word("type", &["Percent", "Pods"]),
        ],
    ),
    (
        "autoscaling.v2.HPAScalingRules",
        &[
            Between("stabilizationWindowSeconds", 0, 3600),
            Word("selectPolicy", &["Disabled", "Max", "Min"]),
            Agree(special::policies_are_there),
        ],
    ),
    (
        "autoscaling.v2.HorizontalPodAutoscalerSpec",
        &[
            Agree(special::minimum_within_maximum),
            Agree(special::target_has_a_group),
            Between("maxReplicas", 1, ANY),
            Between("minReplicas", 0, ANY),
        ],
    ),
    (
        "autoscaling.v2.MetricSpec",
        &[
            Agree(special::metric_fits_type),
            Agree(special::sources_have_targets),
            One(&[
                "containerResource",
                "external",
                "object",
                "pods",
                "resource",
            ]),
            Text(
                "type",
                Syntax::OneOf(&[
                    "ContainerResource",
                    "External",
                    "Object",
                    "Pods",
                    "Resource",
                ]),
            ),
        ],
    ),
    (
        "autoscaling.v2.MetricTarget",
        &[
            Filled("type"),
            Agree(special::target_is_positive),
            Between("averageUtilization", 1, ANY),
            Text(
                "type",
                Syntax::OneOf(&["AverageValue", "Utilization", "Value"]),
            ),
        ],
    ),
    (
        "autoscaling.v2.MetricIdentifier",
        &[Filled("name"), Text("name", Syntax::PathSegment)],
    ),
    (
        "autoscaling.v2.ContainerResourceMetricSource",
        &[
            Filled("name"),
            Filled("container"),
            Text("container", Syntax::Label),
            Text("name", Syntax::ContainerResource),
        ],
    ),
    (
        "autoscaling.v2.ResourceMetricSource",
        &[Filled("name"), Filled("target")],
    ),
    ("batch.v1.CronJob", &[Filled("spec")]),
    (
        "batch.v1.CronJobSpec",
        &[
            Filled("schedule"),
            Between("failedJobsHistoryLimit", 0, ANY),
            Between("successfulJobsHistoryLimit", 0, ANY),
            Between("startingDeadlineSeconds", 0, ANY),
        ],
    ),
    ("batch.v1.Job", &[Filled("spec")]),
    (
        "batch.v1.JobSpec",
        &[
            Agree(special::mounts_exist),
            Between("backoffLimit", 0, ANY),
            Between("completions", 0, ANY),
            Between("parallelism", 0, ANY),
            Between("activeDeadlineSeconds", 0, ANY),
            Between("ttlSecondsAfterFinished", 0, ANY),
        ],
    ),
    (
        "core.v1.ConfigMapEnvSource",
        &[Filled("name"), Text("name", Syntax::Subdomain)],
    ),
    (
        "core.v1.SecretEnvSource",
        &[Filled("name"), Text("name", Syntax::Subdomain)],
    ),
    ("core.v1.ConfigMapKeySelector", KEY_OF_OBJECT),
    (
        "core.v1.Container",
        &[Filled("name"), Filled("image"), Text("name", Syntax::Label)],
    ),
    (
        "core.v1.ContainerPort",
        &[
            Between("containerPort", 1, 65535),
            Between("hostPort", 0, 65535),
            Text("name", Syntax::PortName),
        ],
    ),
    (
        "core.v1.EnvFromSource",
        &[One(&["configMapRef", "secretRef"])],
    ),
    ("core.v1.EnvVar", &[Filled("name")]),
    (
        "core.v1.EnvVarSource",
        &[One(&[
            "configMapKeyRef",
            "fieldRef",
            "fileKeyRef",
            "resourceFieldRef",
            "secretKeyRef",
        ])],
    ),
    (
        "core.v1.HTTPGetAction",
        &[Filled("port"), Text("port", Syntax::Port)],
    ),
    (
        "core.v1.LifecycleHandler",
        &[One(&["exec", "httpGet", "sleep", "tcpSocket"])],
    ),
    (
        "core.v1.ObjectFieldSelector",
        &[Filled("fieldPath"), Agree(special::field_can_be_read)],
    ),
    (
        "core.v1.PersistentVolumeClaimSpec",
        &[
            Agree(special::claim_has_size),
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
            Filled("resources"),
            Text("storageClassName", Syntax::Subdomain),
        ],
    ),
    (
        "core.v1.PodAffinityTerm",
        &[
            Filled("topologyKey"),
            Text("topologyKey", Syntax::QualifiedName),
        ],
    ),
    (
        "core.v1.PodSecurityContext",
        &[
            Between("fsGroup", 0, LARGEST_ID),
            Between("runAsGroup", 0, LARGEST_ID),
            Between("runAsUser", 0, LARGEST_ID),
        ],
    ),
    (
        "core.v1.PodSpec",
        &[
            Filled("containers"),
            Agree(special::hooks_end_in_time),
            Text("serviceAccountName", Syntax::Subdomain),
            Text("priorityClassName", Syntax::Subdomain),
            Between("activeDeadlineSeconds", 1, LARGEST_ID),
        ],
    ),
    ("core.v1.PodTemplateSpec", &[Filled("spec")]),
    (
        "core.v1.PreferredSchedulingTerm",
        &[Between("weight", 1, 100)],
    ),
    (
        "core.v1.Probe",
        &[
            One(&["exec", "grpc", "httpGet", "tcpSocket"]),
            Between("failureThreshold", 0, ANY),
            Between("initialDelaySeconds", 0, ANY),
            Between("periodSeconds", 0, ANY),
            Between("successThreshold", 0, ANY),
            Between("terminationGracePeriodSeconds", 1, ANY),
            Between("timeoutSeconds", 0, ANY),
        ],
    ),
    ("core.v1.SecretKeySelector", KEY_OF_OBJECT),
    (
        "core.v1.SecurityContext",
        &[
            Between("runAsGroup", 0, LARGEST_ID),
            Between("runAsUser", 0, LARGEST_ID),
        ],
    ),
    (
        "core.v1.TCPSocketAction",
        &[Filled("port"), Text("port", Syntax::Port)],
    ),
    (
        "core.v1.TopologySpreadConstraint",
        &[
            Between("maxSkew", 1, ANY),
            Between("minDomains", 1, ANY),
            Filled("topologyKey"),
            Filled("whenUnsatisfiable"),
            TextItems("matchLabelKeys", Syntax::QualifiedName),
            Agree(special::spread_keys_have_a_selector),
        ],
    ),
    (
        "core.v1.Volume",
        &[
            Agree(special::volume_has_one_source),
            Filled("name"),
            Text("name", Syntax::Label),
        ],
    ),
    (
        "core.v1.VolumeMount",
        &[
            Filled("name"),
            Filled("mountPath"),
            AtMostOne(&["subPath", "subPathExpr"]),
        ],
    ),
    (
        "core.v1.WeightedPodAffinityTerm",
        &[Between("weight", 1, 100)],
    ),
    ("meta.v1.LabelSelector", &[Labels("matchLabels")]),
    (
        "meta.v1.LabelSelectorRequirement",
        &[
            Filled("key"),
            Text("key", Syntax::QualifiedName),
            Text(
                "operator",
                Syntax::OneOf(&["DoesNotExist", "Exists", "In", "NotIn"]),
            ),
        ],
    ),
    (
        "metadata",
        &[Labels("labels"), Agree(special::own_meta_is_new)],
    ),
    (
        "rbac.v1.PolicyRule",
        &[
            Agree(special::rule_has_groups),
            Filled("verbs"),
            AnyOf(&["nonResourceURLs", "resources"]),
        ],
    ),
    (
        "rbac.v1.RoleRef",
        &[
            Filled("kind"),
            Filled("name"),
            Text("name", Syntax::PathSegment),
            Text("kind", Syntax::OneOf(&["ClusterRole", "Role"])),
            Text("apiGroup", Syntax::OneOf(&["rbac.authorization.k8s.io"])),
        ],
    ),
    (
        "rbac.v1.Subject",
        &[
            Filled("name"),
            Filled("kind"),
            Text("kind", Syntax::OneOf(&["Group", "ServiceAccount", "User"])),
            Agree(special::account_has_a_name),
        ],
    ),
    (
        "rbac.v1.ClusterRoleBinding",
        &[Agree(special::accounts_have_namespaces)],
    ),
    (
        "storage.v1.StorageClass",
        &[
            Filled("provisioner"),
            Text("provisioner", Syntax::QualifiedNameOfAnyCase),
            Text("reclaimPolicy", Syntax::OneOf(&["Delete", "Retain"])),
        ],
    ),
];

/// What an autoscaler aims at.
pub(super) const SCALED: &[Demand] = &[
    Filled("kind"),
    Filled("name"),
    Text("kind", Syntax::PathSegment),
    Text("name", Syntax::PathSegment),
    Agree(special::version_has_one_group),
];

/// One key of another object.
const KEY_OF_OBJECT: &[Demand] = &[
    Filled("key"),
    Text("key", Syntax::DataKey),
    Filled("name"),
    Text("name", Syntax::Subdomain),
];

/// What is demanded of all workloads that keep pods running.
const WORKLOAD: &[Demand] = &[
    Agree(special::selector_fits),
    Agree(special::mounts_exist),
    Filled("template"),
    Between("replicas", 0, ANY),
    Between("minReadySeconds", 0, ANY),
    Between("progressDeadlineSeconds", 0, ANY),
];
