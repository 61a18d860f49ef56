//! What the server fills in, and which values it takes for nothing (Kubernetes' defaulting functions).
//!
//! Only definitions that stand below a field that never changes are here; for the others nobody asks.

use serde_json::{Map, Value as Json, json};

/// Words that a field has where it has none of its own: definition, field, word.
const WORDS: &[(&str, &str, &str)] = &[
    ("PodSpec", "dnsPolicy", "ClusterFirst"),
    ("PodSpec", "restartPolicy", "Always"),
    ("PodSpec", "schedulerName", "default-scheduler"),
    (
        "Container",
        "terminationMessagePath",
        "/dev/termination-log",
    ),
    ("Container", "terminationMessagePolicy", "File"),
    ("ContainerPort", "protocol", "TCP"),
    ("HTTPGetAction", "path", "/"),
    ("HTTPGetAction", "scheme", "HTTP"),
    ("ObjectFieldSelector", "apiVersion", "v1"),
    ("ISCSIVolumeSource", "iscsiInterface", "default"),
    ("ISCSIPersistentVolumeSource", "iscsiInterface", "default"),
    ("RBDVolumeSource", "pool", "rbd"),
    ("RBDVolumeSource", "user", "admin"),
    ("RBDVolumeSource", "keyring", "/etc/ceph/keyring"),
    ("RBDPersistentVolumeSource", "pool", "rbd"),
    ("RBDPersistentVolumeSource", "user", "admin"),
    ("RBDPersistentVolumeSource", "keyring", "/etc/ceph/keyring"),
    ("AzureDiskVolumeSource", "cachingMode", "ReadWrite"),
    ("AzureDiskVolumeSource", "kind", "Shared"),
    ("AzureDiskVolumeSource", "fsType", "ext4"),
    ("ScaleIOVolumeSource", "storageMode", "ThinProvisioned"),
    ("ScaleIOVolumeSource", "fsType", "xfs"),
    (
        "ScaleIOPersistentVolumeSource",
        "storageMode",
        "ThinProvisioned",
    ),
    ("ScaleIOPersistentVolumeSource", "fsType", "xfs"),
    ("PersistentVolumeClaimSpec", "volumeMode", "Filesystem"),
    ("PersistentVolumeSpec", "volumeMode", "Filesystem"),
    ("StatefulSetSpec", "podManagementPolicy", "OrderedReady"),
    ("JobSpec", "completionMode", "NonIndexed"),
    ("PodFailurePolicyOnPodConditionsPattern", "status", "True"),
    ("StorageClass", "reclaimPolicy", "Delete"),
    ("StorageClass", "volumeBindingMode", "Immediate"),
    ("PriorityClass", "preemptionPolicy", "PreemptLowerPriority"),
    ("Secret", "type", "Opaque"),
    ("RoleRef", "apiGroup", "rbac.authorization.k8s.io"),
    ("ServiceSpec", "type", "ClusterIP"),
    ("DeviceToleration", "operator", "Equal"),
    ("ExactDeviceRequest", "allocationMode", "ExactCount"),
    ("DeviceSubRequest", "allocationMode", "ExactCount"),
];

/// Numbers that a field has where it has none of its own, or zero where that is no value: definition, field, number,
/// and whether zero counts as none.
const NUMBERS: &[(&str, &str, i64, bool)] = &[
    ("PodSpec", "terminationGracePeriodSeconds", 30, false),
    ("Probe", "timeoutSeconds", 1, true),
    ("Probe", "periodSeconds", 10, true),
    ("Probe", "successThreshold", 1, true),
    ("Probe", "failureThreshold", 3, true),
    ("SecretVolumeSource", "defaultMode", 420, false),
    ("ConfigMapVolumeSource", "defaultMode", 420, false),
    ("DownwardAPIVolumeSource", "defaultMode", 420, false),
    ("ProjectedVolumeSource", "defaultMode", 420, false),
    (
        "ServiceAccountTokenProjection",
        "expirationSeconds",
        3600,
        false,
    ),
    ("JobSpec", "parallelism", 1, false),
    ("PriorityClass", "value", 0, false),
];

/// Flags that the server keeps as plain ones: `false` and nothing are the same.
const FLAGS: [&str; 9] = [
    "hostIPC",
    "hostNetwork",
    "hostPID",
    "readOnly",
    "stdin",
    "stdinOnce",
    "tty",
    "sslEnabled",
    "tls",
];

/// Numbers that the server keeps as plain ones: zero and nothing are the same.
const COUNTS: [&str; 4] = ["hostPort", "initialDelaySeconds", "lun", "minReadySeconds"];

/// Objects that the server keeps as plain ones: empty and nothing are the same.
const PLAIN: [&str; 4] = ["metadata", "resources", "spec", "status"];

/// Text that the server tells from nothing even where it is empty.
const TELLING: [&str; 2] = ["storageClassName", "volumeAttributesClassName"];

/// Fields that the server forgets, unless a feature that is not there by default is asked for.
const FORGOTTEN: &[(&str, &str)] = &[
    ("PodSpec", "workloadRef"),
    ("Lifecycle", "stopSignal"),
    ("ExactDeviceRequest", "capacity"),
    ("ExactDeviceRequest", "tolerations"),
    ("DeviceSubRequest", "capacity"),
    ("DeviceSubRequest", "tolerations"),
];

