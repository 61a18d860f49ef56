//! The objects that faults are put into.
#![expect(
    clippy::disallowed_methods,
    reason = "the command line is where files are read"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use check::read::read;
use serde_json::Value;

use crate::commands::Session;
use crate::commands::check::files;
use crate::failure::Failure;

/// Objects of one kind that are kept of a folder: more of them show the same faults again.
const OF_A_KIND: usize = 6;

/// Objects of every built-in kind, each field that few manifests have somewhere among them: all of them are kept.
const WRITTEN: &str = "tests/objects";

/// The objects of the files below `paths`, a few of each kind; without paths, those of the rendered trees and those
/// that were written for this.
pub(super) fn objects(session: &Session, paths: &[String]) -> Result<Vec<Value>, Failure> {
    if !paths.is_empty() {
        let paths = paths.iter();
        let paths = paths.map(|path| session.repository.current().join(path));
        return collect(&paths.collect::<Vec<_>>(), OF_A_KIND);
    }
    let written = session.repository.root().join(WRITTEN);
    let mut objects = collect(&[written], usize::MAX)?;
    objects.extend(collect(&[session.repository.trees(None)], OF_A_KIND)?);
    Ok(objects)
}

/// The objects of files and folders, so many of a kind.
fn collect(paths: &[PathBuf], of_a_kind: usize) -> Result<Vec<Value>, Failure> {
    let mut files = Vec::new();
    for path in paths {
        files::collect(path, true, &mut files)?;
    }
    files.sort();
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    let mut objects = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file).unwrap_or_default();
        for document in read(&text, &file.display().to_string()).documents {
            let kind = format!("{} {}", document.id.api_version, document.id.kind);
            let seen = count.entry(kind).or_default();
            *seen += 1;
            if *seen <= of_a_kind {
                objects.push(document.value);
            }
        }
    }
    Ok(objects)
}
