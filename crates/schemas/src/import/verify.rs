//! Whether the committed facts still follow from their sources.

use std::fmt;
use std::path::{Path, PathBuf};

use super::provenance::Provenance;
use super::{ImportError, data, merge, sources, summary};
use crate::facts::Facts;

/// One way in which the committed facts do not follow from their sources.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difference {
    /// A file that the lock names is in none of the folders.
    MissingSource {
        /// Its path in the lock.
        path: String,
    },
    /// A file is there with other bytes than when it was imported.
    ChangedSource {
        /// Its path in the lock.
        path: String,
    },
    /// The sources say something else about a kind.
    ChangedKind {
        /// The kind, with its minor if it is built in.
        kind: String,
    },
    /// The sources say something else about a definition that built-in kinds use, or do not have
    /// it.
    ChangedDefinition {
        /// Minor and name of the definition.
        definition: String,
    },
    /// The sources have a kind that is not among the facts.
    MissingKind {
        /// The kind, with its minor if it is built in.
        kind: String,
    },
    /// There are facts about a kind that no source in the lock has.
    UnknownKind {
        /// The kind, with its minor if it is built in.
        kind: String,
    },
}

impl fmt::Display for Difference {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MissingSource { path } => write!(formatter, "source {path} is not there"),
            Self::ChangedSource { path } => {
                write!(formatter, "source {path} has changed since it was imported")
            }
            Self::ChangedKind { kind } => write!(
                formatter,
                "the facts about {kind} are not what its source says"
            ),
            Self::ChangedDefinition { definition } => {
                write!(
                    formatter,
                    "the facts about definition {definition} are not what its source says"
                )
            }
            Self::MissingKind { kind } => write!(
                formatter,
                "there are no facts about {kind}, which its source has"
            ),
            Self::UnknownKind { kind } => write!(
                formatter,
                "there are facts about {kind}, which no source has"
            ),
        }
    }
}

/// The result of [`verify`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verification {
    /// How many sources the lock names.
    pub sources: usize,
    /// How many kinds, in all versions and minors, were compared.
    pub kinds: usize,
    /// What does not hold; empty if all is well.
    pub differences: Vec<Difference>,
}

impl fmt::Display for Verification {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for difference in &self.differences {
            writeln!(formatter, "{difference}")?;
        }
        let (sources, kinds, differences) = (self.sources, self.kinds, self.differences.len());
        write!(
            formatter,
            "{sources} sources, {kinds} kinds compared: {differences} differences"
        )
    }
}

/// Takes the facts out of the sources anew and compares them with what is committed. `dirs` are the
/// folders that paths in the lock are relative to; a source is looked for in each in turn.
///
/// What cannot be read at all is an error; what does not hold is in the result.
pub fn verify(dirs: &[PathBuf], data_dir: &Path) -> Result<Verification, ImportError> {
    let (facts, lock) = data::read(data_dir)?;
    let mut differences = Vec::new();
    let mut found = Vec::new();
    let mut incomplete: Vec<&str> = Vec::new();
    for (path, locked) in &lock.sources {
        let file = dirs
            .iter()
            .map(|dir| dir.join(path))
            .find(|file| file.is_file());
        let Some(file) = file else {
            differences.push(Difference::MissingSource { path: path.clone() });
            incomplete.extend(locked.minor.as_deref());
            continue;
        };
        if sources::checksum(&file)?.as_ref() != Some(&locked.sha256) {
            differences.push(Difference::ChangedSource { path: path.clone() });
        }
        found.push(sources::read(file, path.clone(), &Provenance::default())?);
    }
    let fresh = merge::found(&found)?;
    let (mut fresh, _) = merge::merged(Facts::default(), super::Lock::default(), &found, fresh);
    fresh
        .minors
        .retain(|minor, _| !incomplete.contains(&minor.as_str()));
    let kinds = compare(&facts, &fresh, &lock, &incomplete, &mut differences);
    differences.sort();
    Ok(Verification {
        sources: lock.sources.len(),
        kinds,
        differences,
    })
}

fn compare(
    facts: &Facts,
    fresh: &Facts,
    lock: &super::Lock,
    incomplete: &[&str],
    differences: &mut Vec<Difference>,
) -> usize {
    let (known, fresh_kinds) = (summary::kinds(facts), summary::kinds(fresh));
    let mut compared = 0;
    for (name, kind) in &known {
        match fresh_kinds.get(name) {
            Some(source) => {
                compared += 1;
                if source != kind {
                    differences.push(Difference::ChangedKind { kind: name.clone() });
                }
            }
            None if lock.names(name, incomplete) => {}
            None => differences.push(Difference::UnknownKind { kind: name.clone() }),
        }
    }
    let missing = fresh_kinds.keys().filter(|name| !known.contains_key(*name));
    differences.extend(missing.map(|kind| Difference::MissingKind { kind: kind.clone() }));
    for (minor, source) in &fresh.minors {
        let known = facts.minors.get(minor).map(|minor| &minor.definitions);
        let names = known
            .into_iter()
            .flat_map(|known| known.keys())
            .chain(source.definitions.keys());
        let changed = names.filter(|name| {
            known.and_then(|known| known.get(*name)) != source.definitions.get(*name)
        });
        differences.extend(changed.map(|name| Difference::ChangedDefinition {
            definition: format!("{minor} {name}"),
        }));
    }
    differences.dedup();
    compared
}
