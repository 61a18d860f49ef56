//! What the sources say together, and what there is once that is added.

use std::collections::{BTreeMap, BTreeSet};

use super::ImportError;
use super::lock::{Lock, LockedSource};
use super::sources::{Content, Source};
use crate::distill::core_types;
use crate::distill::openapi::{self, Document};
use crate::facts::{Facts, Minor};
use crate::model::KindSchema;

/// `apps/v1 Deployment`.
pub(crate) fn kind_name(kind: &KindSchema) -> String {
    format!("{} {}", kind.api_version(), kind.kind)
}

/// The facts of the sources alone. Two files that say different things about one version of a kind
/// are an error.
pub(crate) fn found(sources: &[Source]) -> Result<Facts, ImportError> {
    let mut facts = Facts::default();
    let mut seen: BTreeMap<String, (&KindSchema, &Source)> = BTreeMap::new();
    for source in sources {
        let Content::Kinds(kinds) = &source.content else {
            continue;
        };
        for kind in kinds {
            match seen.insert(kind_name(kind), (kind, source)) {
                Some((other, first)) if other != kind => {
                    return Err(ImportError::Conflict {
                        about: kind_name(kind),
                        first: first.file.clone(),
                        second: source.file.clone(),
                    });
                }
                _ => facts.add_custom_kind(kind.clone()),
            }
        }
    }
    facts.minors = minors(sources)?;
    Ok(facts)
}

/// The documents of one minor.
#[derive(Default)]
struct Documents<'a> {
    swagger: Option<(&'a Document, &'a Source)>,
    groups: Vec<(&'a Document, &'a Source)>,
}

fn minors(sources: &[Source]) -> Result<BTreeMap<String, Minor>, ImportError> {
    let mut found: BTreeMap<&str, Documents<'_>> = BTreeMap::new();
    for source in sources {
        match &source.content {
            Content::Swagger { minor, document } => {
                let documents = found.entry(minor).or_default();
                if let Some((_, first)) = documents.swagger.replace((document, source)) {
                    return Err(ImportError::Conflict {
                        about: format!("Kubernetes {minor}"),
                        first: first.file.clone(),
                        second: source.file.clone(),
                    });
                }
            }
            Content::Group { minor, document } => found
                .entry(minor)
                .or_default()
                .groups
                .push((document, source)),
            Content::Kinds(_) | Content::Nameless => {}
        }
    }
    found
        .into_iter()
        .map(|(name, documents)| Ok((name.to_owned(), minor(name, &documents)?)))
        .collect()
}

fn minor(name: &str, documents: &Documents<'_>) -> Result<Minor, ImportError> {
    let groups: Vec<&Document> = documents
        .groups
        .iter()
        .map(|(document, _)| *document)
        .collect();
    let mut sources = documents
        .swagger
        .iter()
        .chain(&documents.groups)
        .map(|(_, source)| source);
    openapi::minor(documents.swagger.map(|(document, _)| document), &groups).map_err(|problem| {
        ImportError::NoFacts {
            path: sources
                .next()
                .map(|source| source.file.clone())
                .unwrap_or_default(),
            name: format!("Kubernetes {name}"),
            problem,
        }
    })
}

/// What is there once `found` is added to `facts`, and the lock for it.
pub(crate) fn merged(
    mut facts: Facts,
    mut lock: Lock,
    sources: &[Source],
    found: Facts,
) -> (Facts, Lock) {
    drop_replaced(&mut facts, &mut lock, sources, &found);
    for (group, kinds) in found.groups {
        facts.groups.entry(group).or_default().extend(kinds);
    }
    facts.minors.extend(found.minors);
    facts.groups.retain(|_, kinds| !kinds.is_empty());
    for source in sources {
        if let Some(locked) = locked(source, &facts) {
            lock.sources.insert(source.path.clone(), locked);
        }
    }
    core_types::mark(&mut facts);
    (facts, lock)
}

/// Forgets what the import says anew: kinds that it defines, in all versions; kinds whose source it
/// reads again; minors.
fn drop_replaced(facts: &mut Facts, lock: &mut Lock, sources: &[Source], found: &Facts) {
    let paths: BTreeSet<&str> = sources.iter().map(|source| source.path.as_str()).collect();
    let read_again = lock
        .sources
        .iter()
        .filter(|(path, source)| paths.contains(path.as_str()) && source.minor.is_none());
    let read_again: BTreeSet<String> = read_again
        .flat_map(|(_, source)| source.kinds.iter().cloned())
        .collect();
    let mut gone = BTreeSet::new();
    for (group, kinds) in &mut facts.groups {
        let defined: BTreeSet<&str> = found
            .groups
            .get(group)
            .into_iter()
            .flat_map(|kinds| kinds.keys().map(|(kind, _)| kind.as_str()))
            .collect();
        kinds.retain(|(kind, _), schema| {
            let name = kind_name(schema);
            let stays = !defined.contains(kind.as_str()) && !read_again.contains(&name);
            if !stays {
                gone.insert(name);
            }
            stays
        });
    }
    lock.sources.retain(|path, source| {
        if let Some(minor) = &source.minor {
            return !found.minors.contains_key(minor);
        }
        source.kinds.retain(|kind| !gone.contains(kind));
        !source.kinds.is_empty() && !paths.contains(path.as_str())
    });
}

/// What the lock says of a source; nothing for one that no facts come from.
fn locked(source: &Source, facts: &Facts) -> Option<LockedSource> {
    let (minor, mut kinds): (Option<&String>, Vec<String>) = match &source.content {
        Content::Kinds(kinds) => (None, kinds.iter().map(kind_name).collect()),
        Content::Swagger { minor, .. } => {
            let kinds = facts
                .minors
                .get(minor)
                .map(|minor| minor.kinds.values().map(kind_name).collect());
            (Some(minor), kinds.unwrap_or_default())
        }
        Content::Group { minor, .. } => (Some(minor), Vec::new()),
        Content::Nameless => return None,
    };
    kinds.sort();
    kinds.dedup();
    Some(LockedSource {
        sha256: source.sha256.clone(),
        origin: source.origin.clone(),
        minor: minor.cloned(),
        kinds,
    })
}
