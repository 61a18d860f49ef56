//! The defaults of the API server that depend on other fields.

use serde_json::{Map, Value as Json, json};

type Fields = Map<String, Json>;
/// Puts defaults into the fields of a definition.
type Fill = fn(&mut Fields);

/// The end of a definition's name, and what fills in its fields.
const COMPUTED: [(&str, Fill); 25] = [
    ("storage.v1.CSIDriverSpec", driver),
    ("ExactDeviceRequest", device),
    ("DeviceSubRequest", device),
    ("apps.v1.DeploymentSpec", deployment),
    ("apps.v1.StatefulSetSpec", stateful_set),
    ("apps.v1.DaemonSetSpec", daemon_set),
    ("batch.v1.JobSpec", job),
    ("core.v1.PodSpec", pod),
    ("core.v1.Container", container),
    ("core.v1.Volume", volume),
    ("core.v1.ServiceSpec", service),
    ("core.v1.LimitRangeItem", limit_range),
    ("networking.v1.NetworkPolicySpec", network_policy),
    ("rbac.v1.Subject", subject),
    (
        "autoscaling.v2.HorizontalPodAutoscalerBehavior",
        autoscaler_behavior,
    ),
    ("kind.Secret", secret),
    ("kind.Pod", lone_pod),
    ("kind.Namespace", namespace),
    ("kind.StatefulSet", claim_templates),
    ("core.v1.ServicePort", service_port),
    (
        "apiextensions.v1.CustomResourceDefinitionSpec",
        definition_spec,
    ),
    ("admissionregistration.v1.MutatingWebhook", webhook),
    ("admissionregistration.v1.ValidatingWebhook", webhook),
    ("admissionregistration.v1.MatchResources", webhook_selectors),
    ("core.v1.PersistentVolumeClaimSpec", claim),
];

/// Puts in what the server would.
pub(super) fn fill(definition: &str, fields: &mut Fields) {
    for (end, fill) in COMPUTED {
        let is_meant = definition
            .strip_suffix(end)
            .is_some_and(|before| before.ends_with('.'));
        if is_meant {
            fill(fields);
        }
    }
}

fn default(fields: &mut Fields, name: &str, value: Json) {
    if !fields.contains_key(name) {
        fields.insert(name.to_owned(), value);
    }
}

fn text<'a>(fields: &'a Fields, name: &str) -> Option<&'a str> {
    fields.get(name).and_then(Json::as_str)
}

/// The strategy, and what it says of a rolling update.
fn rolling(fields: &mut Fields, name: &str, defaults: &Json) {
    default(fields, name, json!({}));
    let Some(strategy) = fields.get_mut(name).and_then(Json::as_object_mut) else {
        return;
    };
    default(strategy, "type", json!("RollingUpdate"));
    if text(strategy, "type") != Some("RollingUpdate") {
        return;
    }
    default(strategy, "rollingUpdate", json!({}));
    let rolling = strategy
        .get_mut("rollingUpdate")
        .and_then(Json::as_object_mut);
    if let (Some(rolling), Some(defaults)) = (rolling, defaults.as_object()) {
        for (field, value) in defaults {
            default(rolling, field, value.clone());
        }
    }
}

fn deployment(fields: &mut Fields) {
    let defaults = json!({"maxSurge": "25%", "maxUnavailable": "25%"});
    rolling(fields, "strategy", &defaults);
}

fn stateful_set(fields: &mut Fields) {
    rolling(fields, "updateStrategy", &json!({"partition": 0}));
    let name = "persistentVolumeClaimRetentionPolicy";
    let retain = json!({"whenDeleted": "Retain", "whenScaled": "Retain"});
    default(fields, name, retain);
}

fn daemon_set(fields: &mut Fields) {
    let defaults = json!({"maxSurge": 0, "maxUnavailable": 1});
    rolling(fields, "updateStrategy", &defaults);
}

fn job(fields: &mut Fields) {
    if !fields.contains_key("completions") && !fields.contains_key("parallelism") {
        default(fields, "completions", json!(1));
    }
    default(fields, "parallelism", json!(1));
    let replaces = if fields.contains_key("podFailurePolicy") {
        "Failed"
    } else {
        "TerminatingOrFailed"
    };
    default(fields, "podReplacementPolicy", json!(replaces));
}

fn pod(fields: &mut Fields) {
    // The older name of the field says the same.
    match (
        text(fields, "serviceAccountName"),
        text(fields, "serviceAccount"),
    ) {
        (None, Some(account)) => {
            let account = json!(account);
            fields.insert("serviceAccountName".to_owned(), account);
            fields.remove("serviceAccount");
        }
        (Some(_), Some(_)) => {
            fields.remove("serviceAccount");
        }
        _ => {}
    }
    default(fields, "securityContext", json!({}));
}

