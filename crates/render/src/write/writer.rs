//! Takes the files of a tree one by one and brings a folder to that state.

use std::collections::BTreeSet;
use std::fs;
use std::panic::Location;
use std::path::Path;
use std::rc::Rc;

use super::commit::Change;
use super::error::{Occupant, WriteError};
use super::existing::{Existing, State};
use super::file_system::{Disk, FileSystem};
use super::ledger::{Checksum, Entry, Ledger};
use super::lock::{Lock, parent};
use super::path::{self, LedgerPlace};
use super::staging::Staging;
use super::summary::Summary;

/// A tree of fewer files than this may shrink to nothing unasked.
const SMALL_TREE: usize = 10;

/// One file of a tree.
#[derive(Clone, Copy, Debug)]
pub struct File<'a> {
    /// Where it belongs, relative to the tree's folder, with `/` between the parts.
    pub path: &'a str,
    /// Its content.
    pub text: &'a str,
    /// The application it belongs to.
    pub application: &'a str,
    /// The Rust line that made it.
    pub origin: &'static Location<'static>,
}

/// How a tree is written.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Whether more than half of a tree may be removed.
    pub allow_shrink: bool,
    /// Where the ledger of the tree is.
    pub ledger: LedgerPlace,
    /// Called once, with the locked folder, where another run is writing and this one has to wait for it.
    pub waiting: fn(&Path),
}

impl Default for Options {
    fn default() -> Self {
        Self {
            allow_shrink: false,
            ledger: LedgerPlace::Inside,
            waiting: |_| {},
        }
    }
}

/// Writes a tree: [`put`](Writer::put) each file in any order, then [`finish`](Writer::finish).
///
/// A folder that is missing or empty is written beside its place and moved there at the end. In any other the files are
/// compared as they come, and those that differ are changed at the end, which costs memory for those alone. Until
/// `finish`, and where it returns an error other than [`WriteError::Io`], the folder is as it was.
///
/// The writer takes texts as they are: whether they are right is for the caller to check before.
pub struct Writer {
    system: Rc<dyn FileSystem>,
    mode: Mode,
    options: Options,
    target: Ledger,
    folders: BTreeSet<String>,
    latest_folder: String,
    _lock: Lock,
}

enum Mode {
    Staged(Staging),
    InPlace(Box<InPlace>),
}

struct InPlace {
    existing: Existing,
    pending: Vec<(String, String)>,
    occupied: Vec<(String, Occupant)>,
    summary: Summary,
}

impl Writer {
    /// Starts to write the tree of `folder`, which is made where it is missing.
    pub fn open(folder: &Path, options: Options) -> Result<Self, WriteError> {
        Self::open_on(Rc::new(Disk), folder, options)
    }

    /// The same on another file system.
    pub(crate) fn open_on(
        system: Rc<dyn FileSystem>,
        folder: &Path,
        options: Options,
    ) -> Result<Self, WriteError> {
        let above = parent(folder);
        fs::create_dir_all(&above).map_err(WriteError::io("create", &above))?;
        let lock = Lock::take(folder, options.waiting)?;
        let mode = match Staging::start(&system, folder, options.ledger)? {
            Some(staging) => Mode::Staged(staging),
            None => Mode::InPlace(Box::new(InPlace {
                existing: Existing::read(folder, options.ledger)?,
                pending: Vec::new(),
                occupied: Vec::new(),
                summary: Summary::default(),
            })),
        };
        Ok(Self {
            system,
            mode,
            options,
            target: Ledger::default(),
            folders: BTreeSet::new(),
            latest_folder: String::new(),
            _lock: lock,
        })
    }

    /// Takes one file.
    pub fn put(&mut self, file: &File<'_>) -> Result<(), WriteError> {
        self.check_path(file)?;
        match &mut self.mode {
            Mode::Staged(staging) => staging.put(file.path, file.text.as_bytes())?,
            Mode::InPlace(in_place) => in_place.put(file)?,
        }
        let entry = Entry {
            sha256: Checksum::of(file.text.as_bytes()),
            application: file.application.to_owned(),
            origin: origin(file.origin),
        };
        self.target.files.insert(file.path.to_owned(), entry);
        Ok(())
    }

    /// A path is in order, is not taken, and neither lies below another file nor has others below it.
    fn check_path(&mut self, file: &File<'_>) -> Result<(), WriteError> {
        let path = file.path;
        let invalid = |fault| {
            Err(WriteError::InvalidPath {
                path: path.to_owned(),
                fault,
            })
        };
        if let Some(fault) = path::fault(path) {
            return invalid(fault);
        }
        if let Some(first) = self.target.files.get(path) {
            let (first, second) = (first.origin.clone(), origin(file.origin));
            return Err(WriteError::Duplicate {
                path: path.to_owned(),
                first,
                second,
            });
        }
        if path::folder(path) != self.latest_folder {
            if path::folders(path).any(|folder| self.target.files.contains_key(folder)) {
                return invalid("another file has the name of its folder");
            }
            path::folder(path).clone_into(&mut self.latest_folder);
            self.folders.extend(path::folders(path).map(str::to_owned));
        }
        if self.folders.contains(path) {
            return invalid("a folder of other files has this name");
        }
        Ok(())
    }

