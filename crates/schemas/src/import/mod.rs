//! Facts from upstream documents into the data folder; the only part of the crate that touches
//! files.
//!
//! [`import`] adds what the named files say to what is there, [`verify`] asks whether what is there
//! still follows from its sources, [`list`] shows it.

mod data;
mod error;
mod list;
mod lock;
mod merge;
mod provenance;
mod sources;
mod summary;
mod verify;

use std::path::{Path, PathBuf};

pub use error::ImportError;
pub use list::{ListedKind, Listing, list};
pub use lock::{Lock, LockedSource};
pub use provenance::Origin;
pub use summary::Summary;
pub use verify::{Difference, Verification, verify};

pub use crate::distill::Problem;

/// Takes the facts out of files and folders and adds them to the data folder.
///
/// Read are `CustomResourceDefinition`s (`apiextensions.k8s.io/v1`; several documents a file and
/// `List`s are fine) and, in a folder named for a minor (`1.35`), Kubernetes' `OpenAPI` documents:
/// `swagger.json` for kinds and enum values, `v3/**` for defaults. A kind that is there already is
/// replaced with all its versions, a minor as a whole; everything else stays. The same sources give
/// the same bytes, whatever was imported before them.
///
/// On an error nothing has been written.
pub fn import(sources: &[PathBuf], data_dir: &Path) -> Result<Summary, ImportError> {
    let sources = sources::read_all(sources)?;
    let (before, locked) = data::read(data_dir)?;
    let found = merge::found(&sources)?;
    let (facts, lock) = merge::merged(before.clone(), locked, &sources, found);
    data::write(data_dir, &facts, &lock)?;
    Ok(Summary::new(&before, &facts, &sources))
}
