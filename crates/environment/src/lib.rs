//! Environment files in, a complete and valid environment out.
//!
//! A file is parsed into a tree of [`Node`]s that know their place, merged with what it `extends`, and decoded into typed
//! values; every mistake on the way is collected in [`Diagnostics`] and shown at once.
//!
//! How to add a section: declare it with the macros, give it to its parent as a field, and that is all. The JSON Schema,
//! the unknown-key errors and the documentation follow.
//!
//! ```
//! use environment::{Bounded, Located, Range};
//! use std::collections::BTreeMap;
//!
//! environment::choice! {
//!     /// How a new version takes over.
//!     pub enum Strategy {
//!         /// Pod after pod.
//!         Rolling = "rolling",
//!         /// In steps, each measured.
//!         Canary = "canary",
//!     }
//! }
//!
//! environment::record! {
//!     /// A service that this platform runs.
//!     pub struct Service {
//!         /// The port it listens on; `port:` is required.
//!         pub port: Bounded<1, 65535>,
//!         /// Pods, `min..max`; the place is kept for rules that compare it with a quota.
//!         pub replicas: Located<Range<u32>>,
//!         /// The key is `maxSurge`; may be left out.
//!         pub max_surge: Option<u32>,
//!         /// Has a default.
//!         pub strategy: Strategy = Strategy::Rolling,
//!         /// Free labels.
//!         pub labels: BTreeMap<String, String> = BTreeMap::new(),
//!     }
//! }
//!
//! let mut sources = BTreeMap::new();
//! sources.insert("dev".to_owned(), "port: 8080\nreplicas: 2..5\n".to_owned());
//! let (tree, files) = environment::load_tree("dev", &sources).unwrap();
//! let service: Service = environment::decode(&tree, files).unwrap();
//! assert_eq!(service.replicas.upper(), &5);
//! assert_eq!(service.strategy, Strategy::Rolling);
//! ```
//!
//! A rule over several values takes the decoded value and `&mut Diagnostics`:
//! `diagnostics.error(&service.replicas.origin, "…").label(&quota.origin, "…").help("…")`.

mod choice;
mod collections;
mod decode;
mod diagnostic;
mod excerpt;
mod from_text;
#[cfg(test)]
mod hostile;
pub mod limits;
mod line;
mod load;
#[doc(hidden)]
pub mod macros;
mod merge;
mod named;
mod origin;
mod parse;
mod path;
mod range;
mod reader;
mod record;
mod scalar;
mod schema;
mod suggest;
mod syntax;
mod tree;
mod values;
mod variation;
mod width;

pub use decode::{Context, Value, decode};
pub use diagnostic::{Diagnostic, Diagnostics, Label, Severity};
pub use load::{Sources, load_tree};
pub use merge::merge;
pub use origin::{File, Files, Located, Origin};
pub use path::{InvalidPath, Path, Segment};
pub use range::Range;
pub use scalar::{Bounded, MapKey, Reason, ScalarValue};
pub use schema::{Definitions, json_schema, json_schema_of};
pub use suggest::nearest;
pub use tree::{Content, Key, Leaf, Node, Scalar, ScalarKind};
pub use values::*;
pub use variation::{Place, Variation, Variations, places};
