//! All objects together, found by kind, namespace, name and the labels of their pods.

mod data;
mod labelled;
mod pods;
pub(crate) mod selector;
mod selectors;
mod templates;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use manifest::ResourceId;
use names::KubernetesMinor;
use serde_json::Value as Json;

use self::data::Data;
use self::labelled::Labelled;
pub(crate) use self::pods::{Container, Labels, Pods, labels, may_run_pods};
pub(crate) use self::selectors::Selectors;
pub(crate) use self::templates::{Template, templates};
use crate::capacity;
use crate::context::{Context, DeclaredFlow, ExternalObject};
use crate::document::Document;
use crate::monitoring::Monitoring;
use crate::network::Paths;
use crate::pointer::Lookup;
use crate::syntax;

/// Group, kind, namespace (empty for the whole cluster) and name.
type Key<'a> = (&'a str, &'a str, &'a str, &'a str);

/// All objects, and what the caller states to exist besides them.
pub(crate) struct Cluster<'a> {
    by_kind: BTreeMap<(&'a str, &'a str), Vec<&'a Document>>,
    by_name: BTreeMap<Key<'a>, &'a Document>,
    external: BTreeMap<Key<'a>, &'a ExternalObject>,
    /// What exists, by kind alone.
    ids: BTreeMap<&'a str, Vec<&'a ResourceId>>,
    /// The labels of every namespace, the one that the server adds included.
    namespaces: BTreeMap<&'a str, Labels>,
    pods: Vec<Pods<'a>>,
    /// The positions in `pods`, by namespace.
    pods_by_namespace: BTreeMap<&'a str, Vec<usize>>,
    /// The positions in `pods`, by namespace and label; made when they are first asked for.
    labelled: OnceLock<Labelled>,
    /// The `ConfigMaps` and Secrets that there will be.
    pub(crate) data: Data<'a>,
    /// What watches the objects; empty until a rule of that area is asked.
    pub(crate) monitoring: Monitoring<'a>,
    /// What everything asks for, and what there is; empty until somebody counts it.
    pub(crate) capacity: capacity::Model<'a>,
    /// Who is meant to talk to whom.
    pub(crate) declared: &'a [DeclaredFlow],
    paths: OnceLock<Paths>,
    /// The version of the API server.
    pub(crate) kubernetes: KubernetesMinor,
}

