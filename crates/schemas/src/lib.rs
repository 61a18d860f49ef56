//! The facts of the Kubernetes APIs: one compact schema per kind and minor, with provenance.
//!
//! [`Store::embedded`] hands out what is committed under `data/`; the module `import`, which is there
//! with the feature of the same name, is how it got there. Without that feature the crate needs `serde`
//! and `serde_json` and nothing else, so that a build script can use it.
//!
//! Kept is what an API server demands of a value; kept is no sentence that was written for people.
//!
//! # What is known
//!
//! - Custom kinds: every served version, once for all minors. Their `metadata` refers to the
//!   `ObjectMeta` of whichever minor is asked for.
//! - Built-in kinds of Kubernetes 1.33 to 1.36: every kind that objects can be created of. Enum values
//!   are published from 1.34 on, so checks of 1.33 are laxer; defaults are published per API group in
//!   documents that 1.36 has not got yet, so its definitions have none. Alpha and beta versions, which
//!   an API server does not serve by default, are marked so in [`KindSchema::served`].
//! - The rules that an API server holds built-in kinds to in code (a Deployment's selector must match
//!   its template) are in no document, so they are not here either.
//!

#[cfg(feature = "import")]
mod digest;
#[cfg(feature = "distill")]
mod distill;
#[cfg(feature = "import")]
mod facts;
#[cfg(feature = "import")]
pub mod import;
pub mod model;
mod properties;
#[cfg(feature = "import")]
mod share;
mod store;
mod text;

#[cfg(feature = "distill")]
pub use distill::{Problem, custom_resource::kinds as kinds_of_definition};
pub use model::{
    KindSchema, ListType, MapType, Properties, PropertiesIter, Rule, Scale, Schema, SchemaType,
    Scope, Subresources,
};
pub use store::{KindName, Store};
