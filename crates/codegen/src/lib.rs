//! Schemas in, Rust types out.

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
pub use group::{Group, Options, read};
