//! Any object behind one trait, whatever its type.

use std::any::Any;

use k8s_openapi::Metadata;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};
use serde_json::Value;

/// What a manifest writes itself, before everything else.
pub(crate) const HEAD: [&str; 3] = ["apiVersion", "kind", "metadata"];

/// An object whose type is forgotten.
pub(crate) trait Object: Any + Send + Sync {
    fn metadata(&self) -> &ObjectMeta;

    fn metadata_mut(&mut self) -> &mut ObjectMeta;

    /// Appends everything but [`HEAD`].
    fn write_entries(&self, out: &mut String) -> Result<(), yaml::Error>;

    /// The whole object; whoever calls it puts the API version and kind in.
    fn value(&self) -> Value;
}

impl<K> Object for K
where
    K: Metadata<Ty = ObjectMeta> + Serialize + Send + Sync + 'static,
{
    fn metadata(&self) -> &ObjectMeta {
        Metadata::metadata(self)
    }

    fn metadata_mut(&mut self) -> &mut ObjectMeta {
        Metadata::metadata_mut(self)
    }

    fn write_entries(&self, out: &mut String) -> Result<(), yaml::Error> {
        yaml::write_entries(out, self, &HEAD)
    }

    fn value(&self) -> Value {
        value_of(self)
    }
}

/// An object of a kind that has no Rust type.
pub(crate) struct Untyped {
    pub(crate) metadata: ObjectMeta,
    pub(crate) fields: Vec<(&'static str, Value)>,
}

impl Serialize for Untyped {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (key, value) in &self.fields {
            map.serialize_entry(key, value)?;
        }
        map.serialize_entry("metadata", &self.metadata)?;
        map.end()
    }
}

impl Object for Untyped {
    fn metadata(&self) -> &ObjectMeta {
        &self.metadata
    }

    fn metadata_mut(&mut self) -> &mut ObjectMeta {
        &mut self.metadata
    }

    fn write_entries(&self, out: &mut String) -> Result<(), yaml::Error> {
        yaml::write_entries(out, self, &HEAD)
    }

    fn value(&self) -> Value {
        value_of(self)
    }
}

/// The value of anything that serialises.
///
/// Derived types always do. If a hand-written one refuses, the value is an object with one field
/// that no schema knows and that says why, so that the checks stop it.
pub(crate) fn value_of<T: Serialize + ?Sized>(object: &T) -> Value {
    serde_json::to_value(object)
        .unwrap_or_else(|error| serde_json::json!({ "unserializable": error.to_string() }))
}
