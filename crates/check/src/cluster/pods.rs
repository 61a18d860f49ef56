//! The pods that workloads run: labels, containers and ports of every pod template.

use std::collections::BTreeMap;

use manifest::ResourceId;
use serde_json::Value as Json;

use super::{Cluster, list, namespace_of, text};
use crate::context::ExternalObject;
use crate::document::Document;
use crate::pointer::Lookup;

/// Labels by key.
pub(crate) type Labels = BTreeMap<String, String>;

/// The pods of one workload: all alike.
pub(crate) struct Pods<'a> {
    /// The workload, where it is one of the judged objects.
    pub(crate) owner: Option<&'a Document>,
    /// The workload, also where it is none of them.
    pub(crate) id: &'a ResourceId,
    /// How people call the workload: `Deployment production/api-gateway`.
    pub(crate) title: String,
    /// Where the pods run.
    pub(crate) namespace: &'a str,
    /// Their labels.
    pub(crate) labels: Labels,
    /// Their specification, where it is known.
    pub(crate) spec: Option<&'a Json>,
    /// Where the specification stands in the owner: `spec.template.spec`. Empty where the owner takes it from another object.
    pub(crate) path: &'static str,
    /// Their ports; `None` where they are not known.
    pub(crate) ports: Option<Vec<Port<'a>>>,
}

/// A port that a container declares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Port<'a> {
    /// The name, empty where it has none.
    pub(crate) name: &'a str,
    pub(crate) number: u64,
}

/// A container of a pod template.
#[derive(Clone, Copy)]
pub(crate) struct Container<'a> {
    pub(crate) value: &'a Json,
    /// `containers`, `initContainers` or `ephemeralContainers`.
    list: &'static str,
    position: usize,
}

impl<'a> Container<'a> {
    /// The name of the container.
    pub(crate) fn name(&self) -> &'a str {
        text(self.value, "/name").unwrap_or_default()
    }

    /// Whether it runs beside the others for as long as the pod does.
    pub(crate) fn is_main(&self) -> bool {
        self.list == "containers"
    }

    /// Whether somebody put it into a running pod to look around.
    pub(crate) fn is_ephemeral(&self) -> bool {
        self.list == "ephemeralContainers"
    }

    /// Where the container stands, below the pod specification.
    pub(crate) fn path(&self, pods: &Pods<'_>) -> String {
        format!("{}.{}[{}]", pods.path, self.list, self.position)
    }

    /// The ports that the container declares.
    pub(crate) fn ports(&self) -> impl Iterator<Item = Port<'a>> {
        list(self.value, "/ports").filter_map(|(_, port)| {
            let number = port.get("containerPort").and_then(Json::as_u64)?;
            Some(Port {
                name: text(port, "/name").unwrap_or_default(),
                number,
            })
        })
    }
}

impl<'a> Pods<'a> {
    /// All containers, those that run before the others included.
    pub(crate) fn containers(&self) -> impl Iterator<Item = Container<'a>> {
        let lists = ["containers", "initContainers", "ephemeralContainers"];
        let spec = self.spec;
        lists.into_iter().flat_map(move |name| {
            let items = spec
                .and_then(|spec| spec.get(name))
                .and_then(Json::as_array)
                .into_iter()
                .flatten();
            items.enumerate().map(move |(position, value)| Container {
                value,
                list: name,
                position,
            })
        })
    }

    /// Whether the pods use the network of their node.
    pub(crate) fn is_on_host_network(&self) -> bool {
        let host_network = self.spec.and_then(|spec| spec.get("hostNetwork"));
        host_network.and_then(Json::as_bool).unwrap_or(false)
    }

    /// Whether a port, by name or number, is declared; unknown ports count as declared.
    pub(crate) fn declares(&self, port: &Json) -> bool {
        let Some(ports) = &self.ports else {
            return true;
        };
        match port {
            Json::String(name) => ports.iter().any(|declared| declared.name == name),
            _ => port
                .as_u64()
                .is_some_and(|number| ports.iter().any(|declared| declared.number == number)),
        }
    }

    /// The declared ports in one line.
    pub(crate) fn shown_ports(&self) -> String {
        let shown = |port: &Port<'_>| {
            if port.name.is_empty() {
                port.number.to_string()
            } else {
                format!("{} ({})", port.name, port.number)
            }
        };
        let ports: Vec<String> = self.ports.iter().flatten().map(shown).collect();
        if ports.is_empty() {
            "no port".to_owned()
        } else {
            ports.join(", ")
        }
    }

    /// The workload and the place of its own template; nothing for pods whose template stands in another object.
    pub(crate) fn template(&self) -> Option<(&'a Document, &'a Json)> {
        let is_own = !self.path.is_empty();
        self.owner.zip(self.spec).filter(|_| is_own)
    }

    /// The labels with those that the controller of the workload adds, for selectors that count on them.
    pub(crate) fn adds_label(&self, key: &str) -> bool {
        let kind = self.owner.map_or("", |owner| owner.id.kind.as_ref());
        match key {
            "statefulset.kubernetes.io/pod-name" | "apps.kubernetes.io/pod-index" => {
                kind == "StatefulSet"
            }
            "rollouts-pod-template-hash" => kind == "Rollout",
            "batch.kubernetes.io/job-name" | "job-name" => matches!(kind, "Job" | "CronJob"),
            _ => false,
        }
    }
}

