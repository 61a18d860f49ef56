//! The folder of committed facts: read strictly, written so that a mistake or a full disk leaves it
//! as it was.
#![expect(
    clippy::disallowed_methods,
    reason = "the import is the one part of the crate that touches files"
)]

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::ImportError;
use super::lock::Lock;
use crate::facts::Facts;
use crate::store::Store;
use crate::text::{self, Head};

const LOCK: &str = "lock.json";

/// What the folder holds: facts and lock, both empty if there is nothing yet.
pub(crate) fn read(folder: &Path) -> Result<(Facts, Lock), ImportError> {
    let texts = read_texts(folder)?;
    let store = Store::from_texts(texts.clone());
    for (name, text) in &texts {
        check_lines(folder, name, text, &store)?;
    }
    let path = folder.join(LOCK);
    let lock = match fs::read_to_string(&path) {
        Ok(text) => serde_json::from_str(&text).map_err(|error: serde_json::Error| {
            ImportError::Damaged {
                path,
                line: error.line(),
            }
        })?,
        Err(error) if error.kind() == ErrorKind::NotFound => Lock::default(),
        Err(source) => return Err(ImportError::Read { path, source }),
    };
    Ok((Facts::of_store(&store), lock))
}

fn check_lines(folder: &Path, name: &str, text: &str, store: &Store) -> Result<(), ImportError> {
    for (index, line) in text.lines().enumerate() {
        let minor = name.strip_prefix("kubernetes/").unwrap_or_default();
        let readable = match text::head(line) {
            Some(Head::Kind {
                kind,
                version,
                group,
            }) => store.kind(minor, group, version, kind).is_some(),
            Some(Head::Definition { .. }) => text::read_definition(line).is_ok(),
            None => false,
        };
        if !readable {
            return Err(ImportError::Damaged {
                path: data_file(folder, name),
                line: index + 1,
            });
        }
    }
    Ok(())
}

fn read_texts(folder: &Path) -> Result<BTreeMap<String, String>, ImportError> {
    let mut texts = BTreeMap::new();
    for area in ["custom", "kubernetes"] {
        let path = folder.join(area);
        let entries = match fs::read_dir(&path) {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound => continue,
            Err(source) => return Err(ImportError::Read { path, source }),
        };
        for entry in entries {
            let file = entry
                .map_err(|source| ImportError::Read {
                    path: path.clone(),
                    source,
                })?
                .path();
            let Some(stem) = file
                .file_name()
                .and_then(|name| name.to_str()?.strip_suffix(".jsonl"))
            else {
                continue;
            };
            let name = format!("{area}/{stem}");
            let text = fs::read_to_string(&file)
                .map_err(|source| ImportError::Read { path: file, source })?;
            texts.insert(name, text);
        }
    }
    Ok(texts)
}

/// Writes facts and lock. Every file is first written in full beside its place; only when all are
/// there are they moved into place, the lock last, so that whatever goes wrong before leaves the
/// folder as it was. Files that are right already are left alone, files of groups and minors that
/// are no more are removed.
pub(crate) fn write(folder: &Path, facts: &Facts, lock: &Lock) -> Result<(), ImportError> {
    let known = read_texts(folder)?;
    let texts = facts.texts()?;
    let mut files: Vec<(PathBuf, String)> = Vec::new();
    for (name, text) in &texts {
        if known.get(name) != Some(text) {
            files.push((data_file(folder, name), text.clone()));
        }
    }
    files.push((folder.join(LOCK), lock.text()?));
    for area in ["custom", "kubernetes"] {
        let path = folder.join(area);
        fs::create_dir_all(&path).map_err(|source| ImportError::Write { path, source })?;
    }
    let result = files
        .iter()
        .try_for_each(|(path, text)| attempt(path, fs::write(beside(path), text)));
    if result.is_err() {
        for (path, _) in &files {
            // The first failure is the one to report.
            let _ = fs::remove_file(beside(path));
        }
        return result;
    }
    for (path, _) in &files {
        attempt(path, fs::rename(beside(path), path))?;
    }
    for name in known.keys().filter(|name| !texts.contains_key(*name)) {
        let path = data_file(folder, name);
        attempt(&path, fs::remove_file(&path))?;
    }
    Ok(())
}

fn data_file(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!("{name}.jsonl"))
}

fn beside(path: &Path) -> PathBuf {
    path.with_extension("new")
}

fn attempt(path: &Path, result: std::io::Result<()>) -> Result<(), ImportError> {
    result.map_err(|source| ImportError::Write {
        path: path.to_owned(),
        source,
    })
}
