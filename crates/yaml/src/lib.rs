//! YAML text straight from a [`serde::Serialize`] value, in the form that Kubernetes users know.
//!
//! Keys stay in the order in which they are serialised, list items are not indented below their
//! key, multi-line text is a block scalar, and a scalar is left bare only where every reader of
//! YAML 1.1 and 1.2 takes it for the same string (`yes`, `1_0`, `1:30` and `2026-11-21` are quoted).
//!
//! Why not `serde-saphyr`, which reads YAML for this workspace: text is pushed into one `String`
//! with nothing in between, about ten times as fast (a render writes thousands of documents), it
//! lets a caller write the fields of a typed object behind a head of its own, and its choice of
//! quotes is decided here and tested against several readers.

mod block;
mod collection;
mod emitter;
mod error;
mod key;
mod number;
mod quoted;
mod scalar;

use serde::Serialize;

use crate::emitter::{Emitter, Position};
pub use crate::error::Error;

/// Appends one document to `out`, ending with a line feed; no `---` stands before it.
///
/// On an error `out` holds a part of the document.
pub fn write<T: Serialize + ?Sized>(out: &mut String, value: &T) -> Result<(), Error> {
    value.serialize(&mut Emitter::new(out, Position::Document, 0, &[]))
}

/// The text of one document, ending with a line feed; no `---` stands before it.
pub fn to_string<T: Serialize + ?Sized>(value: &T) -> Result<String, Error> {
    let mut out = String::new();
    write(&mut out, value)?;
    Ok(out)
}

/// The text of one document from a type that always serialises, which plain derived types do.
///
/// Should a hand-written `Serialize` refuse after all, the text is one line that no YAML reader
/// accepts and that carries the reason: the file fails where it is read, and says why.
pub fn text<T: Serialize + ?Sized>(value: &T) -> String {
    to_string(value).unwrap_or_else(|error| format!("%refused: {:?}\n", error.to_string()))
}

/// Appends `key:` and the value, as one more entry of a document whose entries start at column 0.
///
/// On an error `out` holds a part of the entry.
pub fn write_entry<T: Serialize + ?Sized>(
    out: &mut String,
    key: &str,
    value: &T,
) -> Result<(), Error> {
    key::write(out, 0, key);
    value.serialize(&mut Emitter::new(out, Position::Value, 0, &[]))
}

/// Appends the entries of a struct or map at column 0, without those whose keys are in `without`.
///
/// An entry that is left out is not even serialised. Nothing left means that nothing is written.
/// On an error `out` holds a part of the entries.
pub fn write_entries<T: Serialize + ?Sized>(
    out: &mut String,
    value: &T,
    without: &[&str],
) -> Result<(), Error> {
    value.serialize(&mut Emitter::new(out, Position::Entries, 0, without))
}
