//! The steps that change a folder, one method each, so that a test can stop the writer after any of them.
#![expect(
    clippy::disallowed_methods,
    reason = "the writer is the part of the workspace that touches files"
)]

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

/// What the writer does to a folder. Reading is not part of it: a stop while reading changes nothing.
pub(crate) trait FileSystem {
    /// Makes one folder whose parent is there.
    fn create_folder(&self, path: &Path) -> io::Result<()>;
    /// Makes a file that was not there, and fills it.
    fn create_file(&self, path: &Path, content: &[u8]) -> io::Result<()>;
    /// Waits until a file's content has reached the disk.
    fn sync(&self, path: &Path) -> io::Result<()>;
    /// Moves a file or a folder; what stands at `to` is replaced at once.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Removes one file.
    fn remove_file(&self, path: &Path) -> io::Result<()>;
    /// Removes one empty folder.
    fn remove_folder(&self, path: &Path) -> io::Result<()>;
}

/// The real file system.
pub(crate) struct Disk;

impl FileSystem for Disk {
    fn create_folder(&self, path: &Path) -> io::Result<()> {
        fs::create_dir(path)
    }

    fn create_file(&self, path: &Path, content: &[u8]) -> io::Result<()> {
        File::create_new(path)?.write_all(content)
    }

    fn sync(&self, path: &Path) -> io::Result<()> {
        File::open(path)?.sync_all()
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        fs::remove_dir(path)
    }
}
