//! Schemas in, Rust types out.

mod core_types;
mod emit;
mod error;
mod group;
mod idents;
mod plan;
mod read;
mod shape;
mod words;

pub use error::Error;
pub use group::{Group, Options, read};
