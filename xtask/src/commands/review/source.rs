//! A state of the trees: a revision, the working tree, or any folder.
#![expect(
    clippy::disallowed_methods,
    reason = "the command line is where files are read"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use check::Context;
use environment::Sources;
use names::KubernetesMinor;
use review::Files;
use schemas::Store;

use super::git::{self, Blob};
use crate::commands::Session;
use crate::commands::check::environments::newest_minor;
use crate::failure::Failure;

/// The folder of the trees.
const GENERATED: &str = "generated";
/// What tells the tree of an environment from a folder of anything else.
const LEDGER: &str = "ledger.json";

/// A state of the trees.
pub(crate) enum Source {
    /// A folder with one folder for each environment.
    Trees(PathBuf),
    /// A folder that is one tree, whoever wrote it.
    Tree(PathBuf),
    /// No state at all.
    Nothing,
    /// A commit.
    Commit { root: PathBuf, blobs: Vec<Blob> },
}

/// Which state is meant where none is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Default {
    WhereItLeftMain,
    WorkingTree,
}

/// The name of the only environment of a folder that is one tree.
const ONLY: &str = "manifests";

impl Source {
    /// What was named, or the default.
    pub(crate) fn of(
        session: &Session,
        named: Option<&str>,
        default: Default,
    ) -> Result<Self, Failure> {
        let root = session.repository.root();
        let commit = match (named, default) {
            (Some(name), _) => {
                let folder = session.repository.current().join(name);
                if folder.is_dir() {
                    return Ok(Self::folder(folder));
                }
                git::commit(root, name)?
            }
            (None, Default::WorkingTree) => return Ok(Self::Trees(session.repository.trees(None))),
            (None, Default::WhereItLeftMain) => git::where_it_left_main(root)?,
        };
        let blobs = git::blobs(root, &commit, GENERATED)?;
        Ok(Self::Commit {
            root: root.to_owned(),
            blobs,
        })
    }

    fn folder(folder: PathBuf) -> Self {
        let inner = folder.join(GENERATED);
        let folder = if inner.is_dir() { inner } else { folder };
        if trees_in(&folder).is_empty() {
            Self::Tree(folder)
        } else {
            Self::Trees(folder)
        }
    }

    /// The environments that it has trees of.
    pub(crate) fn environments(&self) -> BTreeSet<String> {
        match self {
            Self::Trees(folder) => trees_in(folder),
            Self::Nothing => BTreeSet::new(),
            Self::Tree(_) => [ONLY.to_owned()].into(),
            Self::Commit { blobs, .. } => blobs
                .iter()
                .filter_map(|blob| blob.path.split_once('/'))
                .filter(|(_, rest)| *rest == LEDGER)
                .map(|(name, _)| name.to_owned())
                .collect(),
        }
    }

    /// The files of an environment; none where it has no tree of it.
    pub(crate) fn files(&self, name: &str) -> Result<Files, Failure> {
        match self {
            Self::Trees(folder) => files_of(&folder.join(name)),
            Self::Tree(folder) => files_of(folder),
            Self::Nothing => Ok(Files::new()),
            Self::Commit { root, blobs } => {
                let prefix = format!("{name}/");
                let wanted: Vec<(&str, &str)> = blobs
                    .iter()
                    .filter_map(|blob| Some((blob.path.strip_prefix(&prefix)?, blob.id.as_str())))
                    .collect();
                let ids: BTreeSet<String> = wanted.iter().map(|(_, id)| (*id).to_owned()).collect();
                let ids: Vec<String> = ids.into_iter().collect();
                let contents = git::contents(root, &ids)?;
                let files = wanted
                    .into_iter()
                    .filter_map(|(path, id)| Some((path.to_owned(), contents.get(id)?.clone())));
                Ok(files.collect())
            }
        }
    }
}

/// The folders in a folder that are trees of environments.
fn trees_in(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let trees = entries.filter(|entry| entry.path().join(LEDGER).is_file());
    trees
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect()
}

/// All files below a folder that are read, by their paths in it; none where there is no such folder.
fn files_of(folder: &Path) -> Result<Files, Failure> {
    let mut files = Files::new();
    if folder.is_dir() {
        collect(folder, "", &mut files)?;
    }
    Ok(files)
}

fn collect(folder: &Path, prefix: &str, files: &mut Files) -> Result<(), Failure> {
    let unread = |error: std::io::Error| {
        Failure::new(format!("{} cannot be read: {error}", folder.display()))
    };
    for entry in fs::read_dir(folder).map_err(unread)? {
        let entry = entry.map_err(unread)?;
        let kind = entry.file_type().map_err(unread)?;
        let Ok(name) = entry.file_name().into_string() else {
            continue;
        };
        if kind.is_dir() && name != ".git" {
            collect(&entry.path(), &format!("{prefix}{name}/"), files)?;
        } else if kind.is_file()
            && [".yaml", ".yml", ".json"]
                .iter()
                .any(|end| name.ends_with(end))
        {
            let bytes = fs::read(entry.path()).map_err(unread)?;
            files.insert(format!("{prefix}{name}"), bytes);
        }
    }
    Ok(())
}

/// What is known of the cluster of an environment; for what is none, the newest minor and what every cluster has.
pub(super) fn surroundings(
    session: &Session,
    name: &str,
    minor: Option<KubernetesMinor>,
) -> Result<Context<'static>, Failure> {
    let known = session.repository.names();
    if known.iter().any(|known| known == name)
        && let Ok(environment) = environment::load(name, &session.repository)
    {
        let minor = minor.unwrap_or(environment.kubernetes);
        return Ok(render::cluster(&environment, minor));
    }
    let minor = match minor {
        Some(minor) => minor,
        None => newest_minor(session)?,
    };
    Ok(Context::new(minor, Store::embedded()).with_what_every_cluster_has())
}

/// Writes a report to a file.
pub(super) fn write(path: &Path, text: &str) -> Result<(), Failure> {
    fs::write(path, text)
        .map_err(|error| Failure::new(format!("{} cannot be written: {error}", path.display())))
}