/// Whether a field of this name with this value is the same as no field.
pub(super) fn is_nothing(definition: &str, name: &str, value: &Json) -> bool {
    if FORGOTTEN.contains(&(definition, name)) {
        return true;
    }
    match value {
        Json::Null => true,
        Json::Bool(flag) => !flag && FLAGS.contains(&name),
        Json::Number(number) => number.as_i64() == Some(0) && COUNTS.contains(&name),
        Json::String(text) => text.is_empty() && !TELLING.contains(&name),
        Json::Array(items) => items.is_empty(),
        // What a whole pod asks for is told from nothing.
        Json::Object(fields) => {
            fields.is_empty()
                && PLAIN.contains(&name)
                && (definition, name) != ("PodSpec", "resources")
        }
    }
}

/// Fills in what an object of this definition lacks.
pub(super) fn fill(definition: &str, fields: &mut Map<String, Json>) {
    for (_, name, word) in WORDS.iter().filter(|(of, ..)| *of == definition) {
        if !fields.contains_key(*name) {
            fields.insert((*name).to_owned(), json!(word));
        }
    }
    for (_, name, number, zero_counts) in NUMBERS.iter().filter(|(of, ..)| *of == definition) {
        let is_there = fields
            .get(*name)
            .is_some_and(|value| !zero_counts || value.as_i64() != Some(0));
        if !is_there {
            fields.insert((*name).to_owned(), json!(number));
        }
    }
    match definition {
        "Pod" => bare_pod(fields),
        "PodSpec" => pod(fields),
        "Volume" if fields.len() == 1 => {
            fields.insert("emptyDir".to_owned(), json!({}));
        }
        "Container" | "EphemeralContainer" => image_pull_policy(fields),
        "JobSpec" => completions(fields),
        "CSIDriverSpec" => {
            fields.entry("attachRequired").or_insert(Json::Bool(true));
            fields
                .entry("volumeLifecycleModes")
                .or_insert_with(|| json!(["Persistent"]));
        }
        "AzureDiskVolumeSource" => {
            fields.entry("readOnly").or_insert(Json::Bool(false));
        }
        "ExactDeviceRequest" | "DeviceSubRequest"
            if fields.get("allocationMode") == Some(&json!("ExactCount")) =>
        {
            fields.entry("count").or_insert(json!(1));
        }
        // The server writes these itself into the templates of claims.
        "PersistentVolumeClaim" => {
            fields.remove("apiVersion");
            fields.remove("kind");
            let status = fields.entry("status").or_insert_with(|| json!({}));
            if let Some(status) = status.as_object_mut() {
                status.entry("phase").or_insert_with(|| json!("Pending"));
            }
        }
        _ => {}
    }
}

/// `serviceAccount` is the old name of `serviceAccountName`, and a security context is always there.
fn pod(fields: &mut Map<String, Json>) {
    if let Some(account) = fields.remove("serviceAccount") {
        fields.entry("serviceAccountName").or_insert(account);
    }
    fields.entry("securityContext").or_insert_with(|| json!({}));
}

/// A pod that no workload makes: it asks for what it is limited to, and has the priority of all that name none.
fn bare_pod(fields: &mut Map<String, Json>) {
    let Some(spec) = fields.get_mut("spec").and_then(Json::as_object_mut) else {
        return;
    };
    spec.entry("enableServiceLinks").or_insert(json!(true));
    if !spec.contains_key("priorityClassName") {
        spec.entry("priority").or_insert(json!(0));
        spec.entry("preemptionPolicy")
            .or_insert_with(|| json!("PreemptLowerPriority"));
    }
    for containers in ["containers", "initContainers"] {
        let containers = spec.get_mut(containers).and_then(Json::as_array_mut);
        for container in containers.into_iter().flatten() {
            let resources = container.get_mut("resources").and_then(Json::as_object_mut);
            let Some(resources) = resources else { continue };
            let Some(Json::Object(limits)) = resources.get("limits").cloned() else {
                continue;
            };
            let requests = resources.entry("requests").or_insert_with(|| json!({}));
            for (name, amount) in limits {
                if let Some(requests) = requests.as_object_mut() {
                    requests.entry(name).or_insert(amount);
                }
            }
        }
    }
}

/// A job that says nothing runs one pod.
fn completions(fields: &mut Map<String, Json>) {
    let says_nothing = |name: &str| fields.get(name).is_none_or(|value| *value == json!(1));
    // Where `parallelism` is 1 it may be what was filled in just now: with it written out, no number of completions
    // and one are still different things to the server, which nobody can tell from the outside.
    if !fields.contains_key("completions") && says_nothing("parallelism") {
        fields.insert("completions".to_owned(), json!(1));
    }
}

/// An image without a tag, or with `latest`, is pulled always.
fn image_pull_policy(fields: &mut Map<String, Json>) {
    if fields.contains_key("imagePullPolicy") {
        return;
    }
    let Some(image) = fields.get("image").and_then(Json::as_str) else {
        return;
    };
    let last = image.rsplit('/').next().unwrap_or(image);
    let is_latest =
        !last.contains('@') && last.split_once(':').is_none_or(|(_, tag)| tag == "latest");
    let policy = if is_latest { "Always" } else { "IfNotPresent" };
    fields.insert("imagePullPolicy".to_owned(), json!(policy));
}
