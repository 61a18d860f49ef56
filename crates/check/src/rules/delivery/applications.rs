//! Which Argo CD Application applies which object: what their sources say, and where the files of the objects are.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use super::rollouts::GROUP;
use crate::cluster::{Cluster, list, text};
use crate::document::Document;
use crate::pointer::Lookup;

/// One source of an Application.
pub(super) struct Source<'a> {
    pub(super) application: &'a Document,
    pub(super) value: &'a Json,
    /// Where it stands.
    pub(super) path: String,
}

impl<'a> Source<'a> {
    /// The repository.
    pub(super) fn repository(&self) -> &'a str {
        text(self.value, "/repoURL").unwrap_or_default()
    }

    /// The folder in a repository of manifests, without slashes around it.
    pub(super) fn folder(&self) -> Option<&'a str> {
        let is_chart = self.value.get("chart").is_some();
        let path = text(self.value, "/path").filter(|_| !is_chart)?;
        Some(path.trim_start_matches("./").trim_matches('/'))
    }

    /// Whether the folder is taken as it is, file by file.
    fn is_plain(&self) -> bool {
        let tools = ["helm", "kustomize", "plugin", "ref"];
        let is_partial = ["include", "exclude", "jsonnet"]
            .iter()
            .any(|field| self.value.lookup(&format!("/directory/{field}")).is_some());
        !is_partial && !tools.iter().any(|tool| self.value.get(tool).is_some())
    }

    fn recurses(&self) -> bool {
        let recurse = self.value.lookup("/directory/recurse");
        recurse.and_then(Json::as_bool) == Some(true)
    }
}

/// All sources of an Application.
pub(super) fn sources(application: &Document) -> Vec<Source<'_>> {
    let single = application
        .value
        .lookup("/spec/source")
        .map(|value| (value, "spec.source".to_owned()));
    let several = list(&application.value, "/spec/sources")
        .map(|(index, value)| (value, format!("spec.sources[{index}]")));
    single
        .into_iter()
        .chain(several)
        .map(|(value, path)| Source {
            application,
            value,
            path,
        })
        .collect()
}

/// All Applications.
pub(super) fn all<'c, 'a>(cluster: &'c Cluster<'a>) -> impl Iterator<Item = &'a Document> + 'c {
    cluster.of_kind(GROUP, "Application").iter().copied()
}

/// The cluster that an Application goes to: a server, or the name of one.
pub(super) fn destination(application: &Document) -> &str {
    /// The cluster that Argo CD runs in.
    const OWN: &str = "https://kubernetes.default.svc";
    let part = |field: &str| {
        text(&application.value, &format!("/spec/destination/{field}"))
            .filter(|part| !part.is_empty())
    };
    match (part("server"), part("name")) {
        (None, Some("in-cluster") | None) => OWN,
        (Some(server), _) => server,
        (None, Some(name)) => name,
    }
}

/// The folders of the objects, and the Applications that take them.
pub(super) struct Tree<'a> {
    folders: BTreeSet<String>,
    /// How many components of a source's folder lie above the files, and what lies above the folder.
    root: Option<(usize, String)>,
    /// The plain sources, by the folder in which their files are.
    by_folder: BTreeMap<String, Vec<Source<'a>>>,
}

impl<'a> Tree<'a> {
    /// Brings the sources and the files together.
    pub(super) fn of(cluster: &Cluster<'a>) -> Self {
        let mut folders = BTreeSet::new();
        for document in cluster.documents() {
            let mut folder = document.source.file.as_deref().and_then(parent);
            while let Some(name) = folder {
                if !folders.insert(name.to_owned()) {
                    break;
                }
                folder = parent(name);
            }
        }
        let sources: Vec<Source<'a>> = all(cluster).flat_map(sources).collect();
        let mut tree = Self {
            root: root(&folders, &sources),
            folders,
            by_folder: BTreeMap::new(),
        };
        for source in sources {
            if let Some(place) = source.folder().and_then(|folder| tree.place(folder))
                && source.is_plain()
            {
                tree.by_folder.entry(place).or_default().push(source);
            }
        }
        tree
    }

    /// Where the files of a folder of the repository would be.
    pub(super) fn place(&self, folder: &str) -> Option<String> {
        let (above, before) = self.root.as_ref()?;
        let rest: Vec<&str> = folder.split('/').skip(*above).collect();
        match (before.as_str(), rest.is_empty()) {
            (_, true) => None,
            ("", false) => Some(rest.join("/")),
            (before, false) => Some(format!("{before}/{}", rest.join("/"))),
        }
    }

    /// The components of a folder that lie above the files.
    pub(super) fn above<'p>(&self, folder: &'p str) -> Vec<&'p str> {
        let count = self.root.as_ref().map_or(0, |(above, _)| *above);
        folder.split('/').take(count).collect()
    }

    /// Whether there are files in a folder, or below it.
    pub(super) fn has(&self, place: &str) -> bool {
        self.folders.contains(place)
    }

    /// The sources that an object is taken by.
    pub(super) fn owners(&self, document: &Document) -> Vec<&Source<'a>> {
        let mut owners = Vec::new();
        let own = document.source.file.as_deref().and_then(parent);
        let mut folder = own;
        while let Some(name) = folder {
            let sources = self.by_folder.get(name).into_iter().flatten();
            owners.extend(sources.filter(|source| source.recurses() || folder == own));
            folder = parent(name);
        }
        owners
    }
}

/// The folder of a file, or the one above a folder.
fn parent(path: &str) -> Option<&str> {
    let path = path.strip_prefix("./").unwrap_or(path);
    path.rsplit_once('/').map(|(folder, _)| folder)
}

/// How the folders of the sources lie to those of the files: the fewest components that have to be left out.
fn root(folders: &BTreeSet<String>, sources: &[Source<'_>]) -> Option<(usize, String)> {
    /// Folders are not nested deeper than this by people.
    const DEEPEST: usize = 8;
    /// So many sources, and folders of one name, are enough to tell.
    const ENOUGH: usize = 200;
    let mut by_name: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for folder in folders {
        let name = folder.rsplit('/').next().unwrap_or_default();
        by_name.entry(name).or_default().push(folder);
    }
    for above in 0..DEEPEST {
        let mut votes: BTreeMap<&str, usize> = BTreeMap::new();
        for folder in sources.iter().filter_map(Source::folder).take(ENOUGH) {
            let parts: Vec<&str> = folder.split('/').skip(above).collect();
            let wanted = parts.join("/");
            let Some(last) = parts.last().filter(|last| !last.is_empty()) else {
                continue;
            };
            // A last name alone says too little about where the rest is.
            if above > 0 && parts.len() < 2 {
                continue;
            }
            for found in by_name.get(last).into_iter().flatten().take(ENOUGH) {
                let before = found.strip_suffix(&wanted);
                match before {
                    Some("") => *votes.entry("").or_default() += 1,
                    Some(before) if before.ends_with('/') => {
                        *votes.entry(before.trim_end_matches('/')).or_default() += 1;
                    }
                    _ => {}
                }
            }
        }
        if let Some((before, _)) = votes.into_iter().max_by_key(|(_, count)| *count) {
            return Some((above, before.to_owned()));
        }
    }
    None
}
