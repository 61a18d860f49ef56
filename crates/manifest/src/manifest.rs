//! One object of a cluster, together with where it was made and what it is excused from.

use std::any::Any;
use std::collections::BTreeMap;
use std::fmt;
use std::panic::Location;

use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use k8s_openapi::{ClusterResourceScope, Metadata, NamespaceResourceScope, Resource};
use names::{AnnotationKey, LabelKey, LabelValue, NamespaceName, annotation_key};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::exception::Exception;
use crate::id::ResourceId;
use crate::object::{HEAD, Object, Untyped, value_of};
use crate::object_name::NamesObject;
use crate::sync::SyncOption;

/// In which order Argo CD applies the objects of an application; 0 where it is missing.
const SYNC_WAVE: AnnotationKey = annotation_key!("argocd.argoproj.io/sync-wave");
/// How Argo CD applies an object, separated by commas.
const SYNC_OPTIONS: AnnotationKey = annotation_key!("argocd.argoproj.io/sync-options");

/// Where an object of an untyped kind belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// To the whole cluster.
    Cluster,
    /// To a namespace.
    Namespace(NamespaceName),
}

/// One object of a cluster, together with where it was made and what it is excused from.
///
/// It has a name, and a namespace exactly if its kind has one: the constructors see to both.
pub struct Manifest {
    id: ResourceId,
    object: Box<dyn Object>,
    origin: &'static Location<'static>,
    exceptions: Vec<Exception>,
}

impl Manifest {
    /// A manifest of a namespaced kind. The name and namespace given replace what the object has.
    #[track_caller]
    pub fn namespaced<K>(namespace: &NamespaceName, name: impl NamesObject, object: K) -> Self
    where
        K: Resource<Scope = NamespaceResourceScope>
            + Metadata<Ty = ObjectMeta>
            + Serialize
            + Send
            + Sync
            + 'static,
    {
        Self::typed(Some(namespace.into()), name.into(), object)
    }

    /// A manifest of a kind that belongs to the whole cluster. The name given replaces what the
    /// object has.
    #[track_caller]
    pub fn cluster<K>(name: impl NamesObject, object: K) -> Self
    where
        K: Resource<Scope = ClusterResourceScope>
            + Metadata<Ty = ObjectMeta>
            + Serialize
            + Send
            + Sync
            + 'static,
    {
        Self::typed(None, name.into(), object)
    }

    /// A manifest of a kind that no Rust type describes, for example the input of a tool that is
    /// not a custom resource. `fields` are written in the order given; `apiVersion`, `kind` and
    /// `metadata` among them are left out.
    ///
    /// Every kind with a schema has a type in the `api` crate: use that.
    #[track_caller]
    pub fn untyped(
        api_version: &'static str,
        kind: &'static str,
        scope: Scope,
        name: impl NamesObject,
        fields: impl IntoIterator<Item = (&'static str, Value)>,
    ) -> Self {
        let fields = fields
            .into_iter()
            .filter(|(key, _)| !HEAD.contains(key))
            .collect();
        let namespace = match scope {
            Scope::Cluster => None,
            Scope::Namespace(namespace) => Some(namespace.into()),
        };
        let object = Untyped {
            metadata: ObjectMeta::default(),
            fields,
        };
        Self::erased(api_version, kind, namespace, name.into(), Box::new(object))
    }

    #[track_caller]
    fn typed<K>(namespace: Option<String>, name: String, object: K) -> Self
    where
        K: Resource + Metadata<Ty = ObjectMeta> + Serialize + Send + Sync + 'static,
    {
        Self::erased(K::API_VERSION, K::KIND, namespace, name, Box::new(object))
    }

    #[track_caller]
    fn erased(
        api_version: &'static str,
        kind: &'static str,
        namespace: Option<String>,
        name: String,
        mut object: Box<dyn Object>,
    ) -> Self {
        let metadata = object.metadata_mut();
        metadata.name = Some(name.clone());
        metadata.namespace.clone_from(&namespace);
        // Argo CD takes an empty map for a difference from none at all.
        metadata.labels.take_if(|labels| labels.is_empty());
        metadata
            .annotations
            .take_if(|annotations| annotations.is_empty());
        Self {
            id: ResourceId {
                api_version: api_version.into(),
                kind: kind.into(),
                namespace,
                name,
            },
            object,
            origin: Location::caller(),
            exceptions: Vec::new(),
        }
    }

    /// What tells it from every other object.
    pub fn id(&self) -> &ResourceId {
        &self.id
    }

    /// Its metadata, labels and annotations among it.
    pub fn metadata(&self) -> &ObjectMeta {
        self.object.metadata()
    }

    /// The object itself, if it is of this type.
    pub fn object<K: 'static>(&self) -> Option<&K> {
        let object: &dyn Any = &*self.object;
        object.downcast_ref()
    }

