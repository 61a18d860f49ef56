//! Which fields of the built-in kinds never change (Kubernetes' validation of updates, `Validate…Update` of each kind).

/// A field that an object keeps, and everything below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Immutable {
    /// The path of the field, `spec.selector`.
    pub path: &'static str,
    /// The fields below it, relative to it, that may change all the same.
    pub except: &'static [&'static str],
    /// When the server holds on to it.
    pub hold: Hold,
}

/// When the server holds on to a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hold {
    /// From the moment on that the object exists.
    Always,
    /// From the moment on that the field has a value.
    OnceSet,
    /// While the object says `immutable: true`.
    WhileImmutable,
    /// Some changes are taken and others are not; `refused` decides each.
    Partly,
}

const fn always(path: &'static str) -> Immutable {
    Immutable {
        path,
        except: &[],
        hold: Hold::Always,
    }
}

const fn once_set(path: &'static str) -> Immutable {
    Immutable {
        hold: Hold::OnceSet,
        ..always(path)
    }
}

const fn while_immutable(path: &'static str) -> Immutable {
    Immutable {
        hold: Hold::WhileImmutable,
        ..always(path)
    }
}

const fn partly(path: &'static str, except: &'static [&'static str]) -> Immutable {
    Immutable {
        path,
        except,
        hold: Hold::Partly,
    }
}

const STATEFUL_SET: &[Immutable] = &[Immutable {
    except: &[
        "replicas",
        "ordinals",
        "template",
        "updateStrategy",
        "revisionHistoryLimit",
        "persistentVolumeClaimRetentionPolicy",
        "minReadySeconds",
    ],
    ..always("spec")
}];

const JOB: &[Immutable] = &[
    always("spec.selector"),
    always("spec.completionMode"),
    always("spec.podFailurePolicy"),
    always("spec.backoffLimitPerIndex"),
    always("spec.managedBy"),
    always("spec.successPolicy"),
    partly("spec.completions", &[]),
    partly("spec.template", &[]),
];

const POD: &[Immutable] = &[partly(
    "spec",
    &["containers[*].image", "initContainers[*].image"],
)];

const CLAIM: &[Immutable] = &[partly("spec", &["volumeAttributesClassName"])];

/// The sources that a volume can have, one field each.
const VOLUME: &[Immutable] = &[
    always("spec.awsElasticBlockStore"),
    always("spec.azureDisk"),
    always("spec.azureFile"),
    always("spec.cephfs"),
    always("spec.cinder"),
    partly("spec.csi", &["controllerExpandSecretRef"]),
    always("spec.fc"),
    always("spec.flexVolume"),
    always("spec.flocker"),
    always("spec.gcePersistentDisk"),
    always("spec.glusterfs"),
    always("spec.hostPath"),
    always("spec.iscsi"),
    always("spec.local"),
    always("spec.nfs"),
    always("spec.photonPersistentDisk"),
    always("spec.portworxVolume"),
    always("spec.quobyte"),
    always("spec.rbd"),
    always("spec.scaleIO"),
    always("spec.storageos"),
    always("spec.vsphereVolume"),
    always("spec.volumeMode"),
    once_set("spec.nodeAffinity"),
];

const SERVICE: &[Immutable] = &[
    partly("spec.clusterIP", &[]),
    partly("spec.clusterIPs", &[]),
    partly("spec.ipFamilies", &[]),
    partly("spec.loadBalancerClass", &[]),
    partly("spec.healthCheckNodePort", &[]),
];

const CONFIG_MAP: &[Immutable] = &[
    while_immutable("data"),
    while_immutable("binaryData"),
    while_immutable("immutable"),
];

const SECRET: &[Immutable] = &[
    always("type"),
    while_immutable("data"),
    while_immutable("stringData"),
    while_immutable("immutable"),
];

const NODE: &[Immutable] = &[
    once_set("spec.podCIDR"),
    once_set("spec.podCIDRs"),
    once_set("spec.providerID"),
];

const STORAGE_CLASS: &[Immutable] = &[
    always("provisioner"),
    always("parameters"),
    always("reclaimPolicy"),
    always("volumeBindingMode"),
];

const CSI_DRIVER: &[Immutable] = &[
    always("spec.attachRequired"),
    always("spec.volumeLifecycleModes"),
];

const RESOURCE_SLICE: &[Immutable] = &[
    always("spec.pool.name"),
    always("spec.driver"),
    always("spec.nodeName"),
];

const EVENT: &[Immutable] = &[
    always("action"),
    always("eventTime"),
    always("note"),
    always("reason"),
    always("regarding"),
    always("related"),
    always("reportingController"),
    always("reportingInstance"),
    always("type"),
];

const DEFINITION: &[Immutable] = &[
    always("spec.group"),
    always("spec.scope"),
    always("spec.names.plural"),
    always("spec.names.kind"),
    partly("spec.versions", &[]),
];

/// Group, kinds and fields.
type Entry = (&'static str, &'static [&'static str], &'static [Immutable]);

const STORAGE: &str = "storage.k8s.io";

static TABLE: &[Entry] = &[
    (
        "apps",
        &["Deployment", "ReplicaSet", "DaemonSet"],
        &[always("spec.selector")],
    ),
    ("apps", &["StatefulSet"], STATEFUL_SET),
    ("apps", &["ControllerRevision"], &[always("data")]),
    ("batch", &["Job"], JOB),
    ("", &["Pod"], POD),
    ("", &["PersistentVolumeClaim"], CLAIM),
    ("", &["PersistentVolume"], VOLUME),
    ("", &["Service"], SERVICE),
    ("", &["ConfigMap"], CONFIG_MAP),
    ("", &["Secret"], SECRET),
    ("", &["ResourceQuota"], &[partly("spec.scopes", &[])]),
    ("", &["Node"], NODE),
    (
        "rbac.authorization.k8s.io",
        &["RoleBinding", "ClusterRoleBinding"],
        &[always("roleRef")],
    ),
    (STORAGE, &["StorageClass"], STORAGE_CLASS),
    (
        STORAGE,
        &["VolumeAttributesClass"],
        &[always("driverName"), always("parameters")],
    ),
    (STORAGE, &["CSIDriver"], CSI_DRIVER),
    (
        STORAGE,
        &["CSIStorageCapacity"],
        &[always("nodeTopology"), always("storageClassName")],
    ),
    (STORAGE, &["CSINode"], &[partly("spec.drivers", &[])]),
    (STORAGE, &["VolumeAttachment"], &[always("spec")]),
    (
        "scheduling.k8s.io",
        &["PriorityClass"],
        &[always("value"), always("preemptionPolicy")],
    ),
    (
        "scheduling.k8s.io",
        &["Workload"],
        &[always("spec.podGroups"), once_set("spec.controllerRef")],
    ),
    (
        "networking.k8s.io",
        &["IngressClass"],
        &[always("spec.controller")],
    ),
    (
        "networking.k8s.io",
        &["IPAddress"],
        &[always("spec.parentRef")],
    ),
    (
        "networking.k8s.io",
        &["ServiceCIDR"],
        &[partly("spec.cidrs", &[])],
    ),
    ("node.k8s.io", &["RuntimeClass"], &[always("handler")]),
    (
        "discovery.k8s.io",
        &["EndpointSlice"],
        &[always("addressType")],
    ),
    (
        "resource.k8s.io",
        &["ResourceClaim", "ResourceClaimTemplate"],
        &[always("spec")],
    ),
    ("resource.k8s.io", &["ResourceSlice"], RESOURCE_SLICE),
    (
        "certificates.k8s.io",
        &["ClusterTrustBundle"],
        &[always("spec.signerName")],
    ),
    (
        "certificates.k8s.io",
        &["PodCertificateRequest"],
        &[always("spec")],
    ),
    (
        "storagemigration.k8s.io",
        &["StorageVersionMigration"],
        &[always("spec")],
    ),
    (
        "coordination.k8s.io",
        &["LeaseCandidate"],
        &[always("spec.leaseName")],
    ),
    ("events.k8s.io", &["Event"], EVENT),
    (
        "apiextensions.k8s.io",
        &["CustomResourceDefinition"],
        DEFINITION,
    ),
];

/// The fields of a built-in kind that never change, or only in some ways. Empty for kinds all of whose fields may
/// change, and for custom kinds, where only CEL rules can tell.
pub fn immutable_paths(group: &str, kind: &str) -> &'static [Immutable] {
    let mut entries = TABLE.iter();
    entries
        .find(|(of, kinds, _)| *of == group && kinds.contains(&kind))
        .map_or(&[][..], |(_, _, fields)| fields)
}

/// Where the template of the pods that a workload runs stands, `spec.template`; `None` for kinds that run no pods of
/// their own. What changes below it makes new pods.
pub fn pod_template_path(group: &str, kind: &str) -> Option<&'static str> {
    Some(match (group, kind) {
        ("apps", "Deployment" | "ReplicaSet" | "StatefulSet" | "DaemonSet")
        | ("batch", "Job")
        | ("", "ReplicationController")
        | ("argoproj.io", "Rollout") => "spec.template",
        ("batch", "CronJob") => "spec.jobTemplate.spec.template",
        ("", "PodTemplate") => "template",
        _ => return None,
    })
}
