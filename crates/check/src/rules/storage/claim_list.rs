//! All claims to storage: those that stand by themselves, and those that a `StatefulSet` makes for each of its pods.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use crate::cluster::{Cluster, Found, Labels, Pods, labels, list, namespace_of, text};
use crate::document::Document;
use crate::pointer::Lookup;

/// A claim, or the template of some.
pub(super) struct Claim<'c, 'a> {
    pub(super) document: &'a Document,
    pub(super) namespace: &'a str,
    /// How people call it.
    pub(super) title: String,
    pub(super) labels: Labels,
    pub(super) spec: &'a Json,
    /// Where it stands; empty for the object itself.
    pub(super) path: String,
    /// The name of the template; none for a claim by itself.
    pub(super) template: Option<&'a str>,
    /// The pods that mount it.
    pub(super) pods: Vec<&'c Pods<'a>>,
}

impl<'a> Claim<'_, 'a> {
    /// Whether it asks for this access mode.
    pub(super) fn asks_for(&self, mode: &str) -> bool {
        list(self.spec, "/accessModes").any(|(_, asked)| asked.as_str() == Some(mode))
    }

    /// The class that it names, or the one that is the default.
    pub(super) fn class(&self, cluster: &Cluster<'a>) -> Option<&'a Document> {
        match text(self.spec, "/storageClassName") {
            Some(name) => match cluster.find("storage.k8s.io", "StorageClass", "", name)? {
                Found::Document(class) => Some(class),
                Found::External(_) => None,
            },
            None => default_class(cluster),
        }
    }

    /// The name of the volume in the pods.
    pub(super) fn volume<'p>(&self, pods: &Pods<'p>) -> Option<&'p str>
    where
        'a: 'p,
    {
        if let Some(template) = self.template {
            return Some(template);
        }
        let volumes = list(pods.spec?, "/volumes");
        let mut mounting = volumes.filter(|(_, volume)| {
            text(volume, "/persistentVolumeClaim/claimName") == Some(self.document.id.name.as_str())
        });
        text(mounting.next()?.1, "/name")
    }
}

fn default_class<'a>(cluster: &Cluster<'a>) -> Option<&'a Document> {
    let classes = cluster.of_kind("storage.k8s.io", "StorageClass").iter();
    classes.copied().find(|class| {
        let annotations = class.value.lookup("/metadata/annotations");
        let said = annotations.and_then(|annotations| {
            annotations
                .get("storageclass.kubernetes.io/is-default-class")?
                .as_str()
        });
        said == Some("true")
    })
}

/// The pods that mount claims, by the namespace and the name of the claim.
fn mounting<'c, 'a>(cluster: &'c Cluster<'a>) -> BTreeMap<(&'a str, &'a str), Vec<&'c Pods<'a>>> {
    let mut mounting: BTreeMap<(&str, &str), Vec<&Pods<'a>>> = BTreeMap::new();
    for pods in cluster.pods() {
        let volumes = pods.spec.map(|spec| list(spec, "/volumes"));
        for (_, volume) in volumes.into_iter().flatten() {
            if let Some(name) = text(volume, "/persistentVolumeClaim/claimName") {
                mounting
                    .entry((pods.namespace, name))
                    .or_default()
                    .push(pods);
            }
        }
    }
    mounting
}

/// All claims.
pub(super) fn all<'c, 'a>(cluster: &'c Cluster<'a>) -> Vec<Claim<'c, 'a>> {
    let mut claims = Vec::new();
    let mounting = mounting(cluster);
    for document in cluster.of_kind("", "PersistentVolumeClaim") {
        if let Some(spec) = document.value.get("spec") {
            claims.push(Claim {
                document,
                namespace: namespace_of(document),
                title: format!("claim {}", document.id.name),
                labels: labels(document.value.lookup("/metadata/labels")),
                spec,
                path: String::new(),
                template: None,
                pods: mounting
                    .get(&(namespace_of(document), document.id.name.as_str()))
                    .cloned()
                    .unwrap_or_default(),
            });
        }
    }
    for document in cluster.of_kind("apps", "StatefulSet") {
        for (index, template) in list(&document.value, "/spec/volumeClaimTemplates") {
            let name = text(template, "/metadata/name").unwrap_or_default();
            if let Some(spec) = template.get("spec") {
                claims.push(Claim {
                    document,
                    namespace: namespace_of(document),
                    title: format!("claim {name} of StatefulSet {}", document.id.name),
                    labels: labels(template.lookup("/metadata/labels")),
                    spec,
                    path: format!("spec.volumeClaimTemplates[{index}]"),
                    template: Some(name),
                    pods: cluster.pods_of(document).into_iter().collect(),
                });
            }
        }
    }
    claims
}
