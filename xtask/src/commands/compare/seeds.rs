//! The objects that faults are put into.
#![expect(
    clippy::disallowed_methods,
    reason = "the command line is where files are read"
)]

use std::collections::BTreeMap;
use std::fs;

use check::read::read;
use serde_json::Value;

use crate::commands::Session;
use crate::commands::check::files;
use crate::failure::Failure;

/// Objects of one kind that are kept: more of them show the same faults again.
const OF_A_KIND: usize = 6;

/// The objects of the files below `paths`, a few of each kind.
pub(super) fn objects(session: &Session, paths: &[String]) -> Result<Vec<Value>, Failure> {
    let mut files = Vec::new();
    if paths.is_empty() {
        files::collect(&session.repository.trees(None), true, &mut files)?;
    }
    for path in paths {
        files::collect(&session.repository.current().join(path), true, &mut files)?;
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
            if *seen <= OF_A_KIND {
                objects.push(document.value);
            }
        }
    }
    Ok(objects)
}
