//! A tree that is not there yet: written beside its place and moved there at the end, in one step.
#![expect(clippy::disallowed_methods, reason = "the writer is the part of the workspace that touches files")]

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::error::{Occupant, WriteError};
use super::file_system::FileSystem;
use super::lock::parent;
use super::path;

/// The folder beside the tree's place, and the folders made in it so far.
///
/// It holds an empty journal from its first moment on, or the ledger: by them a later run knows it for a leftover.
pub(crate) struct Staging {
    system: Rc<dyn FileSystem>,
    folder: PathBuf,
    target: PathBuf,
    made: BTreeSet<String>,
    latest: String,
    file: PathBuf,
    finished: bool,
}

/// The name beside `target` that is the writer's own.
pub(crate) fn staging_folder(target: &Path) -> Option<PathBuf> {
    let name = target.file_name()?.to_str()?;
    Some(parent(target).join(format!(".{name}.rendering")))
}

impl Staging {
    /// Starts a tree for `target`, unless that has to be written in place: it holds something, or it cannot be replaced
    /// by a move.
    pub(crate) fn start(system: &Rc<dyn FileSystem>, target: &Path) -> Result<Option<Self>, WriteError> {
        let Some(folder) = staging_folder(target) else { return Ok(None) };
        clear_leftover(system.as_ref(), &folder)?;
        if !can_be_replaced(target) {
            return Ok(None);
        }
        match system.create_folder(&folder) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => return Ok(None),
            Err(error) => return Err(WriteError::io("create", &folder)(error)),
        }
        let marker = folder.join(path::JOURNAL);
        system.create_file(&marker, b"").map_err(WriteError::io("write", &marker))?;
        Ok(Some(Self {
            system: Rc::clone(system),
            file: folder.clone(),
            folder,
            target: target.to_owned(),
            made: BTreeSet::new(),
            latest: String::new(),
            finished: false,
        }))
    }

    /// Writes one file.
    pub(crate) fn put(&mut self, path: &str, text: &[u8]) -> Result<(), WriteError> {
        let folder = path::folder(path);
        if folder != self.latest {
            self.make(folder)?;
            folder.clone_into(&mut self.latest);
        }
        self.file.clone_from(&self.folder);
        self.file.push(path);
        self.system.create_file(&self.file, text).map_err(WriteError::io("write", &self.file))
    }

    fn make(&mut self, folder: &str) -> Result<(), WriteError> {
        if folder.is_empty() || self.made.contains(folder) {
            return Ok(());
        }
        self.make(path::folder(folder))?;
        let path = self.folder.join(folder);
        self.system.create_folder(&path).map_err(WriteError::io("create", &path))?;
        self.made.insert(folder.to_owned());
        Ok(())
    }

    /// Adds the ledger and moves the tree to its place.
    pub(crate) fn finish(mut self, ledger: &str) -> Result<(), WriteError> {
        let path = self.folder.join(path::LEDGER);
        self.system.create_file(&path, ledger.as_bytes()).map_err(WriteError::io("write", &path))?;
        let marker = self.folder.join(path::JOURNAL);
        self.system.remove_file(&marker).map_err(WriteError::io("remove", &marker))?;
        self.system.rename(&self.folder, &self.target).map_err(WriteError::io("create", &self.target))?;
        self.finished = true;
        Ok(())
    }
}

impl Drop for Staging {
    /// A tree that is given up leaves nothing. Where that fails, the next run clears it.
    fn drop(&mut self) {
        if !self.finished {
            let _ = clear_leftover(self.system.as_ref(), &self.folder);
        }
    }
}

/// Whether a folder can be moved to `target`: nothing is there, or an empty folder on the same device as its parent.
fn can_be_replaced(target: &Path) -> bool {
    match fs::symlink_metadata(target) {
        Err(error) => error.kind() == io::ErrorKind::NotFound,
        Ok(found) => {
            let empty = || fs::read_dir(target).is_ok_and(|mut entries| entries.next().is_none());
            found.is_dir() && same_device(&found, &parent(target)) && empty()
        }
    }
}

#[cfg(unix)]
fn same_device(found: &fs::Metadata, parent: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    fs::metadata(parent).is_ok_and(|parent| parent.dev() == found.dev())
}

/// Elsewhere an empty folder is not replaced by a move.
#[cfg(not(unix))]
fn same_device(_: &fs::Metadata, _: &Path) -> bool {
    false
}

/// Removes what a stopped run left beside the tree's place; its marks go last, so that a stop here leaves them.
fn clear_leftover(system: &dyn FileSystem, folder: &Path) -> Result<(), WriteError> {
    let found = match fs::symlink_metadata(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(WriteError::io("look at", folder)(error)),
        Ok(found) => found,
    };
    let occupied = |occupant| {
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        WriteError::Occupied { folder: parent(folder), occupied: vec![(name, occupant)] }
    };
    if !found.is_dir() {
        return Err(occupied(if found.is_file() { Occupant::File } else { Occupant::Link }));
    }
    let names = names(folder)?;
    let marks: Vec<&Path> = [path::LEDGER, path::JOURNAL].map(Path::new).into_iter().filter(|mark| names.contains(*mark)).collect();
    if marks.is_empty() && !names.is_empty() {
        return Err(occupied(Occupant::Folder));
    }
    for name in names.iter().map(PathBuf::as_path).filter(|name| !marks.contains(name)) {
        remove(system, &folder.join(name))?;
    }
    for mark in marks {
        remove(system, &folder.join(mark))?;
    }
    system.remove_folder(folder).map_err(WriteError::io("remove", folder))
}

/// Removes a file, a link, or a folder with all it holds.
fn remove(system: &dyn FileSystem, path: &Path) -> Result<(), WriteError> {
    let found = fs::symlink_metadata(path).map_err(WriteError::io("look at", path))?;
    if !found.is_dir() {
        return system.remove_file(path).map_err(WriteError::io("remove", path));
    }
    for name in names(path)? {
        remove(system, &path.join(name))?;
    }
    system.remove_folder(path).map_err(WriteError::io("remove", path))
}

/// The names in a folder, sorted.
fn names(folder: &Path) -> Result<BTreeSet<PathBuf>, WriteError> {
    let entries = fs::read_dir(folder).map_err(WriteError::io("list", folder))?;
    let names = entries.map(|entry| entry.map(|entry| PathBuf::from(entry.file_name())));
    names.collect::<io::Result<_>>().map_err(WriteError::io("list", folder))
}
