//! A state of the trees: a revision, the working tree, or any folder.
#![expect(
    clippy::disallowed_methods,
    reason = "the command line is where files are read"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use check::Context;
use environment::Sources;
use names::KubernetesMinor;
use review::{Files, Trees};
use schemas::Store;

use super::folders;
use super::git::{self, Blob};
use crate::commands::Session;
use crate::commands::check::environments::newest_minor;
use crate::failure::Failure;

/// The folder of the trees.
const GENERATED: &str = "generated";
/// The folder of what they are rendered from.
const ENVIRONMENTS: &str = "environments";
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
    Commit {
        root: PathBuf,
        id: String,
        blobs: Vec<Blob>,
    },
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
            id: commit,
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

    /// Both states of an environment side by side.
    pub(crate) fn beside(&self, head: &Self, name: &str) -> Result<Trees, Failure> {
        match (self.place_of(name), head.place_of(name)) {
            (Some(base), Some(head)) => folders::beside(&base, &head).map(Trees::of),
            _ => Ok(Trees::new(self.files(name)?, head.files(name)?)),
        }
    }

    /// The folder with the tree of an environment, where it is one.
    fn place_of(&self, name: &str) -> Option<PathBuf> {
        match self {
            Self::Trees(folder) => Some(folder.join(name)),
            Self::Tree(folder) => Some(folder.clone()),
            Self::Nothing | Self::Commit { .. } => None,
        }
    }

    /// The files that the environments are written in, by environment; none where nobody knows them.
    pub(super) fn written(&self) -> Result<BTreeMap<String, String>, Failure> {
        let Self::Commit { root, id, .. } = self else {
            return Ok(BTreeMap::new());
        };
        let blobs = git::blobs(root, id, ENVIRONMENTS)?;
        let ids: Vec<String> = blobs.iter().map(|blob| blob.id.clone()).collect();
        let contents = git::contents(root, &ids)?;
        let named = blobs.iter().filter_map(|blob| {
            let name = blob.path.strip_suffix(".yaml")?;
            let text = String::from_utf8_lossy(contents.get(&blob.id)?);
            Some((name.to_owned(), text.into_owned()))
        });
        Ok(named.collect())
    }

    /// The files of an environment; none where it has no tree of it.
    pub(crate) fn files(&self, name: &str) -> Result<Files, Failure> {
        match self {
            Self::Trees(folder) => folders::files(&folder.join(name)),
            Self::Tree(folder) => folders::files(folder),
            Self::Nothing => Ok(Files::new()),
            Self::Commit { root, blobs, .. } => {
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
