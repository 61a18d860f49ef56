//! A copy of the environment files, so that measuring an edit does not edit the repository.
#![expect(
    clippy::disallowed_methods,
    reason = "measuring an edit takes files to edit"
)]

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use environment::Sources;

use crate::failure::Failure;
use crate::repository::Repository;

/// The line of an environment file that is edited; it reaches every Argo CD Application.
const EDITED: &str = "revision:";

/// A folder like the repository's, with its environment files; gone when this is.
pub(super) struct Place {
    folder: PathBuf,
    workspace: PathBuf,
    environment: PathBuf,
}

impl Place {
    /// Copies the environment files of a repository into the build folder.
    pub(super) fn copy_of(repository: &Repository, name: &str) -> Result<Self, Failure> {
        let folder = std::env::temp_dir().join(format!("xtask-bench-{}", std::process::id()));
        let environments = folder.join("environments");
        fs::create_dir_all(&environments).map_err(|error| Failure::of(&error))?;
        let place = Self {
            workspace: repository.root().to_owned(),
            environment: environments.join(format!("{name}.yaml")),
            folder,
        };
        for known in repository.names() {
            if let Some((_, bytes)) = repository.bytes(&known) {
                fs::write(environments.join(format!("{known}.yaml")), bytes)
                    .map_err(|error| Failure::of(&error))?;
            }
        }
        Ok(place)
    }

    /// The folder, to be given as `--root`.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// The folder of the workspace that it was copied from.
    pub(super) fn workspace(&self) -> &Path {
        &self.workspace
    }

    /// Edits a value of the environment, each time another way.
    pub(super) fn edit_value(&self, round: u32) -> Result<(), Failure> {
        let text = fs::read_to_string(&self.environment).map_err(|error| Failure::of(&error))?;
        let mut edited = String::with_capacity(text.len() + 16);
        for line in text.lines() {
            match line.split_once(EDITED) {
                Some((before, _)) if before.trim().is_empty() => {
                    // Writing to a string cannot fail.
                    // Writing to a string cannot fail.
                    let _ = write!(edited, "{before}{EDITED} round-{round}");
                }
                _ => edited.push_str(line),
            }
            edited.push('\n');
        }
        if edited == text {
            let message = format!(
                "{} has no line `{EDITED}` to edit",
                self.environment.display()
            );
            return Err(Failure::new(message).help("measure an environment that says it itself"));
        }
        fs::write(&self.environment, edited).map_err(|error| Failure::of(&error))
    }

    /// Makes a component look edited.
    pub(super) fn touch_component(&self) -> Result<(), Failure> {
        let component = self.workspace.join("crates/platform/src/lib.rs");
        let touched = fs::File::options().append(true).open(&component);
        touched
            .and_then(|file| file.set_modified(SystemTime::now()))
            .map_err(|error| {
                Failure::new(format!(
                    "{} cannot be touched: {error}",
                    component.display()
                ))
            })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        // What stays behind is in the folder for what may stay behind.
        let _ = fs::remove_dir_all(&self.folder);
    }
}