/// An object that exists.
#[derive(Clone, Copy)]
pub(crate) enum Found<'a> {
    /// One of those that are judged.
    Document(&'a Document),
    /// One that the caller states to exist.
    External(&'a ExternalObject),
}

impl<'a> Cluster<'a> {
    /// The index of these objects.
    pub(crate) fn new(
        documents: impl IntoIterator<Item = &'a Document> + Clone,
        context: &'a Context<'_>,
    ) -> Self {
        let mut cluster = Self {
            by_kind: BTreeMap::new(),
            by_name: BTreeMap::new(),
            external: BTreeMap::new(),
            ids: BTreeMap::new(),
            namespaces: BTreeMap::new(),
            pods: Vec::new(),
            pods_by_namespace: BTreeMap::new(),
            labelled: OnceLock::new(),
            data: Data::default(),
            monitoring: Monitoring::default(),
            capacity: capacity::Model::default(),
            declared: &context.declared,
            paths: OnceLock::new(),
            kubernetes: context.kubernetes,
        };
        for document in documents.clone() {
            let id = &document.id;
            let namespace = id.namespace.as_deref().unwrap_or_default();
            cluster.ids.entry(&id.kind).or_default().push(id);
            cluster
                .by_kind
                .entry((id.group(), &id.kind))
                .or_default()
                .push(document);
            cluster
                .by_name
                .insert((id.group(), &id.kind, namespace, &id.name), document);
        }
        for object in &context.external {
            let id = &object.id;
            let namespace = id.namespace.as_deref().unwrap_or_default();
            cluster.ids.entry(&id.kind).or_default().push(id);
            cluster
                .external
                .insert((id.group(), &id.kind, namespace, &id.name), object);
        }
        cluster.namespaces = cluster
            .names("", "Namespace", "")
            .map(|name| (name, cluster.labels_of(name)))
            .collect();
        cluster.data = Data::of(&cluster, &context.external);
        cluster.pods = pods::of(&cluster, documents, &context.external);
        for (position, pods) in cluster.pods.iter().enumerate() {
            cluster
                .pods_by_namespace
                .entry(pods.namespace)
                .or_default()
                .push(position);
        }
        cluster
    }

    /// All objects of a kind, in the order in which they were given.
    pub(crate) fn of_kind(&self, group: &'static str, kind: &'static str) -> &[&'a Document] {
        self.by_kind.get(&(group, kind)).map_or(&[], Vec::as_slice)
    }

    /// All judged objects, by kind, in the order in which they were given.
    pub(crate) fn documents(&self) -> impl Iterator<Item = &'a Document> {
        self.by_kind.values().flatten().copied()
    }

    /// The object of this name.
    pub(crate) fn find(
        &self,
        group: &str,
        kind: &str,
        namespace: &str,
        name: &str,
    ) -> Option<Found<'a>> {
        self.document(group, kind, namespace, name)
            .map(Found::Document)
            .or_else(|| {
                self.external
                    .get(&(group, kind, namespace, name))
                    .map(|object| Found::External(object))
            })
    }

    /// The judged object of this name.
    pub(crate) fn document(
        &self,
        group: &str,
        kind: &str,
        namespace: &str,
        name: &str,
    ) -> Option<&'a Document> {
        self.by_name.get(&(group, kind, namespace, name)).copied()
    }

    /// Whether an object of this name exists.
    pub(crate) fn exists(&self, group: &str, kind: &str, namespace: &str, name: &str) -> bool {
        self.find(group, kind, namespace, name).is_some()
    }

    /// The names of all objects of a kind in a namespace.
    pub(crate) fn names(
        &self,
        group: &str,
        kind: &str,
        namespace: &str,
    ) -> impl Iterator<Item = &'a str> {
        let in_place = |key: &Key<'_>| (key.0, key.1, key.2) == (group, kind, namespace);
        let first: Key<'_> = (group, kind, namespace, "");
        let documents = self.by_name.range(first..);
        let documents = documents.take_while(|(key, _)| in_place(key));
        let external = self.external.range(first..);
        let external = external.take_while(|(key, _)| in_place(key));
        let names = documents.map(|(_, document)| document.id.name.as_str());
        let names = names.chain(external.map(|(_, object)| object.id.name.as_str()));
        names.collect::<Vec<&'a str>>().into_iter()
    }

    /// Whether there is an object of this name, whatever the group of its kind.
    pub(crate) fn has(&self, kind: &str, namespace: &str, name: &str) -> bool {
        let ids = self.ids.get(kind).into_iter().flatten();
        ids.into_iter()
            .any(|id| id.name == name && id.namespace.as_deref().unwrap_or_default() == namespace)
    }

    /// What may have been meant by a name that no object of the kind has.
    pub(crate) fn nearest(
        &self,
        group: &str,
        kind: &str,
        namespace: &str,
        name: &str,
    ) -> Option<String> {
        let near = syntax::nearest(name, self.names(group, kind, namespace))
            .map(|near| format!("did you mean `{near}`?"));
        near.or_else(|| {
            let of_kind = self.by_name.range((group, kind, "", "")..);
            let mut of_kind = of_kind
                .map(|(key, _)| key)
                .take_while(|key| key.0 == group && key.1 == kind);
            let other = of_kind.find(|key| key.3 == name)?;
            (!other.2.is_empty())
                .then(|| format!("there is one of this name in namespace {}", other.2))
        })
    }

    /// Who may talk to whom.
    pub(crate) fn paths(&self) -> &Paths {
        self.paths.get_or_init(|| Paths::of(self))
    }

    /// All pod templates.
    pub(crate) fn pods(&self) -> &[Pods<'a>] {
        &self.pods
    }

    /// Counts what everything asks for, and finds its place; without each of the zones with so many pods.
    pub(crate) fn with_capacity(
        mut self,
        documents: impl IntoIterator<Item = &'a Document>,
        context: &'a Context<'_>,
        without_zones: &[capacity::At],
    ) -> Self {
        self.capacity = capacity::Model::of(&self, documents, context, without_zones);
        self
    }

    /// The pods of a namespace.
    pub(crate) fn pods_in(&self, namespace: &str) -> impl Iterator<Item = &Pods<'a>> {
        let positions = self.pods_by_namespace.get(namespace).into_iter().flatten();
        positions.filter_map(|position| self.pods.get(*position))
    }

    /// The pods of a namespace that fit; only those are looked at that have all of the labels.
    pub(crate) fn selected(
        &self,
        namespace: &str,
        labels: Option<&Json>,
        fits: impl Fn(&Pods<'a>) -> bool,
    ) -> Vec<&Pods<'a>> {
        let mut candidates = self.labelled(namespace, labels);
        candidates.retain(|(_, pods)| fits(pods));
        candidates.into_iter().map(|(_, pods)| pods).collect()
    }

    /// The pods of a namespace that may have all of the labels, and no others than of this namespace, each with its
    /// position.
    pub(crate) fn labelled(
        &self,
        namespace: &str,
        labels: Option<&Json>,
    ) -> Vec<(usize, &Pods<'a>)> {
        let all = self.pods_by_namespace.get(namespace);
        let all = all.map_or(&[][..], Vec::as_slice);
        let index = self.labelled.get_or_init(|| Labelled::of(&self.pods));
        let positions = index.rarest(namespace, labels).unwrap_or(all);
        let pods = positions.iter().filter_map(|position| {
            let pods = self.pods.get(*position)?;
            (pods.namespace == namespace).then_some((*position, pods))
        });
        pods.collect()
    }

    /// The pods that a document makes.
    pub(crate) fn pods_of(&self, document: &Document) -> Option<&Pods<'a>> {
        self.pods_in(namespace_of(document)).find(|pods| {
            pods.owner
                .is_some_and(|owner| std::ptr::eq(owner, document))
        })
    }

    /// The labels of a namespace; `None` where nothing says that it exists.
    pub(crate) fn namespace_labels(&self, name: &str) -> Option<&Labels> {
        self.namespaces.get(name)
    }

    /// The namespaces and their labels.
    pub(crate) fn namespaces(&self) -> impl Iterator<Item = (&'a str, &Labels)> {
        self.namespaces.iter().map(|(name, labels)| (*name, labels))
    }

    fn labels_of(&self, namespace: &str) -> Labels {
        let mut labels = match self.find("", "Namespace", "", namespace) {
            Some(Found::Document(document)) => {
                pods::labels(document.value.lookup("/metadata/labels"))
            }
            Some(Found::External(object)) => object.labels.clone(),
            None => Labels::new(),
        };
        labels.insert(
            "kubernetes.io/metadata.name".to_owned(),
            namespace.to_owned(),
        );
        labels
    }
}

/// The namespace of a document; empty for the whole cluster.
pub(crate) fn namespace_of(document: &Document) -> &str {
    document.id.namespace.as_deref().unwrap_or_default()
}

/// Text at a place in a value.
pub(crate) fn text<'j>(value: &'j Json, pointer: &str) -> Option<&'j str> {
    value.lookup(pointer).and_then(Json::as_str)
}

/// The items of a list at a place in a value, with their positions; none where there is no list.
pub(crate) fn list<'j>(
    value: &'j Json,
    pointer: &str,
) -> impl Iterator<Item = (usize, &'j Json)> + use<'j> {
    value
        .lookup(pointer)
        .and_then(Json::as_array)
        .into_iter()
        .flatten()
        .enumerate()
}
