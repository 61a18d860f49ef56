//! What stands in the folder of a tree before it is written: its files, its ledger, and a journal where a stop left one.
#![expect(
    clippy::disallowed_methods,
    reason = "the writer is the part of the workspace that touches files"
)]

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::error::{Occupant, WriteError};
use super::ledger::{Checksum, Entry, Ledger};
use super::lock::parent;
use super::path::{self, LedgerPlace, Places};

/// The folder as it was found.
///
/// Links are listed and never followed, so that no step can reach outside the folder.
pub(crate) struct Existing {
    /// The folder itself.
    pub(crate) folder: PathBuf,
    /// Where its ledger is.
    pub(crate) places: Places,
    /// What stands below it, by path, without the ledger and the journal.
    pub(crate) listing: BTreeMap<String, Occupant>,
    /// The committed state.
    pub(crate) ledger: Ledger,
    /// The ledger's bytes, where there is one.
    pub(crate) ledger_text: Option<Vec<u8>>,
    /// The state that a stopped run was bringing the folder to.
    pub(crate) journal: Option<Ledger>,
    /// Whether a run was stopped while it wrote its journal: the state is the old one, with a file to clear away.
    pub(crate) journal_part: bool,
    buffer: Vec<u8>,
}

/// How a file on disk compares with the one that belongs there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// Byte for byte the same.
    Same,
    /// Not there.
    Missing,
    /// Ours, with another content, which the ledger knows or (`by_hand`) does not.
    Changed {
        /// Whether somebody else than a render wrote the content.
        by_hand: bool,
    },
    /// Not ours.
    Occupied(Occupant),
}

impl Existing {
    /// Reads the ledger, the journal and the names below `folder`, which need not be there.
    pub(crate) fn read(folder: &Path, place: LedgerPlace) -> Result<Self, WriteError> {
        let places = Places::new(folder, place);
        let mut listing = BTreeMap::new();
        list(folder, "", &mut listing)?;
        for own in [&places.ledger, &places.journal, &places.journal_part] {
            if let Some(name) = own.strip_prefix(folder).ok().and_then(Path::to_str) {
                listing.remove(name);
            }
        }
        let ledger_text = read_own(&places.ledger)?;
        let ledger = match &ledger_text {
            Some(text) => Ledger::parse(text, &places.ledger)?,
            None => Ledger::default(),
        };
        let journal = match read_own(&places.journal)? {
            Some(text) => Some(Ledger::parse(&text, &places.journal)?),
            None => None,
        };
        let journal_part = fs::symlink_metadata(&places.journal_part).is_ok();
        let folder = folder.to_owned();
        Ok(Self {
            folder,
            places,
            listing,
            ledger,
            ledger_text,
            journal,
            journal_part,
            buffer: Vec::new(),
        })
    }

    /// Whether a stopped run left something to finish or to clear away.
    pub(crate) fn is_half_way(&self) -> bool {
        self.journal.is_some() || self.journal_part
    }

    /// The paths that are ours, by the ledger or by the journal of a stopped run.
    pub(crate) fn owned(&self) -> impl Iterator<Item = &String> {
        let journal = self.journal.iter().flat_map(|journal| journal.files.keys());
        self.ledger
            .files
            .keys()
            .chain(journal.filter(|path| !self.ledger.files.contains_key(*path)))
    }

    /// Whether a path is ours.
    pub(crate) fn owns(&self, path: &str) -> bool {
        self.entries(path).next().is_some()
    }

    fn entries(&self, path: &str) -> impl Iterator<Item = &Entry> {
        let journal = self
            .journal
            .as_ref()
            .and_then(|journal| journal.files.get(path));
        self.ledger.files.get(path).into_iter().chain(journal)
    }

    /// The files that no render made and that no temporary name explains, sorted.
    pub(crate) fn foreign(&self) -> impl Iterator<Item = &String> {
        let files = self
            .listing
            .iter()
            .filter(|(_, occupant)| **occupant != Occupant::Folder);
        files
            .map(|(path, _)| path)
            .filter(|path| !self.owns(path) && !self.is_part(path))
    }

