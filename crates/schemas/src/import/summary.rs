//! What an import changed.

use std::collections::BTreeMap;
use std::fmt;

use super::merge::kind_name;
use super::sources::{Content, Source};
use crate::facts::Facts;
use crate::model::{KindSchema, Schema};

/// What an import changed. Kinds are named `apps/v1 Deployment`, built-in ones with their minor,
/// `apps/v1 Deployment (1.35)`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// How many files were read.
    pub files: usize,
    /// How many kinds, in all versions and minors, there are now.
    pub kinds: usize,
    /// How many CEL rules there are now.
    pub rules: usize,
    /// Kinds that were not there before.
    pub added: Vec<String>,
    /// Kinds that were there, but different.
    pub changed: Vec<String>,
    /// Kinds that are no longer there.
    pub removed: Vec<String>,
    /// Files that hold the schema of a kind which nothing names, so that no facts come from them.
    pub skipped: Vec<String>,
}

impl Summary {
    pub(crate) fn new(before: &Facts, after: &Facts, sources: &[Source]) -> Self {
        let (old, new) = (kinds(before), kinds(after));
        let differs = |name: &String| {
            old.get(name)
                .is_some_and(|kind| new.get(name) != Some(kind))
        };
        let skipped = sources
            .iter()
            .filter(|source| matches!(source.content, Content::Nameless))
            .map(|source| source.path.clone());
        let names = |kinds: &BTreeMap<String, &KindSchema>, keep: &dyn Fn(&String) -> bool| {
            kinds.keys().filter(|name| keep(name)).cloned().collect()
        };
        Self {
            files: sources.len(),
            kinds: new.len(),
            rules: new.values().map(|kind| rules(&kind.schema)).sum(),
            added: names(&new, &|name| !old.contains_key(name)),
            removed: names(&old, &|name| !new.contains_key(name)),
            changed: names(&new, &differs),
            skipped: skipped.collect(),
        }
    }
}

/// Every kind by its name.
pub(crate) fn kinds(facts: &Facts) -> BTreeMap<String, &KindSchema> {
    let custom = facts
        .groups
        .values()
        .flat_map(|kinds| kinds.values())
        .map(|kind| (kind_name(kind), kind));
    let built_in = facts.minors.iter().flat_map(|(minor, facts)| {
        facts
            .kinds
            .values()
            .map(move |kind| (format!("{} ({minor})", kind_name(kind)), kind))
    });
    custom.chain(built_in).collect()
}

/// How many CEL rules a schema holds.
pub(crate) fn rules(schema: &Schema) -> usize {
    schema.rules.len() + schema.children().map(rules).sum::<usize>()
}

impl fmt::Display for Summary {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (mark, names) in [
            ("+", &self.added),
            ("~", &self.changed),
            ("-", &self.removed),
        ] {
            for name in names {
                writeln!(formatter, "{mark} {name}")?;
            }
        }
        for path in &self.skipped {
            writeln!(
                formatter,
                "skipped {path}: a schema without the name of its kind"
            )?;
        }
        write!(
            formatter,
            "{} files read: {} kinds added, {} changed, {} removed; now {} kinds with {} CEL rules",
            self.files,
            self.added.len(),
            self.changed.len(),
            self.removed.len(),
            self.kinds,
            self.rules,
        )
    }
}
