//! `cargo xtask check --write-docs`: the pages of all checks, below `docs/checks`.
#![expect(
    clippy::disallowed_methods,
    reason = "the command line is where files are written"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::commands::Session;
use crate::failure::Failure;

/// Where the pages are, below the root of the repository.
const FOLDER: &str = "docs/checks";

/// Writes all pages, and removes those of checks that are gone.
pub(super) fn write(session: &Session) -> Result<usize, Failure> {
    let folder = session.repository.root().join(FOLDER);
    fs::create_dir_all(&folder).map_err(|error| failed(&folder, &error))?;
    let pages = check::pages();
    let names: BTreeSet<&str> = pages.iter().map(|page| page.name.as_str()).collect();
    for entry in fs::read_dir(&folder).map_err(|error| failed(&folder, &error))? {
        let path = entry.map_err(|error| failed(&folder, &error))?.path();
        let name = path.file_name().and_then(|name| name.to_str());
        let is_page = path.extension().is_some_and(|extension| extension == "md");
        if is_page && name.is_some_and(|name| !names.contains(name)) {
            fs::remove_file(&path).map_err(|error| failed(&path, &error))?;
        }
    }
    for page in &pages {
        let path = folder.join(&page.name);
        fs::write(&path, &page.text).map_err(|error| failed(&path, &error))?;
    }
    Ok(pages.len())
}

fn failed(path: &Path, error: &std::io::Error) -> Failure {
    Failure::new(format!("{} cannot be written: {error}", path.display()))
}
