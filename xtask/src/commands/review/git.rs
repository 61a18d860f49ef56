//! Reads trees out of Git, without touching the working tree.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use crate::failure::Failure;

/// A file of a revision: its path below the folder that was asked for, and its blob.
pub(crate) struct Blob {
    pub(super) path: String,
    pub(super) id: String,
}

/// What a Git command says.
fn said(root: &Path, arguments: &[&str]) -> Result<Vec<u8>, Failure> {
    let output = Command::new("git")
        .arg("-C")
        .arg(root)
        .args(arguments)
        .output();
    let output = output.map_err(|error| Failure::new(format!("git cannot be run: {error}")))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let reason = String::from_utf8_lossy(&output.stderr);
    Err(Failure::new(format!(
        "git {}: {}",
        arguments.join(" "),
        reason.trim()
    )))
}

/// The commit at which this branch left main, or the last commit where there is no main.
pub(super) fn where_it_left_main(root: &Path) -> Result<String, Failure> {
    for main in ["origin/main", "main", "origin/master", "master"] {
        if let Ok(commit) = said(root, &["merge-base", main, "HEAD"]) {
            return Ok(String::from_utf8_lossy(&commit).trim().to_owned());
        }
    }
    said(root, &["rev-parse", "--verify", "HEAD"])
        .map(|commit| String::from_utf8_lossy(&commit).trim().to_owned())
}

/// The commit that a revision names.
pub(super) fn commit(root: &Path, revision: &str) -> Result<String, Failure> {
    let name = format!("{revision}^{{commit}}");
    let commit = said(
        root,
        &[
            "rev-parse",
            "--verify",
            "--quiet",
            "--end-of-options",
            &name,
        ],
    )
    .map_err(|_| {
        Failure::new(format!(
            "`{revision}` is neither a folder nor a revision of this repository"
        ))
    })?;
    Ok(String::from_utf8_lossy(&commit).trim().to_owned())
}

/// The files of a commit below a folder.
pub(super) fn blobs(root: &Path, commit: &str, folder: &str) -> Result<Vec<Blob>, Failure> {
    let prefix = format!("{folder}/");
    let listed = said(
        root,
        &["ls-tree", "-r", "-z", "--full-tree", commit, "--", &prefix],
    )?;
    let listed = String::from_utf8_lossy(&listed);
    let entries = listed.split('\0').filter_map(|entry| {
        let (head, path) = entry.split_once('\t')?;
        let id = head.split(' ').nth(2)?;
        Some(Blob {
            path: path.strip_prefix(&prefix)?.to_owned(),
            id: id.to_owned(),
        })
    });
    Ok(entries.collect())
}

/// The contents of blobs, by their names.
pub(super) fn contents(root: &Path, ids: &[String]) -> Result<BTreeMap<String, Vec<u8>>, Failure> {
    let broken = |what: &str| Failure::new(format!("git cat-file: {what}"));
    let mut child = Command::new("git")
        .arg("-C")
        .arg(root)
        .args(["cat-file", "--batch"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| Failure::new(format!("git cannot be run: {error}")))?;
    let mut stdin = child
        .stdin
        .take()
        .ok_or_else(|| broken("it reads nothing"))?;
    let asked = ids.join("\n") + "\n";
    let mut answer = Vec::new();
    std::thread::scope(|scope| {
        // Both ends at once: the pipe holds less than either.
        scope.spawn(move || stdin.write_all(asked.as_bytes()));
        child
            .stdout
            .take()
            .map(|mut stdout| stdout.read_to_end(&mut answer))
    });
    let status = child.wait().map_err(|error| broken(&error.to_string()))?;
    if !status.success() {
        return Err(broken("it failed"));
    }
    let mut rest = answer.as_slice();
    let mut contents = BTreeMap::new();
    while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
        let head = String::from_utf8_lossy(&rest[..end]).into_owned();
        let mut words = head.split(' ');
        let (id, size) = (
            words.next(),
            words.nth(1).and_then(|size| size.parse::<usize>().ok()),
        );
        let (Some(id), Some(size)) = (id, size) else {
            return Err(broken(&head));
        };
        let bytes = rest
            .get(end + 1..end + 1 + size)
            .ok_or_else(|| broken("it ended early"))?;
        contents.insert(id.to_owned(), bytes.to_vec());
        rest = rest.get(end + size + 2..).unwrap_or_default();
    }
    Ok(contents)
}
