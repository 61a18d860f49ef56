//! What is demanded of each definition of a built-in kind; the facts are those of Kubernetes' validation packages,
//! minors 1.33 to 1.36.

use super::native::Demand::{
    self, Agree, AtMostOne, Between, Filled, Items, Labels, One, Some as AnyOf, Text,
};
use super::native::Syntax;
use super::special;

/// The largest user or group number.
const LARGEST_ID: i64 = 2_147_483_647;
pub(super) const ANY: i64 = i64::MAX;

/// Definition (below `io.k8s.api.`, or `io.k8s.apimachinery.pkg.apis.`) and what is demanded of it.
pub(super) const DEMANDS: &[(&str, &[Demand])] = &[
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
        &[Agree(special::requests_within_limits)],
    ),
    ("core.v1.SeccompProfile", &[Filled("type")]),
    ("autoscaling.v2.HorizontalPodAutoscaler", &[Filled("spec")]),
    ("networking.v1.Ingress", &[Filled("spec")]),
    (
        "networking.v1.IngressSpec",
        &[Agree(special::ingress_leads_somewhere)],
    ),
    (
        "networking.v1.NetworkPolicySpec",
        &[Items("policyTypes", &["Egress", "Ingress"])],
    ),
    ("apps.v1.Deployment", &[Filled("spec")]),
    ("apps.v1.StatefulSet", &[Filled("spec")]),
    ("apps.v1.DaemonSet", &[Filled("spec")]),
    ("apps.v1.DeploymentSpec", WORKLOAD),
    ("apps.v1.StatefulSetSpec", WORKLOAD),
    ("apps.v1.DaemonSetSpec", WORKLOAD),
    ("apps.v1.ReplicaSetSpec", WORKLOAD),
    (
        "autoscaling.v2.CrossVersionObjectReference",
        &[Filled("kind"), Filled("name")],
    ),
    (
        "autoscaling.v2.HPAScalingPolicy",
        &[
            Between("value", 1, ANY),
            Between("periodSeconds", 1, 1800),
            Text("type", Syntax::OneOf(&["Percent", "Pods"])),
        ],
    ),
    (
        "autoscaling.v2.HPAScalingRules",
        &[Between("stabilizationWindowSeconds", 0, 3600)],
    ),
    (
        "autoscaling.v2.HorizontalPodAutoscalerSpec",
        &[
            Agree(special::minimum_within_maximum),
            Between("maxReplicas", 1, ANY),
            Between("minReplicas", 0, ANY),
        ],
    ),
    (
        "autoscaling.v2.MetricSpec",
        &[
            Agree(special::metric_fits_type),
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
            One(&["averageUtilization", "averageValue", "value"]),
            Between("averageUtilization", 1, ANY),
            Text(
                "type",
                Syntax::OneOf(&["AverageValue", "Utilization", "Value"]),
            ),
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
    ("networking.v1.HTTPIngressRuleValue", &[Filled("paths")]),
    ("core.v1.ConfigMapKeySelector", &[Filled("key")]),
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
    (
        "core.v1.EnvVar",
        &[Filled("name"), AtMostOne(&["value", "valueFrom"])],
    ),
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
    ("core.v1.ObjectFieldSelector", &[Filled("fieldPath")]),
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
    ("core.v1.SecretKeySelector", &[Filled("key")]),
    (
        "core.v1.SecurityContext",
        &[
            Between("runAsGroup", 0, LARGEST_ID),
            Between("runAsUser", 0, LARGEST_ID),
        ],
    ),
    ("core.v1.Service", &[Filled("spec")]),
    (
        "core.v1.ServicePort",
        &[
            Between("port", 1, 65535),
            Between("nodePort", 0, 65535),
            Text("name", Syntax::Label),
            Text("targetPort", Syntax::Port),
        ],
    ),
    (
        "core.v1.ServiceSpec",
        &[Agree(special::service_has_ports), Labels("selector")],
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
    ("meta.v1.ObjectMeta", &[Labels("labels")]),
    (
        "networking.v1.HTTPIngressPath",
        &[
            Filled("pathType"),
            Filled("backend"),
            Text("path", Syntax::AbsolutePath),
        ],
    ),
    (
        "networking.v1.IPBlock",
        &[Filled("cidr"), Text("cidr", Syntax::Cidr)],
    ),
    (
        "networking.v1.IngressBackend",
        &[One(&["resource", "service"])],
    ),
    (
        "networking.v1.IngressServiceBackend",
        &[
            Filled("name"),
            Filled("port"),
            Text("name", Syntax::Subdomain),
        ],
    ),
    (
        "networking.v1.NetworkPolicyPeer",
        &[AnyOf(&["ipBlock", "namespaceSelector", "podSelector"])],
    ),
    (
        "networking.v1.NetworkPolicyPort",
        &[Text("port", Syntax::Port)],
    ),
    (
        "networking.v1.ServiceBackendPort",
        &[One(&["name", "number"]), Between("number", 1, 65535)],
    ),
    (
        "policy.v1.PodDisruptionBudgetSpec",
        &[
            AtMostOne(&["maxUnavailable", "minAvailable"]),
            Text("maxUnavailable", Syntax::Share),
            Text("minAvailable", Syntax::Share),
        ],
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
            Text("kind", Syntax::OneOf(&["ClusterRole", "Role"])),
            Text("apiGroup", Syntax::OneOf(&["rbac.authorization.k8s.io"])),
        ],
    ),
    (
        "rbac.v1.Subject",
        &[
            Filled("name"),
            Text("kind", Syntax::OneOf(&["Group", "ServiceAccount", "User"])),
        ],
    ),
    (
        "storage.v1.StorageClass",
        &[
            Filled("provisioner"),
            Text("provisioner", Syntax::QualifiedName),
        ],
    ),
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