/// A pod that no workload makes; templates are left alone. It asks for what it is limited to, and has the priority of all
/// that name none; in the network of the node a container's port is the node's.
fn lone_pod(fields: &mut Fields) {
    let Some(fields) = fields.get_mut("spec").and_then(Json::as_object_mut) else {
        return;
    };
    default(fields, "enableServiceLinks", json!(true));
    if !fields.contains_key("priorityClassName") {
        default(fields, "priority", json!(0));
        default(fields, "preemptionPolicy", json!("PreemptLowerPriority"));
    }
    for list in ["containers", "initContainers"] {
        let containers = fields.get_mut(list).and_then(Json::as_array_mut);
        let resources = containers
            .into_iter()
            .flatten()
            .filter_map(|container| container.get_mut("resources")?.as_object_mut());
        resources.for_each(asks_for_its_limits);
    }
    if fields.get("hostNetwork") != Some(&json!(true)) {
        return;
    }
    for list in ["containers", "initContainers"] {
        let containers = fields.get_mut(list).and_then(Json::as_array_mut);
        let ports = containers
            .into_iter()
            .flatten()
            .filter_map(|container| container.get_mut("ports")?.as_array_mut())
            .flatten()
            .filter_map(Json::as_object_mut);
        for port in ports {
            if let Some(number) = port.get("containerPort").cloned() {
                default(port, "hostPort", number);
            }
        }
    }
}

fn asks_for_its_limits(resources: &mut Fields) {
    let Some(Json::Object(limits)) = resources.get("limits").cloned() else {
        return;
    };
    default(resources, "requests", json!({}));
    if let Some(requests) = resources.get_mut("requests").and_then(Json::as_object_mut) {
        for (resource, amount) in limits {
            default(requests, &resource, amount);
        }
    }
}

fn driver(fields: &mut Fields) {
    default(fields, "volumeLifecycleModes", json!(["Persistent"]));
}

fn device(fields: &mut Fields) {
    if text(fields, "allocationMode") == Some("ExactCount") {
        default(fields, "count", json!(1));
    }
}

fn container(fields: &mut Fields) {
    if let Some(image) = text(fields, "image") {
        let name = image.rsplit('/').next().unwrap_or(image);
        let is_moving =
            !image.contains('@') && name.split_once(':').is_none_or(|(_, tag)| tag == "latest");
        let policy = if is_moving { "Always" } else { "IfNotPresent" };
        default(fields, "imagePullPolicy", json!(policy));
    }
    default(fields, "resources", json!({}));
}

fn volume(fields: &mut Fields) {
    if fields.len() == 1 && fields.contains_key("name") {
        default(fields, "emptyDir", json!({}));
    }
}

fn claim(fields: &mut Fields) {
    default(fields, "resources", json!({}));
}

fn service(fields: &mut Fields) {
    let kind = text(fields, "type").unwrap_or("ClusterIP").to_owned();
    if kind != "ExternalName" {
        default(fields, "internalTrafficPolicy", json!("Cluster"));
    }
    if matches!(kind.as_str(), "NodePort" | "LoadBalancer") {
        default(fields, "externalTrafficPolicy", json!("Cluster"));
    }
    if kind == "LoadBalancer" {
        default(fields, "allocateLoadBalancerNodePorts", json!(true));
    }
    if text(fields, "sessionAffinity") == Some("ClientIP") {
        let config = json!({"clientIP": {"timeoutSeconds": 10_800}});
        default(fields, "sessionAffinityConfig", config);
    }
    // A single address says the same in both fields.
    if let (Some(one), Some([first])) = (
        text(fields, "clusterIP"),
        fields
            .get("clusterIPs")
            .and_then(Json::as_array)
            .map(Vec::as_slice),
    ) && first.as_str() == Some(one)
    {
        fields.remove("clusterIPs");
    }
}

fn service_port(fields: &mut Fields) {
    if let Some(port) = fields.get("port").cloned() {
        default(fields, "targetPort", port);
    }
}

/// Of a container's limits, what is not said follows from what is.
fn limit_range(fields: &mut Fields) {
    if text(fields, "type") != Some("Container") {
        return;
    }
    for (from, to) in [
        ("max", "default"),
        ("default", "defaultRequest"),
        ("min", "defaultRequest"),
    ] {
        let Some(known) = fields.get(from).and_then(Json::as_object).cloned() else {
            continue;
        };
        default(fields, to, json!({}));
        if let Some(filled) = fields.get_mut(to).and_then(Json::as_object_mut) {
            for (resource, amount) in known {
                default(filled, &resource, amount);
            }
        }
    }
}

