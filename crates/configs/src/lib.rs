//! Typed files that travel inside ConfigMaps.
//!
//! One module a system. Formats with a structure are plain structs that serialise to it; formats of
//! their own have a model and a writer; only shell scripts are templates. A value of one of these
//! types is a file that its program accepts, as far as types can say it: closed sets are enums,
//! required things are arguments, and what excludes each other cannot be said together.

pub mod fluentd;
pub mod kubelet;
mod path;
pub mod postgres;
pub mod prometheus;
mod serialize;
pub mod templates;
mod text;

pub use path::FilePath;