    /// Brings the folder to the state that was put together.
    pub fn finish(self) -> Result<Summary, WriteError> {
        let text = self.target.text();
        match self.mode {
            Mode::Staged(staging) => {
                staging.finish(&text)?;
                let files = self.target.files.len();
                Ok(Summary {
                    files,
                    added: self.target.files.into_keys().collect(),
                    ..Summary::default()
                })
            }
            Mode::InPlace(in_place) => {
                in_place.finish(self.system.as_ref(), self.options, &self.target, &text)
            }
        }
    }
}

impl InPlace {
    fn put(&mut self, file: &File<'_>) -> Result<(), WriteError> {
        let path = || file.path.to_owned();
        match self.existing.look(file.path, file.text.as_bytes())? {
            State::Same => return Ok(()),
            State::Occupied(occupant) => {
                self.occupied.push((path(), occupant));
                self.summary.added.push(path());
            }
            State::Missing => self.summary.added.push(path()),
            State::Changed { by_hand } => {
                self.summary.changed.push(path());
                if by_hand {
                    self.summary.edited_by_hand.push(path());
                }
            }
        }
        self.pending.push((path(), file.text.to_owned()));
        Ok(())
    }

    fn finish(
        mut self,
        system: &dyn FileSystem,
        options: Options,
        target: &Ledger,
        text: &str,
    ) -> Result<Summary, WriteError> {
        let gone: BTreeSet<String> = self
            .existing
            .owned()
            .filter(|path| !target.files.contains_key(*path))
            .cloned()
            .collect();
        self.check_occupied(&gone)?;
        self.summarize(target, &gone)?;
        self.guard_against_shrinking(options)?;
        let up_to_date = self.summary.is_up_to_date()
            && self.existing.ledger_text.as_deref() == Some(text.as_bytes());
        if !up_to_date {
            self.pending.sort();
            let Self {
                existing, pending, ..
            } = &self;
            Change {
                existing,
                ledger: text,
                pending,
                gone: &gone,
            }
            .apply(system)?;
        }
        Ok(self.summary)
    }

    /// Nothing that is not ours stands in the way; a folder does not either where all it holds is going.
    fn check_occupied(&mut self, gone: &BTreeSet<String>) -> Result<(), WriteError> {
        let listing = &self.existing.listing;
        let goes = |path: &str, occupant: Occupant| match occupant {
            Occupant::File => gone.contains(path) || self.existing.is_part(path),
            Occupant::Folder => gone
                .iter()
                .any(|gone| path::folders(gone).any(|folder| folder == path)),
            Occupant::Link => false,
        };
        let empties = |folder: &str| {
            let below = listing
                .iter()
                .filter(|(path, _)| path::folders(path).any(|above| above == folder));
            goes(folder, Occupant::Folder)
                && below
                    .into_iter()
                    .all(|(path, occupant)| goes(path, *occupant))
        };
        self.occupied
            .retain(|(path, occupant)| *occupant != Occupant::Folder || !empties(path));
        if self.occupied.is_empty() {
            return Ok(());
        }
        self.occupied.sort_by(|left, right| left.0.cmp(&right.0));
        let (folder, occupied) = (
            self.existing.folder.clone(),
            std::mem::take(&mut self.occupied),
        );
        Err(WriteError::Occupied { folder, occupied })
    }

    fn summarize(&mut self, target: &Ledger, gone: &BTreeSet<String>) -> Result<(), WriteError> {
        self.summary.files = target.files.len();
        self.summary.resumed = self.existing.is_half_way();
        self.summary.foreign = self
            .existing
            .foreign()
            .filter(|path| !target.files.contains_key(*path))
            .cloned()
            .collect();
        for path in gone {
            if self.existing.listing.get(path) != Some(&Occupant::File) {
                continue;
            }
            if self.existing.changed_by_hand(path)? {
                self.summary.edited_by_hand.push(path.clone());
            }
            self.summary.removed.push(path.clone());
        }
        let Summary {
            added,
            changed,
            removed,
            edited_by_hand,
            ..
        } = &mut self.summary;
        for list in [added, changed, removed, edited_by_hand] {
            list.sort();
        }
        Ok(())
    }

    /// A render that lost most of its input would remove most of the tree.
    fn guard_against_shrinking(&self, options: Options) -> Result<(), WriteError> {
        let (removed, of) = (self.summary.removed.len(), self.existing.owned().count());
        if options.allow_shrink || removed <= SMALL_TREE || removed * 2 <= of {
            return Ok(());
        }
        Err(WriteError::Shrink {
            folder: self.existing.folder.clone(),
            removed,
            of,
        })
    }
}

fn origin(location: &Location<'_>) -> String {
    format!("{}:{}", location.file(), location.line())
}
