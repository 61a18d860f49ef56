//! Writing a tree into a folder with no torn state, and comparing a folder with a tree.

mod commit;
mod drift;
mod error;
mod existing;
mod file_system;
#[cfg(test)]
mod kill_tests;
mod ledger;
mod lock;
mod path;
mod staging;
mod summary;
#[cfg(test)]
mod testing;
mod writer;
#[cfg(test)]
mod writer_tests;

pub use drift::{Comparer, Drift};
pub use error::{Occupant, WriteError};
pub use path::LedgerPlace;
pub use summary::Summary;
pub use writer::{File, Options, Writer};
