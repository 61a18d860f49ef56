//! What the tests of the writer share: small trees, snapshots of a folder, and a file system that stops.
#![expect(
    clippy::disallowed_methods,
    reason = "the tests look at the files that the writer made"
)]

use std::cell::Cell;
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::panic::Location;
use std::path::Path;
use std::rc::Rc;

use tempfile::TempDir;

use super::drift::{Comparer, Drift};
use super::error::WriteError;
use super::file_system::{Disk, FileSystem};
use super::summary::Summary;
use super::writer::{File, Options, Writer};

/// A tree as the tests say it.
pub(crate) type Files = BTreeMap<&'static str, &'static str>;

/// Stops for good once its steps are used up, as a killed process does. A file that is being written can stop empty
/// and half full.
pub(crate) struct Stopping {
    steps: Cell<usize>,
}

impl Stopping {
    pub(crate) fn after(steps: usize) -> Rc<Self> {
        Rc::new(Self {
            steps: Cell::new(steps),
        })
    }

    fn step(&self) -> io::Result<()> {
        match self.steps.get().checked_sub(1) {
            Some(left) => {
                self.steps.set(left);
                Ok(())
            }
            None => Err(io::Error::other("stopped")),
        }
    }
}

impl FileSystem for Stopping {
    fn create_folder(&self, path: &Path) -> io::Result<()> {
        self.step()?;
        Disk.create_folder(path)
    }

    fn create_file(&self, path: &Path, content: &[u8]) -> io::Result<()> {
        self.step()?;
        Disk.create_file(path, b"")?;
        for part in [&content[..content.len() / 2], content] {
            self.step()?;
            fs::write(path, part)?;
        }
        Ok(())
    }

    /// What the disk has got makes no difference to a killed process.
    fn sync(&self, _: &Path) -> io::Result<()> {
        self.step()
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step()?;
        Disk.rename(from, to)
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.step()?;
        Disk.remove_file(path)
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        self.step()?;
        Disk.remove_folder(path)
    }
}

pub(crate) fn file(path: &'static str, text: &'static str) -> File<'static> {
    File {
        path,
        text,
        application: "web",
        origin: Location::caller(),
    }
}

pub(crate) fn write_on(
    system: Rc<dyn FileSystem>,
    folder: &Path,
    tree: &Files,
) -> Result<Summary, WriteError> {
    write_with(system, folder, tree, Options::default())
}

pub(crate) fn write_with(
    system: Rc<dyn FileSystem>,
    folder: &Path,
    tree: &Files,
    options: Options,
) -> Result<Summary, WriteError> {
    let mut writer = Writer::open_on(system, folder, options)?;
    for (path, text) in tree {
        writer.put(&file(path, text))?;
    }
    writer.finish()
}

pub(crate) fn write(folder: &Path, tree: &Files) -> Summary {
    write_on(Stopping::after(usize::MAX), folder, tree).expect("the tree is written")
}

pub(crate) fn compare(folder: &Path, tree: &Files) -> Drift {
    let mut comparer = Comparer::open(folder).expect("the folder is readable");
    for (path, text) in tree {
        comparer
            .put(&file(path, text))
            .expect("the folder is readable");
    }
    comparer.finish()
}

/// Every name below a folder, with the content of the files.
pub(crate) fn snapshot(folder: &Path) -> BTreeMap<String, Option<String>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).into_iter().flatten() {
            let path = entry.expect("an entry").path();
            let name = path
                .strip_prefix(folder)
                .expect("below the folder")
                .to_string_lossy()
                .into_owned();
            if path.is_dir() {
                found.insert(name, None);
                folders.push(path);
            } else {
                found.insert(name, Some(fs::read_to_string(&path).expect("text")));
            }
        }
    }
    found
}

/// What a tree looks like when nothing ever went wrong.
pub(crate) fn clean(tree: &Files) -> BTreeMap<String, Option<String>> {
    let place = TempDir::new().expect("a folder");
    let folder = place.path().join("prod");
    write(&folder, tree);
    snapshot(&folder)
}
