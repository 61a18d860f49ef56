//! Brings a folder from one state to the next so that a stop at any moment can be told and finished.
//!
//! 1. The journal, which is the ledger of the next state, is written and has reached the disk.
//! 2. Files that are ours and not in the next state are removed.
//! 3. Each file that differs is written beside its place and moved there.
//! 4. The journal is moved to the ledger's place.
//!
//! Before 1 the folder is in the old state and after 4 in the new one. In between the journal is there: the next run
//! takes the files of both for ours, which is what it needs to go on from any point.

use std::collections::BTreeSet;
use std::io;
use std::path::Path;

use super::error::{Occupant, WriteError};
use super::existing::Existing;
use super::file_system::FileSystem;
use super::path::{self, Places};

/// The way from the folder as it was found to the next state.
pub(crate) struct Change<'a> {
    /// The folder as it was found.
    pub(crate) existing: &'a Existing,
    /// The text of the next state's ledger.
    pub(crate) ledger: &'a str,
    /// The files that differ, with their texts.
    pub(crate) pending: &'a [(String, String)],
    /// The paths that are ours and not in the next state.
    pub(crate) gone: &'a BTreeSet<String>,
}

impl Change<'_> {
    /// Does all steps.
    pub(crate) fn apply(&self, system: &dyn FileSystem) -> Result<(), WriteError> {
        let mut folders = self.existing_folders();
        ensure_top(system, &self.existing.folder)?;
        self.finish_stopped(system, &mut folders)?;
        write_journal(system, &self.existing.places, self.ledger)?;
        for path in self
            .gone
            .iter()
            .filter(|path| self.existing.ledger.files.contains_key(*path))
        {
            self.remove(system, path, &mut folders)?;
        }
        for (path, text) in self.pending {
            self.write(system, path, text, &mut folders)?;
        }
        commit_journal(system, &self.existing.places)
    }

    fn at(&self, path: &str) -> std::path::PathBuf {
        self.existing.folder.join(path)
    }

    fn existing_folders(&self) -> BTreeSet<String> {
        let folders = self
            .existing
            .listing
            .iter()
            .filter(|(_, occupant)| **occupant == Occupant::Folder);
        folders.map(|(path, _)| path.clone()).collect()
    }

    /// While the journal of a stopped run still says that its files are ours: removes what only that journal knows.
    /// After that, the old ledger and the new journal know all of our files again.
    fn finish_stopped(
        &self,
        system: &dyn FileSystem,
        folders: &mut BTreeSet<String>,
    ) -> Result<(), WriteError> {
        if self.existing.journal.is_none() {
            return Ok(());
        }
        let stray = self
            .gone
            .iter()
            .filter(|path| !self.existing.ledger.files.contains_key(*path));
        for path in self.existing.parts().iter().chain(stray) {
            self.remove(system, path, folders)?;
        }
        Ok(())
    }

    /// Removes a file, and the folders that are empty without it: a stopped run may have come between the two.
    fn remove(
        &self,
        system: &dyn FileSystem,
        path: &str,
        folders: &mut BTreeSet<String>,
    ) -> Result<(), WriteError> {
        if self.existing.listing.get(path) == Some(&Occupant::File) {
            remove_if_there(system, &self.at(path))?;
        }
        for folder in path::folders(path) {
            if !folders.contains(folder) {
                continue;
            }
            let full = self.at(folder);
            match system.remove_folder(&full) {
                Ok(()) => folders.remove(folder),
                Err(error) if error.kind() == io::ErrorKind::DirectoryNotEmpty => break,
                Err(error) => return Err(WriteError::io("remove", &full)(error)),
            };
        }
        Ok(())
    }

    fn write(
        &self,
        system: &dyn FileSystem,
        path: &str,
        text: &str,
        folders: &mut BTreeSet<String>,
    ) -> Result<(), WriteError> {
        self.make(system, path::folder(path), folders)?;
        let (part, full) = (self.at(&path::part(path)), self.at(path));
        system
            .create_file(&part, text.as_bytes())
            .map_err(WriteError::io("write", &part))?;
        system
            .rename(&part, &full)
            .map_err(WriteError::io("write", &full))
    }

    fn make(
        &self,
        system: &dyn FileSystem,
        folder: &str,
        folders: &mut BTreeSet<String>,
    ) -> Result<(), WriteError> {
        if folder.is_empty() || folders.contains(folder) {
            return Ok(());
        }
        self.make(system, path::folder(folder), folders)?;
        let full = self.at(folder);
        system
            .create_folder(&full)
            .map_err(WriteError::io("create", &full))?;
        folders.insert(folder.to_owned());
        Ok(())
    }
}

/// Writes the journal and waits until it has reached the disk.
pub(crate) fn write_journal(
    system: &dyn FileSystem,
    places: &Places,
    text: &str,
) -> Result<(), WriteError> {
    let Places {
        journal,
        journal_part: part,
        ..
    } = places;
    remove_if_there(system, part)?;
    system
        .create_file(part, text.as_bytes())
        .map_err(WriteError::io("write", part))?;
    system.sync(part).map_err(WriteError::io("write", part))?;
    system
        .rename(part, journal)
        .map_err(WriteError::io("write", journal))
}

/// Makes the journal the ledger: the new state is reached.
pub(crate) fn commit_journal(system: &dyn FileSystem, places: &Places) -> Result<(), WriteError> {
    system
        .rename(&places.journal, &places.ledger)
        .map_err(WriteError::io("write", &places.ledger))
}

fn ensure_top(system: &dyn FileSystem, folder: &Path) -> Result<(), WriteError> {
    match system.create_folder(folder) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
            Err(WriteError::io("create", folder)(error))
        }
        _ => Ok(()),
    }
}

fn remove_if_there(system: &dyn FileSystem, path: &Path) -> Result<(), WriteError> {
    match system.remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(WriteError::io("remove", path)(error))
        }
        _ => Ok(()),
    }
}
