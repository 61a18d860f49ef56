//! The facts of the Kubernetes APIs: one compact schema per kind and minor, with provenance.
//!
//! [`Store::embedded`] hands out what is committed under `data/`; the module `import`, which is there with the feature of the
//! same name, is how it got there.

#[cfg(feature = "import")]
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

pub use model::{
    KindSchema, ListType, MapType, Properties, PropertiesIter, Rule, Scale, Schema, SchemaType,
    Scope, Subresources,
};
pub use store::{KindName, Store};
