//! What can be wrong with the schemas that types are asked for.

/// Why no types can be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A schema refers to a definition that is no Kubernetes type.
    #[error("{kind} {path}: no Rust type for the definition `{reference}`")]
    UnknownReference {
        /// Group, version and kind.
        kind: String,
        /// The field, `spec.http[]`.
        path: String,
        /// The name of the definition.
        reference: String,
    },
    /// The schema of a kind is not that of an object.
    #[error("{kind}: the schema is not one of an object")]
    NotAnObject {
        /// Group, version and kind.
        kind: String,
    },
    /// The store names a kind and cannot read it.
    #[error("the facts of {kind} cannot be read, import its definition again")]
    Unreadable {
        /// Group, version and kind.
        kind: String,
    },
    /// The same group, version and kind twice.
    #[error("{kind} is there twice")]
    Duplicate {
        /// Group, version and kind.
        kind: String,
    },
    /// Two groups would become the same Rust module.
    #[error("the groups `{first}` and `{second}` both become the module `{module}`")]
    ModuleClash {
        /// The group that comes first.
        first: String,
        /// The other one.
        second: String,
        /// The name of the module.
        module: String,
    },
    /// A fixup changes nothing: its kind or field is gone, or upstream has done what it does.
    #[error("the fixup `{name}` changes nothing at `{path}` of {kind} any more, delete it")]
    StaleFixup {
        /// The name in the table.
        name: &'static str,
        /// Group and kind.
        kind: String,
        /// The field it is about.
        path: &'static str,
    },
}
