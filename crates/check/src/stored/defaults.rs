//! The defaults that the API server fills in by code and that no published document states.
//!
//! Each row was asked of a real server (see the tests that need one): the field written out and the field left away are
//! the same object.

use serde_json::{Map, Value as Json};

/// A fixed default.
enum Default {
    Text(&'static str),
    Number(i64),
    Flag(bool),
}

use Default::{Flag, Number, Text};

impl Default {
    fn value(&self) -> Json {
        match self {
            Text(text) => Json::from(*text),
            Number(number) => Json::from(*number),
            Flag(flag) => Json::from(*flag),
        }
    }
}

const RBD: &[(&str, Default)] = &[
    ("keyring", Text("/etc/ceph/keyring")),
    ("pool", Text("rbd")),
    ("user", Text("admin")),
];

const SCALE_IO: &[(&str, Default)] = &[
    ("fsType", Text("xfs")),
    ("storageMode", Text("ThinProvisioned")),
];

/// The end of the definition's name, the field, and what stands for its absence.
const DEFAULTS: [(&str, &[(&str, Default)]); 60] = [
    ("ISCSIVolumeSource", &[("iscsiInterface", Text("default"))]),
    (
        "ISCSIPersistentVolumeSource",
        &[("iscsiInterface", Text("default"))],
    ),
    ("RBDVolumeSource", RBD),
    ("RBDPersistentVolumeSource", RBD),
    (
        "AzureDiskVolumeSource",
        &[
            ("cachingMode", Text("ReadWrite")),
            ("fsType", Text("ext4")),
            ("kind", Text("Shared")),
            ("readOnly", Flag(false)),
        ],
    ),
    ("ScaleIOVolumeSource", SCALE_IO),
    ("ScaleIOPersistentVolumeSource", SCALE_IO),
    (
        "PodFailurePolicyOnPodConditionsPattern",
        &[("status", Text("True"))],
    ),
    ("ContainerPort", &[("protocol", Text("TCP"))]),
    ("DeviceToleration", &[("operator", Text("Equal"))]),
    (
        "ExactDeviceRequest",
        &[("allocationMode", Text("ExactCount"))],
    ),
    (
        "DeviceSubRequest",
        &[("allocationMode", Text("ExactCount"))],
    ),
    (
        "admissionregistration.v1.MutatingWebhook",
        &[
            ("failurePolicy", Text("Fail")),
            ("matchPolicy", Text("Equivalent")),
            ("reinvocationPolicy", Text("Never")),
            ("timeoutSeconds", Number(10)),
        ],
    ),
    (
        "admissionregistration.v1.RuleWithOperations",
        &[("scope", Text("*"))],
    ),
    (
        "admissionregistration.v1.ServiceReference",
        &[("port", Number(443))],
    ),
    (
        "admissionregistration.v1.ValidatingAdmissionPolicySpec",
        &[("failurePolicy", Text("Fail"))],
    ),
    (
        "admissionregistration.v1.ValidatingWebhook",
        &[
            ("failurePolicy", Text("Fail")),
            ("matchPolicy", Text("Equivalent")),
            ("timeoutSeconds", Number(10)),
        ],
    ),
    (
        "apps.v1.DaemonSetSpec",
        &[
            ("minReadySeconds", Number(0)),
            ("revisionHistoryLimit", Number(10)),
        ],
    ),
    (
        "apps.v1.DeploymentSpec",
        &[
            ("minReadySeconds", Number(0)),
            ("paused", Flag(false)),
            ("progressDeadlineSeconds", Number(600)),
            ("replicas", Number(1)),
            ("revisionHistoryLimit", Number(10)),
        ],
    ),
    (
        "apps.v1.ReplicaSetSpec",
        &[("minReadySeconds", Number(0)), ("replicas", Number(1))],
    ),
    (
        "apps.v1.StatefulSetPersistentVolumeClaimRetentionPolicy",
        &[
            ("whenDeleted", Text("Retain")),
            ("whenScaled", Text("Retain")),
        ],
    ),
    (
        "apps.v1.StatefulSetSpec",
        &[
            ("minReadySeconds", Number(0)),
            ("podManagementPolicy", Text("OrderedReady")),
            ("replicas", Number(1)),
            ("revisionHistoryLimit", Number(10)),
        ],
    ),
    (
        "autoscaling.v1.HorizontalPodAutoscalerSpec",
        &[("minReplicas", Number(1))],
    ),
    (
        "autoscaling.v2.HorizontalPodAutoscalerSpec",
        &[("minReplicas", Number(1))],
    ),
    (
        "batch.v1.CronJobSpec",
        &[
            ("concurrencyPolicy", Text("Allow")),
            ("failedJobsHistoryLimit", Number(1)),
            ("successfulJobsHistoryLimit", Number(3)),
            ("suspend", Flag(false)),
        ],
    ),
    (
        "core.v1.ConfigMapVolumeSource",
        &[("defaultMode", Number(420))],
    ),
    (
        "core.v1.Container",
        &[
            ("stdin", Flag(false)),
            ("stdinOnce", Flag(false)),
            ("terminationMessagePath", Text("/dev/termination-log")),
            ("terminationMessagePolicy", Text("File")),
            ("tty", Flag(false)),
        ],
    ),
    (
        "core.v1.DownwardAPIVolumeSource",
        &[("defaultMode", Number(420))],
    ),
    ("core.v1.EnvVar", &[("value", Text(""))]),
    (
        "core.v1.HTTPGetAction",
        &[("path", Text("/")), ("scheme", Text("HTTP"))],
    ),
    ("core.v1.HostPathVolumeSource", &[("type", Text(""))]),
    ("core.v1.ObjectFieldSelector", &[("apiVersion", Text("v1"))]),
    (
        "core.v1.PersistentVolumeClaimSpec",
        &[("volumeMode", Text("Filesystem"))],
    ),
    (
        "core.v1.PersistentVolumeClaimVolumeSource",
        &[("readOnly", Flag(false))],
    ),
    (
        "core.v1.PersistentVolumeSpec",
        &[
            ("persistentVolumeReclaimPolicy", Text("Retain")),
            ("volumeMode", Text("Filesystem")),
        ],
    ),
    (
        "core.v1.PodSpec",
        &[
            ("dnsPolicy", Text("ClusterFirst")),
            ("hostIPC", Flag(false)),
            ("hostNetwork", Flag(false)),
            ("hostPID", Flag(false)),
            ("restartPolicy", Text("Always")),
            ("schedulerName", Text("default-scheduler")),
            ("terminationGracePeriodSeconds", Number(30)),
        ],
    ),
    (
        "core.v1.Probe",
        &[
            ("failureThreshold", Number(3)),
            ("initialDelaySeconds", Number(0)),
            ("periodSeconds", Number(10)),
            ("successThreshold", Number(1)),
            ("timeoutSeconds", Number(1)),
        ],
    ),
    (
        "core.v1.ProjectedVolumeSource",
        &[("defaultMode", Number(420))],
    ),
    ("core.v1.ResourceFieldSelector", &[("divisor", Text("0"))]),
    (
        "core.v1.SecretVolumeSource",
        &[("defaultMode", Number(420))],
    ),
    (
        "core.v1.ServiceAccountTokenProjection",
        &[("expirationSeconds", Number(3600))],
    ),
    (
        "core.v1.ServiceSpec",
        &[
            ("publishNotReadyAddresses", Flag(false)),
            ("sessionAffinity", Text("None")),
            ("type", Text("ClusterIP")),
        ],
    ),
    (
        "core.v1.VolumeMount",
        &[("readOnly", Flag(false)), ("subPath", Text(""))],
    ),
    (
        "discovery.v1.EndpointPort",
        &[("name", Text("")), ("protocol", Text("TCP"))],
    ),
    (
        "flowcontrol.v1.FlowSchemaSpec",
        &[("matchingPrecedence", Number(1000))],
    ),
    (
        "flowcontrol.v1.LimitedPriorityLevelConfiguration",
        &[
            ("lendablePercent", Number(0)),
            ("nominalConcurrencyShares", Number(30)),
        ],
    ),
    (
        "flowcontrol.v1.QueuingConfiguration",
        &[
            ("handSize", Number(8)),
            ("queueLengthLimit", Number(50)),
            ("queues", Number(64)),
        ],
    ),
    (
        "networking.v1.IngressClassParametersReference",
        &[("scope", Text("Cluster"))],
    ),
    (
        "networking.v1.NetworkPolicyPort",
        &[("protocol", Text("TCP"))],
    ),
    (
        "rbac.v1.RoleRef",
        &[("apiGroup", Text("rbac.authorization.k8s.io"))],
    ),
    (
        "kind.PriorityClass",
        &[
            ("globalDefault", Flag(false)),
            ("preemptionPolicy", Text("PreemptLowerPriority")),
            ("value", Number(0)),
        ],
    ),
    (
        "storage.v1.CSIDriverSpec",
        &[
            ("attachRequired", Flag(true)),
            ("fsGroupPolicy", Text("ReadWriteOnceWithFSType")),
            ("podInfoOnMount", Flag(false)),
            ("requiresRepublish", Flag(false)),
            ("seLinuxMount", Flag(false)),
            ("storageCapacity", Flag(false)),
        ],
    ),
    (
        "kind.StorageClass",
        &[
            ("reclaimPolicy", Text("Delete")),
            ("volumeBindingMode", Text("Immediate")),
        ],
    ),
    (
        "apiregistration.v1.ServiceReference",
        &[("port", Number(443))],
    ),
    (
        "apiregistration.v1.APIServiceSpec",
        &[("insecureSkipTLSVerify", Flag(false))],
    ),
    ("core.v1.GRPCAction", &[("service", Text(""))]),
    ("kind.Secret", &[("type", Text("Opaque"))]),
    (
        "batch.v1.JobSpec",
        &[
            ("backoffLimit", Number(6)),
            ("completionMode", Text("NonIndexed")),
            ("suspend", Flag(false)),
        ],
    ),
    (
        "admissionregistration.v1.MatchResources",
        &[("matchPolicy", Text("Equivalent"))],
    ),
    (
        "apiextensions.v1.CustomResourceConversion",
        &[("strategy", Text("None"))],
    ),
];

/// Puts in what the server would.
pub(super) fn fill(definition: &str, fields: &mut Map<String, Json>) {
    let found = DEFAULTS.iter().find(|(end, _)| {
        definition
            .strip_suffix(end)
            .is_some_and(|before| before.ends_with('.'))
    });
    for (field, default) in found.iter().flat_map(|(_, defaults)| defaults.iter()) {
        if !fields.contains_key(*field) {
            fields.insert((*field).to_owned(), default.value());
        }
    }
}
