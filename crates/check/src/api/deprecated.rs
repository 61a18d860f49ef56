//! Fields, annotations and labels that something else took the place of.

use serde_json::{Map, Value as Json};

use super::versions::numbers;
use crate::change::pod_template_path;
use crate::cluster::text;
use crate::document::Document;
use crate::path::Path;
use crate::pointer::Lookup;
use crate::report::Finding;
use crate::rules::api::deprecated_field;

/// Annotations; what ends in `/` or `.` stands for all that begin so.
const ANNOTATIONS: &[(&str, &str)] = &[
    (
        "container.apparmor.security.beta.kubernetes.io/",
        "use securityContext.appArmorProfile",
    ),
    (
        "seccomp.security.alpha.kubernetes.io/",
        "it counts no more since Kubernetes 1.27; use securityContext.seccompProfile",
    ),
    (
        "container.seccomp.security.alpha.kubernetes.io/",
        "it counts no more since Kubernetes 1.27; use securityContext.seccompProfile",
    ),
    (
        "scheduler.alpha.kubernetes.io/critical-pod",
        "it counts no more since Kubernetes 1.16; use priorityClassName",
    ),
    (
        "volume.beta.kubernetes.io/storage-class",
        "use spec.storageClassName",
    ),
    (
        "volume.beta.kubernetes.io/mount-options",
        "use spec.mountOptions",
    ),
    (
        "storageclass.beta.kubernetes.io/is-default-class",
        "use storageclass.kubernetes.io/is-default-class",
    ),
    (
        "service.alpha.kubernetes.io/tolerate-unready-endpoints",
        "it counts no more since Kubernetes 1.24; use spec.publishNotReadyAddresses",
    ),
    (
        "service.kubernetes.io/topology-aware-hints",
        "use spec.trafficDistribution",
    ),
    ("pod.beta.kubernetes.io/hostname", "use spec.hostname"),
];

/// Labels of nodes, with what took their place.
const NODE_LABELS: &[(&str, &str)] = &[
    ("beta.kubernetes.io/arch", "kubernetes.io/arch"),
    ("beta.kubernetes.io/os", "kubernetes.io/os"),
    (
        "beta.kubernetes.io/instance-type",
        "node.kubernetes.io/instance-type",
    ),
    (
        "failure-domain.beta.kubernetes.io/region",
        "topology.kubernetes.io/region",
    ),
    (
        "failure-domain.beta.kubernetes.io/zone",
        "topology.kubernetes.io/zone",
    ),
    (
        "node-role.kubernetes.io/master",
        "node-role.kubernetes.io/control-plane",
    ),
];

/// Sources of volumes that no kubelet mounts any more, or will not for long, with the release that says so.
const VOLUMES: &[(&str, &str)] = &[
    (
        "cephfs",
        "it was removed in Kubernetes 1.31; use its CSI driver",
    ),
    ("flocker", "it was removed in Kubernetes 1.25"),
    (
        "gitRepo",
        "it is switched off since Kubernetes 1.33; clone in an init container into an emptyDir",
    ),
    ("glusterfs", "it was removed in Kubernetes 1.26"),
    ("photonPersistentDisk", "it was removed in Kubernetes 1.31"),
    ("quobyte", "it was removed in Kubernetes 1.25"),
    (
        "rbd",
        "it was removed in Kubernetes 1.31; use its CSI driver",
    ),
    ("scaleIO", "it was removed in Kubernetes 1.22"),
    ("storageos", "it was removed in Kubernetes 1.25"),
];

/// Looks for what is deprecated in an object of a built-in kind, or in its pods.
pub(super) fn check(document: &Document, minor: &str, found: &mut Vec<Finding>) {
    let mut look = Look { document, found };
    let id = &document.id;
    let value = &document.value;
    look.annotations(
        value.lookup("/metadata/annotations"),
        "metadata.annotations",
    );
    match (id.group(), &*id.kind) {
        ("", "Pod") => look.pod(value.get("spec"), &Path::Root.field("spec")),
        ("networking.k8s.io", "Ingress") => look.ingress(),
        ("", "Service") => look.service(minor),
        ("autoscaling.k8s.io", "VerticalPodAutoscaler") => look.vertical_autoscaler(),
        ("", "PersistentVolume") => look.volume(),
        ("storage.k8s.io", "StorageClass") => {
            let topologies = value.get("allowedTopologies");
            look.node_labels(topologies, &Path::Root.field("allowedTopologies"), 0);
        }
        (group, kind) => {
            let Some(path) = pod_template_path(group, kind) else {
                return;
            };
            let template = value.lookup(&format!("/{}", path.replace('.', "/")));
            let Some(template) = template else { return };
            let annotations = template.lookup("/metadata/annotations");
            look.annotations(annotations, &format!("{path}.metadata.annotations"));
            let spec = format!("{path}.spec");
            look.pod(template.get("spec"), &Path::Root.field(&spec));
        }
    }
}

struct Look<'l> {
    document: &'l Document,
    found: &'l mut Vec<Finding>,
}

