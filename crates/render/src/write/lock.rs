//! One writer at a time: a lock on the folder that holds the trees, which the system gives back when the process ends.
#![expect(
    clippy::disallowed_methods,
    reason = "the writer is the part of the workspace that touches files"
)]

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use super::error::WriteError;

/// Held while a tree is written. The lock is on the folder above the tree, for the tree itself may be replaced.
pub(crate) struct Lock {
    _folder: File,
}

impl Lock {
    /// Takes the lock for the tree at `tree`, whose parent is there; calls `waiting` once where another run holds it.
    pub(crate) fn take(tree: &Path, waiting: fn(&Path)) -> Result<Self, WriteError> {
        // Through a link, the lock is the one of the folder it leads to.
        let real = fs::canonicalize(tree).unwrap_or_else(|_| tree.to_owned());
        let parent = parent(&real);
        let folder = File::open(&parent).map_err(WriteError::io("open", &parent))?;
        match folder.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                waiting(&parent);
                folder.lock().map_err(WriteError::io("lock", &parent))?;
            }
            // Some network file systems have no locks; runs at the same time are then up to the caller.
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {}
            Err(TryLockError::Error(error)) => return Err(WriteError::io("lock", &parent)(error)),
        }
        Ok(Self { _folder: folder })
    }
}

/// The folder that holds `path`.
pub(crate) fn parent(path: &Path) -> PathBuf {
    match path.parent() {
        Some(parent) if parent.as_os_str().is_empty() => PathBuf::from("."),
        Some(parent) => parent.to_owned(),
        None => path.to_owned(),
    }
}