    /// Whether a path is the temporary name of a file that a stopped run was writing.
    pub(crate) fn is_part(&self, path: &str) -> bool {
        let name = path.rsplit('/').next().unwrap_or(path);
        let Some(name) = name
            .strip_prefix('.')
            .and_then(|name| name.strip_suffix(".part"))
        else {
            return false;
        };
        let target = format!(
            "{}{name}",
            &path[..path.len() - name.len() - ".".len() - ".part".len()]
        );
        self.journal
            .as_ref()
            .is_some_and(|journal| journal.files.contains_key(&target))
    }

    /// The temporary files that a stopped run left.
    pub(crate) fn parts(&self) -> Vec<String> {
        let files = self
            .listing
            .iter()
            .filter(|(_, occupant)| **occupant == Occupant::File);
        files
            .map(|(path, _)| path)
            .filter(|path| self.is_part(path))
            .cloned()
            .collect()
    }

    /// Compares the file at `path` with the `text` that belongs there.
    pub(crate) fn look(&mut self, path: &str, text: &[u8]) -> Result<State, WriteError> {
        match self.listing.get(path) {
            None => return Ok(self.look_above(path)),
            Some(Occupant::File) => {}
            Some(other) => return Ok(State::Occupied(*other)),
        }
        if self.read_file(path)? && self.buffer == text {
            return Ok(State::Same);
        }
        if !self.owns(path) {
            return Ok(State::Occupied(Occupant::File));
        }
        Ok(State::Changed {
            by_hand: self.buffer_is_by_hand(path),
        })
    }

    /// Whether our file at `path`, which is there, has a content that no render gave it.
    pub(crate) fn changed_by_hand(&mut self, path: &str) -> Result<bool, WriteError> {
        self.read_file(path)?;
        Ok(self.buffer_is_by_hand(path))
    }

    fn buffer_is_by_hand(&self, path: &str) -> bool {
        let found = Checksum::of(&self.buffer);
        self.entries(path).all(|entry| entry.sha256 != found)
    }

    /// A file that is not there is missing, unless something that stays stands where one of its folders belongs.
    fn look_above(&self, path: &str) -> State {
        let mut above =
            path::folders(path).filter_map(|folder| Some((folder, self.listing.get(folder)?)));
        match above.next() {
            Some((_, Occupant::Link)) => State::Occupied(Occupant::Link),
            Some((folder, Occupant::File)) if !self.owns(folder) => State::Occupied(Occupant::File),
            _ => State::Missing,
        }
    }

    /// Reads a file into the buffer; whether it is still there.
    fn read_file(&mut self, path: &str) -> Result<bool, WriteError> {
        let path = self.folder.join(path);
        self.buffer.clear();
        match File::open(&path).and_then(|mut file| file.read_to_end(&mut self.buffer)) {
            Ok(_) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(WriteError::io("read", &path)(error)),
        }
    }
}

/// Reads one of the writer's own files, where it is there. A link in its place is not followed.
fn read_own(path: &Path) -> Result<Option<Vec<u8>>, WriteError> {
    let found = match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(WriteError::io("look at", path)(error)),
        Ok(found) => found,
    };
    if found.is_file() {
        return fs::read(path)
            .map(Some)
            .map_err(WriteError::io("read", path));
    }
    let occupant = if found.is_dir() {
        Occupant::Folder
    } else {
        Occupant::Link
    };
    let name = path
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    Err(WriteError::Occupied {
        folder: parent(path),
        occupied: vec![(name, occupant)],
    })
}

/// Adds what stands below `prefix` to the listing.
fn list(
    top: &Path,
    prefix: &str,
    listing: &mut BTreeMap<String, Occupant>,
) -> Result<(), WriteError> {
    let folder = if prefix.is_empty() {
        top.to_owned()
    } else {
        top.join(prefix)
    };
    let entries = match fs::read_dir(&folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound && prefix.is_empty() => return Ok(()),
        Err(error) => return Err(WriteError::io("list", &folder)(error)),
    };
    for entry in entries {
        let entry = entry.map_err(WriteError::io("list", &folder))?;
        let kind = entry
            .file_type()
            .map_err(WriteError::io("look at", &entry.path()))?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let path = if prefix.is_empty() {
            name.into_owned()
        } else {
            format!("{prefix}/{name}")
        };
        if kind.is_dir() {
            list(top, &path, listing)?;
        }
        let occupant = match () {
            () if kind.is_dir() => Occupant::Folder,
            () if kind.is_file() => Occupant::File,
            () => Occupant::Link,
        };
        listing.insert(path, occupant);
    }
    Ok(())
}
