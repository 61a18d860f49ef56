//! Fields that a controller owns and Git does not.

use crate::id::ResourceId;

/// Fields that a controller owns, so that Argo CD must not take a change of them for drift.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct IgnoreDifference {
    /// The API group of the objects; empty for the core group.
    pub group: String,
    /// The kind of the objects.
    pub kind: String,
    /// Only objects of this namespace.
    pub namespace: Option<String>,
    /// Only the object of this name.
    pub name: Option<String>,
    /// The fields, as RFC 6901 pointers: `/spec/replicas`.
    pub json_pointers: Vec<String>,
    /// The fields, as jq expressions: `.spec.http[].route[].weight`.
    pub jq_paths: Vec<String>,
}

impl IgnoreDifference {
    /// Fields of all objects of a kind; `group` is empty for the core group.
    pub fn of_kind(group: impl Into<String>, kind: impl Into<String>) -> Self {
        Self {
            group: group.into(),
            kind: kind.into(),
            namespace: None,
            name: None,
            json_pointers: Vec::new(),
            jq_paths: Vec::new(),
        }
    }

    /// Fields of one object.
    pub fn of(id: &ResourceId) -> Self {
        Self {
            namespace: id.namespace.clone(),
            name: Some(id.name.clone()),
            ..Self::of_kind(id.group(), id.kind.clone())
        }
    }

    /// Adds a field by its RFC 6901 pointer: `/spec/replicas`.
    pub fn json_pointer(mut self, pointer: impl Into<String>) -> Self {
        self.json_pointers.push(pointer.into());
        self
    }

    /// Adds fields by a jq expression: `.spec.http[].route[].weight`.
    pub fn jq_path(mut self, path: impl Into<String>) -> Self {
        self.jq_paths.push(path.into());
        self
    }
}