/// Whether [`Pods::adds_label`] holds of some pods.
pub(super) fn is_added_by_some(key: &str) -> bool {
    matches!(
        key,
        "statefulset.kubernetes.io/pod-name"
            | "apps.kubernetes.io/pod-index"
            | "rollouts-pod-template-hash"
            | "batch.kubernetes.io/job-name"
            | "job-name"
    )
}

/// Group, kind, and where the pod template stands as pointer and as path of its specification.
const WORKLOADS: [(&str, &str, &str, &str); 11] = [
    ("apps", "Deployment", "/spec/template", "spec.template.spec"),
    (
        "apps",
        "StatefulSet",
        "/spec/template",
        "spec.template.spec",
    ),
    ("apps", "DaemonSet", "/spec/template", "spec.template.spec"),
    ("apps", "ReplicaSet", "/spec/template", "spec.template.spec"),
    (
        "",
        "ReplicationController",
        "/spec/template",
        "spec.template.spec",
    ),
    ("batch", "Job", "/spec/template", "spec.template.spec"),
    (
        "batch",
        "CronJob",
        "/spec/jobTemplate/spec/template",
        "spec.jobTemplate.spec.template.spec",
    ),
    (
        "argoproj.io",
        "Rollout",
        "/spec/template",
        "spec.template.spec",
    ),
    ("", "Pod", "", "spec"),
    ("", "PodTemplate", "/template", "template.spec"),
    (
        "apps.openshift.io",
        "DeploymentConfig",
        "/spec/template",
        "spec.template.spec",
    ),
];

/// Whether objects of a kind of this name, of whichever group, may run pods.
pub(crate) fn may_run_pods(kind: &str) -> bool {
    WORKLOADS.iter().any(|workload| workload.1 == kind)
}

/// All pods of the documents, and those that the caller states to run.
pub(super) fn of<'a>(
    cluster: &Cluster<'a>,
    documents: impl IntoIterator<Item = &'a Document>,
    external: &'a [ExternalObject],
) -> Vec<Pods<'a>> {
    let judged = documents
        .into_iter()
        .filter_map(|document| of_document(cluster, document));
    judged
        .chain(external.iter().filter_map(of_external))
        .collect()
}

fn of_document<'a>(cluster: &Cluster<'a>, document: &'a Document) -> Option<Pods<'a>> {
    let id = &document.id;
    let (_, _, pointer, path) = WORKLOADS
        .into_iter()
        .find(|known| (known.0, known.1) == (id.group(), id.kind.as_ref()))?;
    match document.value.lookup(pointer) {
        Some(template) => Some(of_template(document, template, path)),
        None => Some(of_template(document, referenced(cluster, document)?, "")),
    }
}

/// The template that a Rollout takes from another workload.
fn referenced<'a>(cluster: &Cluster<'a>, rollout: &'a Document) -> Option<&'a Json> {
    let reference = rollout.value.lookup("/spec/workloadRef")?;
    let group = text(reference, "/apiVersion")
        .and_then(|version| version.split_once('/'))
        .map_or("", |(group, _)| group);
    let workload = cluster.document(
        group,
        text(reference, "/kind")?,
        namespace_of(rollout),
        text(reference, "/name")?,
    )?;
    workload.value.lookup("/spec/template")
}

fn of_template<'a>(owner: &'a Document, template: &'a Json, path: &'static str) -> Pods<'a> {
    let spec = template.get("spec");
    let mut pods = Pods {
        owner: Some(owner),
        id: &owner.id,
        title: format!(
            "{} {}/{}",
            owner.id.kind,
            namespace_of(owner),
            owner.id.name
        ),
        namespace: namespace_of(owner),
        labels: labels(template.lookup("/metadata/labels")),
        spec,
        path,
        ports: None,
    };
    let ports: Vec<Port<'a>> = pods
        .containers()
        .flat_map(|container| container.ports().collect::<Vec<_>>())
        .collect();
    pods.ports = Some(ports);
    pods
}

fn of_external(object: &ExternalObject) -> Option<Pods<'_>> {
    let pods = object.pods.as_ref()?;
    let ports = pods.ports.iter().map(|(name, number)| Port {
        name,
        number: u64::from(*number),
    });
    let namespace = object.id.namespace.as_deref().unwrap_or_default();
    Some(Pods {
        owner: None,
        id: &object.id,
        title: format!("{} {namespace}/{}", object.id.kind, object.id.name),
        namespace,
        labels: pods.labels.clone(),
        spec: None,
        path: "",
        ports: (!pods.ports.is_empty()).then(|| ports.collect()),
    })
}

/// The labels in a value.
pub(crate) fn labels(value: Option<&Json>) -> Labels {
    let entries = value.and_then(Json::as_object).into_iter().flatten();
    entries
        .filter_map(|(key, value)| Some((key.clone(), value.as_str()?.to_owned())))
        .collect()
}
