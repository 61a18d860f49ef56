//! Where the repository is, and the environment files in it.
#![expect(
    clippy::disallowed_methods,
    reason = "the command line is where files are read"
)]

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use environment::Sources;

use crate::arguments::Selection;
use crate::failure::Failure;

/// The folder of environment files.
const ENVIRONMENTS: &str = "environments";
/// The folder of rendered trees.
const GENERATED: &str = "generated";

/// The folder that holds `environments/` and `generated/`.
#[derive(Clone, Debug)]
pub(crate) struct Repository {
    root: PathBuf,
    current: PathBuf,
}

impl Repository {
    /// The repository at `root`, or the nearest one above the current folder.
    pub(crate) fn find(root: Option<&Path>) -> Result<Self, Failure> {
        let current = std::env::current_dir()
            .map_err(|error| Failure::new(format!("the current folder cannot be told: {error}")))?;
        if let Some(root) = root {
            let root = current.join(root);
            return if root.join(ENVIRONMENTS).is_dir() {
                Ok(Self { root, current })
            } else {
                Err(Failure::new(format!(
                    "{} has no folder `{ENVIRONMENTS}`",
                    root.display()
                )))
            };
        }
        let found = current
            .ancestors()
            .find(|folder| folder.join(ENVIRONMENTS).is_dir())
            .map(Path::to_owned);
        match found {
            Some(root) => Ok(Self { root, current }),
            None => Err(Failure::new(format!(
                "no folder `{ENVIRONMENTS}` in {} or above it",
                current.display()
            ))
            .help("run this in the repository, or name its folder with --root")),
        }
    }

    /// The folder itself.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// The folder that relative paths start from.
    pub(crate) fn current(&self) -> &Path {
        &self.current
    }

    /// The folder of the trees: `out`, where that was said, or `generated`.
    pub(crate) fn trees(&self, out: Option<&Path>) -> PathBuf {
        match out {
            Some(out) => self.current.join(out),
            None => self.root.join(GENERATED),
        }
    }

    /// A path as the reader would write it.
    pub(crate) fn shown(&self, path: &Path) -> String {
        path.strip_prefix(&self.current)
            .unwrap_or(path)
            .display()
            .to_string()
    }

    /// The names of the environments that a verb is about.
    pub(crate) fn select(&self, selection: &Selection) -> Vec<String> {
        if selection.all {
            return self.names();
        }
        let mut names = selection.environments.clone();
        names.dedup();
        names
    }
}

impl Sources for Repository {
    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.root.join(ENVIRONMENTS))
            .into_iter()
            .flatten()
            .flatten();
        let names = entries.filter_map(|entry| {
            let path = entry.path();
            let is_yaml = path
                .extension()
                .is_some_and(|extension| extension == "yaml");
            is_yaml
                .then(|| {
                    path.file_stem()
                        .and_then(|stem| stem.to_str())
                        .map(str::to_owned)
                })
                .flatten()
        });
        let mut names: Vec<String> = names.collect();
        names.sort();
        names
    }

    fn bytes(&self, name: &str) -> Option<(String, Vec<u8>)> {
        let path = self.root.join(ENVIRONMENTS).join(format!("{name}.yaml"));
        let mut bytes = Vec::new();
        // One byte more than a file may have tells that it is too large, however large it is.
        let limit = environment::limits::FILE_BYTES as u64 + 1;
        File::open(&path)
            .ok()?
            .take(limit)
            .read_to_end(&mut bytes)
            .ok()?;
        Some((self.shown(&path), bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn environments_are_the_yaml_files_sorted() {
        let place = tempfile::TempDir::new().expect("a folder");
        fs::create_dir(place.path().join(ENVIRONMENTS)).expect("a folder");
        for file in ["staging.yaml", "prod.yaml", "README.md"] {
            fs::write(place.path().join(ENVIRONMENTS).join(file), "a: 1\n").expect("a file");
        }
        let repository = Repository::find(Some(place.path())).expect("found");
        assert_eq!(repository.names(), ["prod", "staging"]);
        assert_eq!(repository.bytes("prod").expect("read").1, b"a: 1\n");
        assert!(repository.bytes("dev").is_none());
    }

    #[test]
    fn a_folder_without_environments_is_refused() {
        let place = tempfile::TempDir::new().expect("a folder");
        let failure = Repository::find(Some(place.path())).expect_err("refused");
        assert!(
            failure
                .to_string()
                .ends_with("has no folder `environments`"),
            "{failure}"
        );
    }
}
