//! Trees in folders: the files that are read, of one state or of two side by side.
#![expect(
    clippy::disallowed_methods,
    reason = "the command line is where files are read"
)]

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use review::{Content, Files};

use crate::failure::Failure;

/// What is read at once; nearly every manifest is smaller.
const BLOCK: usize = 1 << 16;

/// All files below a folder that are read, by their paths in it; none where there is no such folder.
pub(super) fn files(folder: &Path) -> Result<Files, Failure> {
    let mut reader = Reader::new();
    let mut files = Files::new();
    for path in paths(folder)? {
        let bytes = reader.read(folder, &path)?.to_vec();
        files.insert(path, bytes);
    }
    Ok(files)
}

/// The files of two folders by their paths, each compared while it is read: what is the same is kept once.
pub(super) fn beside(base: &Path, head: &Path) -> Result<Vec<(String, Content)>, Failure> {
    let (before, after) = (paths(base)?, paths(head)?);
    let (mut before, mut after) = (before.into_iter().peekable(), after.into_iter().peekable());
    let (mut old, mut new) = (Reader::new(), Reader::new());
    let mut found = Vec::new();
    loop {
        let next = [before.peek(), after.peek()].into_iter().flatten().min();
        let Some(path) = next.cloned() else { break };
        let was = before.next_if_eq(&path).is_some();
        let is = after.next_if_eq(&path).is_some();
        let was = was.then(|| old.read(base, &path)).transpose()?;
        let is = is.then(|| new.read(head, &path)).transpose()?;
        let content = match (was, is) {
            (Some(was), Some(is)) if was == is => Content::Same(is.to_vec()),
            (was, is) => Content::Differs {
                base: was.map(<[u8]>::to_vec),
                head: is.map(<[u8]>::to_vec),
            },
        };
        found.push((path, content));
    }
    Ok(found)
}

/// Reads one file after the other into the same memory.
struct Reader {
    buffer: Vec<u8>,
    path: PathBuf,
}

impl Reader {
    fn new() -> Self {
        Self {
            buffer: vec![0; BLOCK],
            path: PathBuf::new(),
        }
    }

    fn read(&mut self, folder: &Path, path: &str) -> Result<&[u8], Failure> {
        self.path.clear();
        self.path.push(folder);
        self.path.push(path);
        let length = fill(&self.path, &mut self.buffer).map_err(|error| {
            Failure::new(format!("{} cannot be read: {error}", self.path.display()))
        })?;
        Ok(self.buffer.get(..length).unwrap_or_default())
    }
}

/// Reads a file into memory that grows where it has to; how many bytes there are.
fn fill(path: &Path, buffer: &mut Vec<u8>) -> io::Result<usize> {
    let mut file = File::open(path)?;
    let mut length = 0;
    loop {
        if length == buffer.len() {
            buffer.resize(length * 2, 0);
        }
        match file.read(buffer.get_mut(length..).unwrap_or_default())? {
            0 => return Ok(length),
            count => length += count,
        }
    }
}

/// The paths of the files below a folder that are read, in order; none where there is no such folder.
fn paths(folder: &Path) -> Result<Vec<String>, Failure> {
    let mut found = Vec::new();
    if folder.is_dir() {
        collect(folder, "", &mut found)?;
    }
    found.sort_unstable();
    Ok(found)
}

fn collect(folder: &Path, prefix: &str, found: &mut Vec<String>) -> Result<(), Failure> {
    let unread =
        |error: io::Error| Failure::new(format!("{} cannot be read: {error}", folder.display()));
    for entry in fs::read_dir(folder).map_err(unread)? {
        let entry = entry.map_err(unread)?;
        let kind = entry.file_type().map_err(unread)?;
        let Ok(name) = entry.file_name().into_string() else {
            continue;
        };
        if kind.is_dir() && name != ".git" {
            collect(&entry.path(), &format!("{prefix}{name}/"), found)?;
        } else if kind.is_file()
            && [".yaml", ".yml", ".json"]
                .iter()
                .any(|end| name.ends_with(end))
        {
            found.push(format!("{prefix}{name}"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_folders_are_read_side_by_side() {
        let place = std::env::temp_dir().join(format!("xtask-folders-{}", std::process::id()));
        let long = "a".repeat(3 * BLOCK);
        for (path, text) in [
            ("base/same.yaml", "a"),
            ("base/other.yaml", "a"),
            ("base/in/gone.yml", long.as_str()),
            ("base/in/notes.txt", "a"),
            ("head/same.yaml", "a"),
            ("head/other.yaml", "b"),
            ("head/new.json", "{}"),
        ] {
            let file = place.join(path);
            fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
            fs::write(file, text).expect("a file");
        }
        let found = beside(&place.join("base"), &place.join("head")).expect("files");
        let shown: Vec<String> = found
            .iter()
            .map(|(path, content)| {
                let size = |bytes: &Option<Vec<u8>>| bytes.as_ref().map_or(0, Vec::len);
                match content {
                    Content::Same(bytes) => format!("{path} same {}", bytes.len()),
                    Content::Differs { base, head } => {
                        format!("{path} {} {}", size(base), size(head))
                    }
                }
            })
            .collect();
        fs::remove_dir_all(&place).expect("gone");
        let long = long.len();
        assert_eq!(
            shown,
            [
                &*format!("in/gone.yml {long} 0"),
                "new.json 0 2",
                "other.yaml 1 1",
                "same.yaml same 1"
            ]
        );
    }
}