impl Look<'_> {
    fn report(&mut self, path: String, message: String) {
        let rule = &deprecated_field::RULE;
        self.found
            .push(Finding::new(rule, self.document, path, message));
    }

    fn annotations(&mut self, annotations: Option<&Json>, path: &str) {
        for key in keys(annotations) {
            let known = ANNOTATIONS
                .iter()
                .find(|(name, _)| key == name || (name.ends_with('/') && key.starts_with(name)));
            if let Some((_, instead)) = known {
                self.report(
                    format!("{path}[{key}]"),
                    format!("the annotation is deprecated: {instead}"),
                );
            }
        }
    }

    fn ingress(&mut self) {
        let annotation = "/metadata/annotations/kubernetes.io~1ingress.class";
        let value = &self.document.value;
        if text(value, annotation).is_some() && value.lookup("/spec/ingressClassName").is_none() {
            self.report(
                "metadata.annotations[kubernetes.io/ingress.class]".to_owned(),
                "the annotation is deprecated: use spec.ingressClassName".to_owned(),
            );
        }
    }

    fn service(&mut self, minor: &str) {
        let spec = self.document.value.get("spec");
        let has = |name: &str| {
            spec.and_then(|spec| spec.get(name)).is_some_and(|value| {
                value.as_array().is_none_or(|items| !items.is_empty())
                    && !value.is_null()
                    && value != ""
            })
        };
        if has("loadBalancerIP") {
            let message =
                "the field is deprecated: use the annotation of the load balancer's provider";
            self.report("spec.loadBalancerIP".to_owned(), message.to_owned());
        }
        if has("externalIPs") && numbers(minor).is_some_and(|minor| minor >= (1, 36)) {
            let message =
                "the field is deprecated since Kubernetes 1.36: use a load balancer or a gateway";
            self.report("spec.externalIPs".to_owned(), message.to_owned());
        }
    }

    /// Vertical Pod Autoscaler 1.4 and later.
    fn vertical_autoscaler(&mut self) {
        let path = "spec.updatePolicy.updateMode";
        if text(&self.document.value, "/spec/updatePolicy/updateMode") == Some("Auto") {
            let message = "the mode Auto is deprecated: it means Recreate, and InPlaceOrRecreate is there too";
            self.report(path.to_owned(), message.to_owned());
        }
    }

    fn volume(&mut self) {
        let value = &self.document.value;
        if text(value, "/spec/persistentVolumeReclaimPolicy") == Some("Recycle") {
            self.report(
                "spec.persistentVolumeReclaimPolicy".to_owned(),
                "Recycle is deprecated: provision volumes dynamically".to_owned(),
            );
        }
        self.sources(value.get("spec"), "spec");
        let affinity = value.lookup("/spec/nodeAffinity");
        self.node_labels(affinity, &Path::Root.field("spec.nodeAffinity"), 0);
    }

    fn sources(&mut self, volume: Option<&Json>, path: &str) {
        for (name, why) in VOLUMES {
            if volume
                .and_then(|volume| volume.get(name))
                .is_some_and(Json::is_object)
            {
                self.report(
                    format!("{path}.{name}"),
                    format!("no volume of this kind can be mounted: {why}"),
                );
            }
        }
    }

    fn pod(&mut self, spec: Option<&Json>, path: &Path<'_>) {
        let Some(spec) = spec else { return };
        let volumes = spec.get("volumes").and_then(Json::as_array);
        for (index, volume) in volumes.into_iter().flatten().enumerate() {
            self.sources(
                Some(volume),
                &path.field("volumes").index(index).to_string(),
            );
        }
        for key in keys(spec.get("nodeSelector")) {
            self.node_label(key, &path.field("nodeSelector"));
        }
        for field in ["affinity", "tolerations", "topologySpreadConstraints"] {
            self.node_labels(spec.get(field), &path.field(field), 0);
        }
    }

    fn node_label(&mut self, key: &str, path: &Path<'_>) {
        if let Some((_, instead)) = NODE_LABELS.iter().find(|(label, _)| *label == key) {
            self.report(
                path.to_string(),
                format!("the label {key} of nodes is deprecated: use {instead}"),
            );
        }
    }

    /// Labels of nodes in whatever chooses by them.
    fn node_labels(&mut self, value: Option<&Json>, path: &Path<'_>, depth: usize) {
        match value {
            Some(Json::Object(fields)) if depth < 12 => {
                for (name, value) in fields {
                    let path = path.field(name);
                    match value {
                        Json::String(key) if name == "key" || name == "topologyKey" => {
                            self.node_label(key, &path);
                        }
                        other => self.node_labels(Some(other), &path, depth + 1),
                    }
                }
            }
            Some(Json::Array(items)) if depth < 12 => {
                for (index, item) in items.iter().enumerate() {
                    self.node_labels(Some(item), &path.index(index), depth + 1);
                }
            }
            _ => {}
        }
    }
}

fn keys(value: Option<&Json>) -> impl Iterator<Item = &String> {
    value
        .and_then(Json::as_object)
        .into_iter()
        .flat_map(Map::keys)
}
