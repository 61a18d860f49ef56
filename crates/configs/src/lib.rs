//! Typed files that travel inside ConfigMaps.

mod path;
pub mod postgres;
mod serialize;
pub mod templates;

pub use path::FilePath;