    /// The line of Rust that made it.
    pub fn origin(&self) -> &'static Location<'static> {
        self.origin
    }

    /// What it is excused from, in the order in which that was said.
    pub fn exceptions(&self) -> &[Exception] {
        &self.exceptions
    }

    /// Says that another line made it: for a builder that was called from there.
    pub fn made_at(mut self, origin: &'static Location<'static>) -> Self {
        self.origin = origin;
        self
    }

    /// Accepts what a check finds in this object.
    pub fn excuse(mut self, exception: Exception) -> Self {
        self.exceptions.push(exception);
        self
    }

    /// Adds a label, or changes its value.
    pub fn label(mut self, key: impl Into<LabelKey>, value: impl Into<LabelValue>) -> Self {
        let (key, value) = (key.into(), value.into());
        let labels = &mut self.object.metadata_mut().labels;
        labels
            .get_or_insert_default()
            .insert(key.into(), value.into());
        self
    }

    /// Adds an annotation, or changes its value.
    pub fn annotate(mut self, key: impl Into<AnnotationKey>, value: impl Into<String>) -> Self {
        let key = key.into();
        self.annotations().insert(key.into(), value.into());
        self
    }

    /// Lets Argo CD apply it after the smaller and before the larger waves of its application.
    pub fn sync_wave(self, wave: i32) -> Self {
        self.annotate(SYNC_WAVE, wave.to_string())
    }

    /// Adds to how Argo CD applies it.
    pub fn sync_option(mut self, option: SyncOption) -> Self {
        let options = self.annotations().entry(SYNC_OPTIONS.into()).or_default();
        for part in option.as_str().split(',') {
            if !options.split(',').any(|known| known == part) {
                if !options.is_empty() {
                    options.push(',');
                }
                options.push_str(part);
            }
        }
        self
    }

    fn annotations(&mut self) -> &mut BTreeMap<String, String> {
        self.object
            .metadata_mut()
            .annotations
            .get_or_insert_default()
    }

    /// Its YAML document: `apiVersion`, `kind` and `metadata`, then the rest as its type has it.
    pub fn yaml(&self) -> String {
        let mut out = String::with_capacity(1024);
        self.write_yaml(&mut out);
        out
    }

    /// Appends its YAML document, straight from the typed object.
    ///
    /// If the object's own `Serialize` refuses, the document is that of [`Self::value`], which says so.
    pub fn write_yaml(&self, out: &mut String) {
        let start = out.len();
        if self.try_write_yaml(out).is_err() {
            out.truncate(start);
            out.push_str(&yaml::text(&self.value()));
        }
    }

    fn try_write_yaml(&self, out: &mut String) -> Result<(), yaml::Error> {
        yaml::write_entry(out, "apiVersion", &*self.id.api_version)?;
        yaml::write_entry(out, "kind", &*self.id.kind)?;
        yaml::write_entry(out, "metadata", self.object.metadata())?;
        self.object.write_entries(out)
    }

    /// The same as a tree of values, for the checks.
    ///
    /// If the object's own `Serialize` refuses, the field `unserializable` stands in place of its
    /// fields and holds the reason; no schema knows that field.
    pub fn value(&self) -> Value {
        let mut object = match self.object.value() {
            Value::Object(object) => object,
            other => Map::from_iter([("unserializable".to_owned(), other)]),
        };
        object
            .entry("metadata")
            .or_insert_with(|| value_of(self.object.metadata()));
        object.insert("apiVersion".to_owned(), self.id.api_version.clone().into());
        object.insert("kind".to_owned(), self.id.kind.clone().into());
        Value::Object(object)
    }
}

impl fmt::Debug for Manifest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Manifest")
            .field("id", &self.id)
            .field("origin", &self.origin)
            .field("exceptions", &self.exceptions)
            .finish_non_exhaustive()
    }
}
