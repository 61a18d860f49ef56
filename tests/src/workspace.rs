//! The files of the workspace: its environments, its rendered trees, its Rust.
#![expect(
    clippy::disallowed_methods,
    reason = "the tests of the workspace read its files"
)]

use std::fs;
use std::path::{Path, PathBuf};

use environment::{Environment, Sources};

/// The folder of the workspace.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The environment files of the workspace.
#[derive(Clone, Copy, Debug)]
pub struct EnvironmentFiles;

impl Sources for EnvironmentFiles {
    fn names(&self) -> Vec<String> {
        let names = files(&root().join("environments"), "yaml").into_iter();
        names
            .filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()))
            .collect()
    }

    fn bytes(&self, name: &str) -> Option<(String, Vec<u8>)> {
        let path = format!("environments/{name}.yaml");
        let bytes = fs::read(root().join(&path)).ok()?;
        Some((path, bytes))
    }
}

/// Every environment with its name. The error is what is wrong with one of them, for people.
pub fn environments() -> Result<Vec<(String, Environment)>, String> {
    let load = |name: String| match environment::load(&name, &EnvironmentFiles) {
        Ok(environment) => Ok((name, environment)),
        Err(diagnostics) => Err(diagnostics.render(false)),
    };
    EnvironmentFiles.names().into_iter().map(load).collect()
}

/// The files below a folder whose names end in `.extension`, sorted; none where the folder is missing.
pub fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|found| found == extension) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}
