//! Compares a folder with the tree that belongs there, and writes nothing.

use std::collections::BTreeSet;
use std::path::Path;

use super::error::{Occupant, WriteError};
use super::existing::{Existing, State};
use super::ledger::{Checksum, Entry};
use super::path::{self, LedgerPlace};
use super::staging::staging_folder;
use super::writer::File;

/// How a folder differs from the tree that belongs there, by path, each list sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drift {
    /// Files of the tree that are not there.
    pub missing: Vec<String>,
    /// Files with another content, the ledger among them where it does not fit the tree.
    pub changed: Vec<String>,
    /// Files that an earlier render made, and that the tree does not have any more.
    pub orphaned: Vec<String>,
    /// Files that no render made: whoever applies the folder would apply them too.
    pub foreign: Vec<String>,
    /// Whether a stopped run left the folder half-way.
    pub half_way: bool,
}

impl Drift {
    /// Whether the folder is the tree.
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }
}

/// Takes the files of a tree one by one and compares a folder with them.
pub struct Comparer {
    existing: Existing,
    target: BTreeSet<String>,
    ledger_is_stale: bool,
    drift: Drift,
}

impl Comparer {
    /// Starts to compare `folder`, which need not be there, and has its ledger inside.
    pub fn open(folder: &Path) -> Result<Self, WriteError> {
        let existing = Existing::read(folder, LedgerPlace::Inside)?;
        let left_beside = staging_folder(folder).is_some_and(|staging| staging.exists());
        let drift = Drift {
            half_way: left_beside || existing.is_half_way(),
            ..Drift::default()
        };
        Ok(Self {
            existing,
            target: BTreeSet::new(),
            ledger_is_stale: false,
            drift,
        })
    }

    /// Takes one file.
    pub fn put(&mut self, file: &File<'_>) -> Result<(), WriteError> {
        match self.existing.look(file.path, file.text.as_bytes())? {
            State::Same => self.compare_entry(file),
            State::Missing => self.drift.missing.push(file.path.to_owned()),
            State::Changed { .. } | State::Occupied(_) => {
                self.drift.changed.push(file.path.to_owned());
            }
        }
        self.target.insert(file.path.to_owned());
        Ok(())
    }

    fn compare_entry(&mut self, file: &File<'_>) {
        let entry = Entry {
            sha256: Checksum::of(file.text.as_bytes()),
            application: file.application.to_owned(),
            origin: String::new(),
        };
        self.ledger_is_stale |= !self
            .existing
            .ledger
            .files
            .get(file.path)
            .is_some_and(|known| known.agrees(&entry));
    }

    /// What differs.
    pub fn finish(self) -> Drift {
        let Self {
            existing,
            target,
            mut ledger_is_stale,
            mut drift,
        } = self;
        for path in existing.owned().filter(|path| !target.contains(*path)) {
            match existing.listing.get(path) {
                Some(Occupant::File) => drift.orphaned.push(path.clone()),
                _ => ledger_is_stale = true,
            }
        }
        drift.foreign = existing
            .foreign()
            .filter(|path| !target.contains(*path))
            .cloned()
            .collect();
        if existing.ledger_text.is_none() {
            drift.missing.push(path::LEDGER.to_owned());
        } else if ledger_is_stale {
            drift.changed.push(path::LEDGER.to_owned());
        }
        for list in [&mut drift.missing, &mut drift.changed, &mut drift.orphaned] {
            list.sort();
        }
        drift
    }
}
