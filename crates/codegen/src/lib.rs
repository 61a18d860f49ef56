//! Schemas in, Rust types out.
//!
//! [`read_store`] takes the custom kinds that [`schemas`] knows and hands back a [`Group`] for each API group, which writes
//! itself as Rust text ([`Group::rust`]) and as a list of its public surface ([`Group::surface`]). What comes out:
//!
//! - One module a version. Kinds are plain structs like those of k8s-openapi, with `metadata` and the fields of the schema,
//!   and implement `k8s_openapi::Resource`, `k8s_openapi::Metadata` and `Serialize`. There is no `status`: a manifest never
//!   carries one.
//! - A required field has the type itself, every other an `Option`; so has a required one with a default, which the API server
//!   fills in. Field names are in snake case with k8s-openapi's `_` behind keywords.
//! - Kubernetes' own types are reused where the schema is one: what [`schemas::Schema::core_type`] says, `IntOrString`,
//!   `Quantity`, `Time` and `ByteString`.
//! - Closed sets of strings are enums. `Default` is the default of the schema, else the first value.
//! - A map is a `BTreeMap`. Where anything goes, the type is `serde_json::Value`; an object that names some fields and allows
//!   all has the others in a map `additional_fields`. An object that allows none is an empty struct.
//! - Types are named after the kind and the fields on the way, `VirtualServiceHttpRoute`: lists in the singular, `spec` only
//!   where it is the last, and long names without their middle.
//! - Places of the same shape whose last word is the same share one type, in a group as a whole. The most stable version and
//!   the shortest way name it; the other places have an alias, and other versions import it.
//! - `Default` is derived wherever all required fields have it (a time has none). `Deserialize` is not implemented: for 3,600 types it
//!   would cost ten times the compile time of everything else, and manifests are checked as values.
//!
//! The text refers to `k8s_openapi`, `serde`, `serde_json` and to `crate::object`, which is part of the crate `api`.

mod core_types;
mod emit;
mod error;
mod fixups;
#[cfg(test)]
mod goldens;
mod group;
mod idents;
mod plan;
mod read;
mod shape;
mod surface;
mod words;

pub use error::Error;
pub use fixups::{Change, FIXUPS, Fixup};
pub use group::{Group, read, read_store};
