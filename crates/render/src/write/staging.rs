//! A tree that is not there yet: written beside its place and moved there at the end, in one step.
#![expect(
    clippy::disallowed_methods,
    reason = "the writer is the part of the workspace that touches files"
)]

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::commit::{commit_journal, write_journal};
use super::error::{Occupant, WriteError};
use super::file_system::FileSystem;
use super::lock::parent;
use super::path::{self, LedgerPlace, Places};

/// What marks the folder beside the tree's place as the writer's own, from its first moment to its last.
const MARK: &str = "rendering";
/// The tree in that folder.
const TREE: &str = "tree";

/// The folder beside the tree's place with the tree in it, and the folders made in the tree so far.
pub(crate) struct Staging {
    system: Rc<dyn FileSystem>,
    folder: PathBuf,
    tree: PathBuf,
    target: PathBuf,
    place: LedgerPlace,
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
    pub(crate) fn start(
        system: &Rc<dyn FileSystem>,
        target: &Path,
        place: LedgerPlace,
    ) -> Result<Option<Self>, WriteError> {
        let Some(folder) = staging_folder(target) else {
            return Ok(None);
        };
        clear_leftover(system.as_ref(), &folder)?;
        if !can_be_replaced(target) {
            return Ok(None);
        }
        match system.create_folder(&folder) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => return Ok(None),
            Err(error) => return Err(WriteError::io("create", &folder)(error)),
        }
        let (mark, tree) = (folder.join(MARK), folder.join(TREE));
        system
            .create_file(&mark, b"")
            .map_err(WriteError::io("write", &mark))?;
        system
            .create_folder(&tree)
            .map_err(WriteError::io("create", &tree))?;
        Ok(Some(Self {
            system: Rc::clone(system),
            file: tree.clone(),
            folder,
            tree,
            target: target.to_owned(),
            place,
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
        self.file.clone_from(&self.tree);
        self.file.push(path);
        self.system
            .create_file(&self.file, text)
            .map_err(WriteError::io("write", &self.file))
    }

    fn make(&mut self, folder: &str) -> Result<(), WriteError> {
        if folder.is_empty() || self.made.contains(folder) {
            return Ok(());
        }
        self.make(path::folder(folder))?;
        let path = self.tree.join(folder);
        self.system
            .create_folder(&path)
            .map_err(WriteError::io("create", &path))?;
        self.made.insert(folder.to_owned());
        Ok(())
    }

    /// Adds the ledger and moves the tree to its place.
    pub(crate) fn finish(mut self, ledger: &str) -> Result<(), WriteError> {
        let system = Rc::clone(&self.system);
        let places = Places::new(&self.target, self.place);
        match self.place {
            LedgerPlace::Inside => {
                let path = self.tree.join(path::LEDGER);
                system
                    .create_file(&path, ledger.as_bytes())
                    .map_err(WriteError::io("write", &path))?;
            }
            LedgerPlace::Beside => write_journal(system.as_ref(), &places, ledger)?,
        }
        system
            .rename(&self.tree, &self.target)
            .map_err(WriteError::io("create", &self.target))?;
        if self.place == LedgerPlace::Beside {
            commit_journal(system.as_ref(), &places)?;
        }
        self.finished = true;
        clear_leftover(system.as_ref(), &self.folder)
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

/// Removes what a stopped run left beside the tree's place; its mark goes last, so that a stop here leaves it.
fn clear_leftover(system: &dyn FileSystem, folder: &Path) -> Result<(), WriteError> {
    let found = match fs::symlink_metadata(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(WriteError::io("look at", folder)(error)),
        Ok(found) => found,
    };
    let occupied = |occupant| {
        let name = folder
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        WriteError::Occupied {
            folder: parent(folder),
            occupied: vec![(name, occupant)],
        }
    };
    if !found.is_dir() {
        return Err(occupied(if found.is_file() {
            Occupant::File
        } else {
            Occupant::Link
        }));
    }
    let names = names(folder)?;
    let marked = names.contains(Path::new(MARK));
    if !marked && !names.is_empty() {
        return Err(occupied(Occupant::Folder));
    }
    for name in names.iter().filter(|name| *name != Path::new(MARK)) {
        remove(system, &folder.join(name))?;
    }
    if marked {
        remove(system, &folder.join(MARK))?;
    }
    system
        .remove_folder(folder)
        .map_err(WriteError::io("remove", folder))
}

/// Removes a file, a link, or a folder with all it holds.
fn remove(system: &dyn FileSystem, path: &Path) -> Result<(), WriteError> {
    let found = fs::symlink_metadata(path).map_err(WriteError::io("look at", path))?;
    if !found.is_dir() {
        return system
            .remove_file(path)
            .map_err(WriteError::io("remove", path));
    }
    for name in names(path)? {
        remove(system, &path.join(name))?;
    }
    system
        .remove_folder(path)
        .map_err(WriteError::io("remove", path))
}

/// The names in a folder, sorted.
fn names(folder: &Path) -> Result<BTreeSet<PathBuf>, WriteError> {
    let entries = fs::read_dir(folder).map_err(WriteError::io("list", folder))?;
    let names = entries.map(|entry| entry.map(|entry| PathBuf::from(entry.file_name())));
    names
        .collect::<io::Result<_>>()
        .map_err(WriteError::io("list", folder))
}