fn network_policy(fields: &mut Fields) {
    if fields.contains_key("policyTypes") {
        return;
    }
    let has_egress = fields
        .get("egress")
        .and_then(Json::as_array)
        .is_some_and(|rules| !rules.is_empty());
    let types = if has_egress {
        json!(["Ingress", "Egress"])
    } else {
        json!(["Ingress"])
    };
    default(fields, "policyTypes", types);
}

fn subject(fields: &mut Fields) {
    if matches!(text(fields, "kind"), Some("User" | "Group")) {
        default(fields, "apiGroup", json!("rbac.authorization.k8s.io"));
    } else if text(fields, "apiGroup") == Some("") {
        fields.remove("apiGroup");
    }
}

fn autoscaler_behavior(fields: &mut Fields) {
    let up = json!({
        "stabilizationWindowSeconds": 0,
        "selectPolicy": "Max",
        "policies": [
            {"type": "Pods", "value": 4, "periodSeconds": 15},
            {"type": "Percent", "value": 100, "periodSeconds": 15},
        ],
    });
    let down = json!({
        "selectPolicy": "Max",
        "policies": [{"type": "Percent", "value": 100, "periodSeconds": 15}],
    });
    for (name, defaults) in [("scaleUp", up), ("scaleDown", down)] {
        default(fields, name, json!({}));
        let rules = fields.get_mut(name).and_then(Json::as_object_mut);
        if let (Some(rules), Some(defaults)) = (rules, defaults.as_object()) {
            for (field, value) in defaults {
                default(rules, field, value.clone());
            }
        }
    }
}

/// Plain text is stored as data.
fn secret(fields: &mut Fields) {
    let Some(Json::Object(plain)) = fields.remove("stringData") else {
        return;
    };
    default(fields, "data", json!({}));
    if let Some(data) = fields.get_mut("data").and_then(Json::as_object_mut) {
        for (key, value) in plain {
            let encoded = value.as_str().map(|text| base64(text.as_bytes()));
            data.insert(key, encoded.map_or(value, Json::from));
        }
    }
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let at = |index: usize| u32::from(chunk.get(index).copied().unwrap_or(0));
        let bits = at(0) << 16 | at(1) << 8 | at(2);
        for place in 0..4 {
            if place <= chunk.len() {
                let digit = (bits >> (18 - 6 * place)) & 63;
                text.push(char::from(DIGITS[digit as usize]));
            } else {
                text.push('=');
            }
        }
    }
    text
}

/// The server labels every namespace with its name.
fn namespace(fields: &mut Fields) {
    let Some(metadata) = fields.get_mut("metadata").and_then(Json::as_object_mut) else {
        return;
    };
    let name = metadata.get("name").cloned().unwrap_or_default();
    default(metadata, "labels", json!({}));
    if let Some(labels) = metadata.get_mut("labels").and_then(Json::as_object_mut) {
        default(labels, "kubernetes.io/metadata.name", name);
    }
    default(fields, "spec", json!({"finalizers": ["kubernetes"]}));
}

/// Claim templates are whole objects.
fn claim_templates(fields: &mut Fields) {
    let templates = fields
        .get_mut("spec")
        .and_then(|spec| spec.get_mut("volumeClaimTemplates")?.as_array_mut());
    for template in templates
        .into_iter()
        .flatten()
        .filter_map(Json::as_object_mut)
    {
        // The server writes these itself, whatever was sent.
        template.insert("apiVersion".to_owned(), json!("v1"));
        template.insert("kind".to_owned(), json!("PersistentVolumeClaim"));
        template.remove("status");
        if let Some(metadata) = template.get_mut("metadata").and_then(Json::as_object_mut) {
            metadata.remove("creationTimestamp");
        }
    }
}

fn definition_spec(fields: &mut Fields) {
    default(fields, "conversion", json!({"strategy": "None"}));
    let Some(names) = fields.get_mut("names").and_then(Json::as_object_mut) else {
        return;
    };
    if let Some(kind) = text(names, "kind").map(str::to_owned) {
        default(names, "singular", json!(kind.to_lowercase()));
        default(names, "listKind", json!(format!("{kind}List")));
    }
}

fn webhook(fields: &mut Fields) {
    webhook_selectors(fields);
}

fn webhook_selectors(fields: &mut Fields) {
    default(fields, "namespaceSelector", json!({}));
    default(fields, "objectSelector", json!({}));
}
